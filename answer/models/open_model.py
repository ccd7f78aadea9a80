"""Opens the model that a SPEC names as a LlamaIndex `LLM`, and streams its answers.

SPEC is `ollama:MODEL`, `openai-like:MODEL@URL`, `openvino:PATH` or `llama-cpp:PATH.gguf`; `extract` means no model.
"""

import os
import re
from collections.abc import Generator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from pincite.answer.models.base import LlmSettings, model_path, unavailable
from pincite.ingest.errors import ModelUnavailable, PinciteError, UnknownModel

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

EXTRACT = "extract"
DEFAULTS = LlmSettings()
FORMS = "extract, ollama:MODEL, openai-like:MODEL@URL, openvino:PATH, llama-cpp:PATH.gguf"
OPENAI_LIKE = re.compile(r"(\S.*)@(https?://[^\s/]\S*)")
OPENING = re.compile(r"\s*(?:<think>.*?(?:</think>|\Z)\s*)?", re.S)  # the thoughts of a reasoning model


def open_llm(spec: str, settings: LlmSettings = DEFAULTS) -> "LLM":
    """Open the model that a SPEC names. Raises UnknownModel for a malformed SPEC, ModelUnavailable."""
    form, _, name = spec.partition(":")
    if form == "ollama" and name.strip():
        from pincite.answer.models.servers import open_ollama  # noqa: PLC0415  LlamaIndex takes seconds to load

        return open_ollama(name, ollama_url(), settings)
    if form == "openai-like" and (parts := OPENAI_LIKE.fullmatch(name)):
        from pincite.answer.models.servers import open_openai_like  # noqa: PLC0415  the same

        return open_openai_like(parts[1], parts[2], settings)
    if form == "openvino" and name.strip():
        return open_openvino(name, settings)
    if form == "llama-cpp" and name.strip():
        return open_llama_cpp(name, settings)
    raise UnknownModel(f"--llm {spec} is not a model: write one of {FORMS}.")


def ollama_url() -> str:
    """The address of Ollama: `OLLAMA_HOST`, where scheme and port are optional, or this machine."""
    scheme, _, place = os.environ.get("OLLAMA_HOST", "").strip().rstrip("/").rpartition("://")
    # A server listens on 0.0.0.0, but not every system can connect to it there.
    place = re.sub(r"^(?:0\.0\.0\.0|\[::\])?(?=:|$)", "127.0.0.1", place)
    port = "" if scheme or re.search(r":\d+$", place) else ":11434"
    return f"{scheme or 'http'}://{place}{port}"


def open_openvino(name: str, settings: LlmSettings) -> "LLM":
    """Open an OpenVINO folder, a GGUF file or a packaged model in this process."""
    if find_spec("openvino_genai") is None:
        raise ModelUnavailable(f"--llm openvino:{name} needs OpenVINO GenAI: pip install 'pincite[openvino-llm]'.")
    path = model_path(name, "the folder of an OpenVINO model or a .gguf file")
    from pincite.answer.models.openvino import OpenVinoLLM  # noqa: PLC0415  LlamaIndex takes seconds to load

    return OpenVinoLLM.open(path, settings.context, settings.output)


def open_llama_cpp(name: str, settings: LlmSettings) -> "LLM":
    """Open a GGUF file or a packaged model in this process."""
    if find_spec("llama_cpp") is None or find_spec("llama_index.llms.llama_cpp") is None:
        raise ModelUnavailable(
            f"--llm llama-cpp:{name} needs llama.cpp, which has to be compiled (C++ compiler, ten minutes): "
            "pip install 'pincite[llama-cpp]'; openvino:PATH.gguf needs no compiler."
        )
    path = model_path(name, "a .gguf file")
    from pincite.answer.models.llama_cpp import open_gguf  # noqa: PLC0415  LlamaIndex takes seconds to load

    return open_gguf(path, settings)


def chat(llm: "LLM", messages: "Sequence[ChatMessage]") -> Generator[str, None, None]:
    """The answer so far, each time it has grown. Raises ModelUnavailable for an empty or incomplete answer."""
    text, ended = "", False
    try:
        for response in llm.stream_chat(messages):
            text = OPENING.sub("", response.message.content or "", count=1)
            ended = ended or is_last(response.raw)
            yield text
    except PinciteError:
        raise
    except Exception as error:
        # Each client has its own errors, and replies of a broken server can raise any other.
        from pincite.answer.models.servers import failure  # noqa: PLC0415  as in `open_llm`

        raise unavailable(llm, failure(error)) from error
    if not text.strip():
        raise unavailable(llm, "gave an empty answer: ask again, or choose another model")
    if not ended:
        raise unavailable(llm, "stopped in the middle of its answer: ask again, or look at its server's log")


def is_last(raw: Any) -> bool:
    """Whether part of an answer is marked as the last: by `done` (Ollama) or a `finish_reason` (OpenAI's protocol).

    Without the mark, a connection that closes early would look like the end. Models in this process have no mark.
    """
    if isinstance(raw, dict):
        return bool(raw.get("done"))
    return raw is None or any(choice.finish_reason for choice in raw.choices)
