"""Files made for a test and read as documents."""

from pathlib import Path

from pincite.ingest.document import BlockKind, Document
from pincite.ingest.reading import read_document


def read(path: Path) -> Document:
    return read_document(path, path.name)


def made(folder: Path, name: str, content: str) -> Document:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read(path)


def texts(document: Document, *kinds: BlockKind) -> list[str]:
    """Texts of the blocks of some kinds, of all without boilerplate if none is named."""
    kinds = kinds or tuple(set(BlockKind) - {BlockKind.BOILERPLATE})
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in kinds]


def pinpoint_of(document: Document, words: str) -> str | None:
    """The pinpoint of the block with some words."""
    return next(block.pinpoint for block in document.blocks if words in document.text[block.start : block.end])
