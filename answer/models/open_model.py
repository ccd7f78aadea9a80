"""Opens the model that a SPEC names as a LlamaIndex `LLM`, and streams its answers.

SPEC is `local:NAME`, `gguf:PATH`, `ollama:MODEL` or `openai-like:MODEL@URL`; `extract` means no model.
"""

import os
import re
from collections.abc import Generator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from pincite.answer.models.base import ConstrainsOutput, LlmSettings, model_path, unavailable
from pincite.ingest.errors import ModelUnavailable, PinciteError, UnknownModel

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage

EXTRACT = "extract"
DEFAULTS = LlmSettings()
FORMS = "extract, local:NAME, gguf:PATH, ollama:MODEL, openai-like:MODEL@URL"
IN_PROCESS = ("local", "gguf", "llama-cpp", "openvino")  # the last two as earlier versions wrote them
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
    if form in IN_PROCESS and name.strip():
        return open_in_process(spec, name, settings)
    raise UnknownModel(f"--llm {spec} is not a model: write one of {FORMS}.")


def ollama_url() -> str:
    """The address of Ollama: `OLLAMA_HOST`, where scheme and port are optional, or this machine."""
    scheme, _, place = os.environ.get("OLLAMA_HOST", "").strip().rstrip("/").rpartition("://")
    # A server listens on 0.0.0.0, but not every system can connect to it there.
    place = re.sub(r"^(?:0\.0\.0\.0|\[::\])?(?=:|$)", "127.0.0.1", place)
    port = "" if scheme or re.search(r":\d+$", place) else ":11434"
    return f"{scheme or 'http'}://{place}{port}"


def open_in_process(spec: str, name: str, settings: LlmSettings) -> "LLM":
    """Open a model that was added, or a GGUF file, in this process. Raises ModelUnavailable."""
    if find_spec("xllamacpp") is None:
        raise ModelUnavailable(f"--llm {spec} needs llama.cpp: pip install 'pincite[local-llm]'.")
    path = model_path(name)
    from pincite.answer.models.in_process import InProcessLLM  # noqa: PLC0415  LlamaIndex takes seconds to load

    return InProcessLLM.open(path, settings)


def chat(
    llm: "LLM", messages: "Sequence[ChatMessage]", schema: dict[str, Any] | None = None
) -> Generator[str, None, None]:
    """The answer so far, each time it has grown; in the form of a JSON schema if the model can be held to one.

    Raises ModelUnavailable for an empty or incomplete answer.
    """
    text, ended = "", False
    held = llm.constrained(schema) if schema and isinstance(llm, ConstrainsOutput) else {}
    try:
        for response in llm.stream_chat(messages, **held):
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
