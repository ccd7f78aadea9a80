"""Finds references in a sentence, by symbol, title or file name, and looks up their documents and pinpoints."""

from collections.abc import Iterator
from dataclasses import dataclass

from pincite.answer.citation.citation import Span
from pincite.answer.query.aliases import Aliases
from pincite.answer.query.mentions import CONFIDENT, mentioned_documents
from pincite.ingest.document import Block
from pincite.ingest.index.index import Index
from pincite.ingest.metadata.symbols import SYMBOL
from pincite.ingest.structure.pinpoint_grammar import matches, named_pinpoints, path_of

NAMING = ("symbol", "file name", "title", "words of its title")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as written, the document and pinpoint it means, and what is wrong with it, if anything."""

    written: str
    document: str | None
    pinpoint: str | None = None
    wrong: str | None = None


def references_in(index: Index, aliases: Aliases, sentence: str) -> tuple[Reference, ...]:
    """The references in a sentence; a pinpoint belongs to the documents that the sentence names."""
    named = [
        one
        for one in mentioned_documents(sentence, aliases)
        if one.confidence >= CONFIDENT and one.matched_by in NAMING
    ]
    unknown = [
        Reference(match[0], None, None, f"{match[0]} is not in the library.")
        for match in SYMBOL.finditer(sentence)
        if not any(one.confidence >= CONFIDENT for one in mentioned_documents(match[0], aliases))
    ]
    paths = list(dict.fromkeys(one.path for one in named))
    written = {one.path: sentence[one.start : one.end] for one in reversed(named)}
    pinpoints = named_pinpoints(sentence)
    known = [Reference(written[path], path) for path in paths] if not pinpoints else []
    return (*unknown, *known, *(pinpoint_reference(index, written, paths, pinpoint) for pinpoint in pinpoints if paths))


def pinpoint_reference(index: Index, written: dict[str, str], paths: list[str], pinpoint: str) -> Reference:
    """A reference to a pinpoint in the first of some documents that has it."""
    path = next((path for path in paths if any(True for _ in blocks_at(index, path, pinpoint))), None)
    if path:
        return Reference(f"{written[path]}, {pinpoint}", path, pinpoint)
    wrong = f"There is no {pinpoint} in {' or '.join(written[path] for path in paths)}."
    return Reference(f"{written[paths[0]]}, {pinpoint}", paths[0], pinpoint, wrong)


def blocks_at(index: Index, path: str, pinpoint: str) -> Iterator[Block]:
    """The blocks of a document at a pinpoint or inside it."""
    depth = len(path_of(pinpoint))
    for block in index.document(path).blocks:
        if block.pinpoint and matches(pinpoint, block.pinpoint) and len(path_of(block.pinpoint)) >= depth:
            yield block


def spans_at(index: Index, reference: Reference) -> list[Span]:
    """The blocks at the pinpoint of a reference, each alone and all together; none without a pinpoint."""
    if reference.wrong or not reference.document or not reference.pinpoint:
        return []
    blocks = list(blocks_at(index, reference.document, reference.pinpoint))
    spans = [Span(reference.document, block.start, block.end, block.pinpoint) for block in blocks]
    whole = Span(reference.document, blocks[0].start, blocks[-1].end, reference.pinpoint)
    return [*spans, whole] if len(blocks) > 1 else spans
