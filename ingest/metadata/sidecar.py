"""Metadata that stands beside a document: `report.pdf.meta.toml`, or `report.meta.toml` for every format of it."""

from functools import partial
from pathlib import Path

from pincite.ingest.document import Metadata
from pincite.ingest.hashing import hash_file
from pincite.ingest.metadata.manifest import listed
from pincite.ingest.metadata.overrides import Stated, Unusable, checked, line_of_key, over, read_toml, stamp
from pincite.ingest.names import is_file

SUFFIX = ".meta.toml"


def final_metadata(metadata: Metadata, path: Path, root: Path, sha256: str) -> tuple[Metadata, tuple[str, ...]]:
    """What is known of a document once sidecar and `sources.toml` have been heard, and what in them cannot be used.

    `metadata` is what the file says of itself, `root` the folder that is ingested, `sha256` the file's digest.
    """
    layers = stated_layers(path, root, sha256)
    for layer in layers:
        metadata = over(metadata, layer)
    return metadata, tuple(warning for layer in layers for warning in layer.warnings)


def metadata_stamp(path: Path, root: Path, sha256: str | None = None) -> str:
    """A digest of what sidecar and `sources.toml` state of a file, empty when they state nothing.

    A document whose stamp is another than at its last ingest is to be described anew. `sha256` spares reading the file.
    """
    return stamp(stated_layers(path, root, sha256 or hash_file(path)))


def stated_layers(path: Path, root: Path, sha256: str) -> tuple[Stated, ...]:
    """What is stated beside a file, in rising order of authority."""
    return (*(read_sidecar(sidecar) for sidecar in sidecars(path)), *listed(path, root, sha256))


def sidecars(path: Path) -> list[Path]:
    """The sidecars of a file that are there: that for all its formats, then its own, which counts for more."""
    names = dict.fromkeys((path.stem + SUFFIX, path.name + SUFFIX))
    return [sidecar for name in names if is_file(sidecar := path.with_name(name))]


def read_sidecar(path: Path) -> Stated:
    """What a sidecar states."""
    read = read_toml(path)
    if isinstance(read, Unusable):
        return Stated(warnings=(f"{path.name}: {read.why}; it is passed over",))
    table, text = read
    return checked(table, frozenset(), path.name, partial(line_of_key, text))
