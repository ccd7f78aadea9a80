"""Health checks: packages, models, servers and the index."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import httpx

from pincite.answer.models.added import addable_models
from pincite.answer.models.open_model import FORMS, ollama_url
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BrokenIndex, PinciteError
from pincite.ingest.index.catalog import FILE
from pincite.ingest.index.index import open_index

PACKAGES = ("pincite", "llama-index-core", "chromadb", "tantivy", "openvino", "torch", "streamlit")
TIMEOUT = 2.0  # seconds to wait for a server


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """The result of one check. `sound` is False only for a fault that keeps Pincite from working."""

    name: str
    sound: bool
    state: str


def run_checks(folder: Path, server: str | None = None) -> list[HealthCheck]:
    """Check Python, packages, the embedding model, model servers and the index."""
    return [
        HealthCheck("python", sys.version_info >= (3, 11), sys.version.split()[0]),
        *map(check_package, PACKAGES),
        check("embedding model", embedding_model_state),
        HealthCheck("ollama", sound=True, state=ollama_state()),
        HealthCheck("local models", sound=True, state=local_state()),
        HealthCheck("--llm", sound=True, state=FORMS),
        check("index", lambda: index_state(folder, server)),
    ]


def check_package(name: str) -> HealthCheck:
    """Check that a package is installed, and in which version."""
    try:
        return HealthCheck(name, sound=True, state=version(name))
    except PackageNotFoundError:
        return HealthCheck(name, sound=False, state=f"not installed: pip install {name}")


def check(name: str, find_state: Callable[[], str]) -> HealthCheck:
    """A check whose state comes from a function; it fails if the function raises PinciteError."""
    try:
        return HealthCheck(name, sound=True, state=find_state())
    except PinciteError as error:
        return HealthCheck(name, sound=False, state=str(error))


def embedding_model_state() -> str:
    """The embedding model and its runtime; opening it converts it the first time."""
    embedder = Embedder()
    return f"{embedder.model}, checksum right, run by {embedder.runner.name}"


def ollama_state() -> str:
    """Whether an Ollama server is running, and its models; it is optional."""
    try:
        found = httpx.get(f"{ollama_url()}/api/tags", timeout=TIMEOUT, trust_env=False).raise_for_status().json()
        return ", ".join(model["name"] for model in found["models"]) or "running, but has no model: ollama pull qwen3"
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError):
        return f"no server at {ollama_url()} (optional)"


def local_state() -> str:
    """Whether llama.cpp can run models in this process; it is optional."""
    if find_spec("xllamacpp") is None:
        return "not installed (optional): pip install 'pincite[local-llm]'"
    here = [f"local:{known.name}" for known in addable_models().values() if known.is_there]
    return f"llama.cpp is ready; {', '.join(here) or 'no model was added: pincite model add qwen-1.5b'}"


def index_state(folder: Path, server: str | None) -> str:
    """What the index contains. Raises PinciteError if it is foreign or damaged beyond repair."""
    if not (folder / FILE).is_file():
        return f"none in {folder} yet: pincite ingest PATH"
    with open_index(folder, server=server) as index:
        passages = f"{index.catalog.count_passages()} passages embedded by {index.settings.model}"
        contents = f"{len(index.entries)} documents, {passages} in {folder}"
        faults = [*index.inconsistencies(), *index.catalog.damage()]
        if faults:
            raise BrokenIndex(f"{contents}, but {'; '.join(faults)}: remove the folder and ingest again.")
        return f"sound: {contents}"
