"""Sidecars: metadata next to a document, in `report.pdf.meta.toml`, or `report.meta.toml` for all its formats."""

from functools import partial
from pathlib import Path

from pincite.ingest.document import Metadata
from pincite.ingest.hashing import hash_file
from pincite.ingest.metadata.manifest import listed
from pincite.ingest.metadata.overrides import (
    Overrides,
    Unusable,
    apply_overrides,
    line_of_key,
    read_toml,
    stamp,
    validate,
)
from pincite.ingest.names import is_file

SUFFIX = ".meta.toml"


def final_metadata(metadata: Metadata, path: Path, root: Path, sha256: str) -> tuple[Metadata, tuple[str, ...]]:
    """The metadata of a document with sidecars and `sources.toml` applied, and warnings about them.

    `metadata` is that of the document itself, `root` the ingested folder, `sha256` the digest of the file.
    """
    layers = override_layers(path, root, sha256)
    for layer in layers:
        metadata = apply_overrides(metadata, layer)
    return metadata, tuple(warning for layer in layers for warning in layer.warnings)


def metadata_stamp(path: Path, root: Path, sha256: str | None = None) -> str:
    """A digest of the metadata in sidecars and `sources.toml` for a file, empty without any.

    A document is ingested again if its stamp has changed. With `sha256` the file need not be read.
    """
    return stamp(override_layers(path, root, sha256 or hash_file(path)))


def override_layers(path: Path, root: Path, sha256: str) -> tuple[Overrides, ...]:
    """The overrides for a file, in rising priority."""
    return (*(read_sidecar(sidecar) for sidecar in sidecars(path)), *listed(path, root, sha256))


def sidecars(path: Path) -> list[Path]:
    """The existing sidecars of a file: that for all its formats, then its own, which has priority."""
    names = dict.fromkeys((path.stem + SUFFIX, path.name + SUFFIX))
    return [sidecar for name in names if is_file(sidecar := path.with_name(name))]


def read_sidecar(path: Path) -> Overrides:
    """The overrides of a sidecar."""
    read = read_toml(path)
    if isinstance(read, Unusable):
        return Overrides(warnings=(f"{path.name}: {read.why}; it is ignored",))
    table, text = read
    return validate(table, frozenset(), path.name, partial(line_of_key, text))
