"""The text of a unit of a document as shown to readers: whole, or its first points or sentences where it is long."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pincite.answer.citation.citation import Span
from pincite.answer.citation.short_reference import dated_name, with_name
from pincite.answer.draft.quoted_text import clean_quote
from pincite.answer.draft.sentence import DraftSentence
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import Block, BlockKind, Document
from pincite.ingest.places.outline import OutlineNode, title_after_number
from pincite.ingest.structure.enumerators import find_enumerator
from pincite.ingest.structure.pinpoint_grammar import path_of

MOST_WORDS = 150  # of a unit that is shown whole
GOES_ON = "{name} goes on: {count} more {noun}."
SKIPPED = frozenset({BlockKind.FOOTNOTE, BlockKind.BOILERPLATE})


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a unit with the block it stands in."""

    block: Block
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """The part of a unit that is shown: `document.text[start:end]`, a line for each block.

    `left_out`: how many paragraphs, or else sentences, follow in the unit, as `noun` calls them.
    """

    start: int
    end: int
    lines: tuple[str, ...]
    left_out: int = 0
    noun: str = ""

    def note(self, name: str) -> tuple[str, ...]:
        """A note that the unit of this name goes on; none if it is shown whole."""
        plural = "" if self.left_out == 1 else "s"
        return (GOES_ON.format(name=name, count=self.left_out, noun=self.noun + plural),) if self.left_out else ()


def shown_unit(document: Document, unit: OutlineNode, most_words: int = MOST_WORDS) -> ShownUnit | None:
    """A unit as it is shown; None if nothing but its number stands there."""
    pieces = list(pieces_of(document, unit))
    if not pieces:
        return None
    count = first_pieces(document, pieces, most_words)
    shown, rest = pieces[:count], pieces[count:]
    blocks = [list(group) for _, group in groupby(shown, key=lambda piece: piece.block.start)]
    lines = tuple(line_of(document, group[0].block, group[0].start, group[-1].end, unit) for group in blocks)
    return ShownUnit(shown[0].start, shown[-1].end, lines, *what_is_left(shown, rest))


def pieces_of(document: Document, unit: OutlineNode) -> Iterator[Piece]:
    """The sentences of a unit; headings and tables whole, a number alone on its line left out."""
    for block in document.blocks:
        first, last = max(block.start, unit.start), min(block.end, unit.end)
        text = document.text[first:last]
        if first >= last or block.kind in SKIPPED or (block.start == unit.start and is_number(text, unit)):
            continue
        whole = block.kind in {BlockKind.HEADING, BlockKind.TABLE}
        spans = [(0, len(text))] if whole else sentence_spans(text)
        yield from (Piece(block, first + start, first + end) for start, end in spans)


def is_number(text: str, unit: OutlineNode) -> bool:
    """Whether a text is only the number of a unit, which its citation says."""
    return path_of(text.strip(" .")) == path_of(unit.pinpoint) != () and not title_after_number(text)


def first_pieces(document: Document, pieces: Sequence[Piece], most_words: int) -> int:
    """How many pieces are shown: as many as fit, at least one, and none at the end that only announces others."""
    words, count = 0, 0
    for piece in pieces:
        words += len(document.text[piece.start : piece.end].split())
        if count and words > most_words:
            break
        count += 1
    while 1 < count < len(pieces) and announces(document, pieces[count - 1]):
        count -= 1
    return count


def announces(document: Document, piece: Piece) -> bool:
    """Whether a piece says nothing without what follows it: a heading or a lead-in."""
    return piece.block.kind is BlockKind.HEADING or document.text[piece.start : piece.end].endswith((":", "—"))


def line_of(document: Document, block: Block, start: int, end: int, unit: OutlineNode) -> str:
    """A block of a unit on one line; that which opens it without the number that its citation says."""
    text = clean_quote(document.text[start:end])
    if start != block.start:
        return text
    if block.kind is BlockKind.HEADING:
        return title_after_number(text) or text
    return without_number(text, unit.pinpoint) if start == unit.start else text


def without_number(text: str, pinpoint: str | None) -> str:
    """A text without the number in front that its pinpoint ends with.

    >>> without_number("6. Calls upon States", "para. 6"), without_number("6. Calls upon States", "Section 5")
    ('Calls upon States', '6. Calls upon States')
    """
    enumerator = find_enumerator(text)
    said = enumerator and (pinpoint or "").rstrip(")").endswith(enumerator.label)
    return text[enumerator.length :] if enumerator and said else text


def what_is_left(shown: Sequence[Piece], rest: Sequence[Piece]) -> tuple[int, str]:
    """How many paragraphs are not shown, or else how many sentences."""
    blocks = {piece.block.start for piece in rest} - {piece.block.start for piece in shown}
    return (len(blocks), "paragraph") if blocks else (len(rest), "sentence")


def unit_sentence(document: Document, unit: OutlineNode, shown: ShownUnit, *, named: bool = False) -> DraftSentence:
    """The shown part of a unit as a sentence of a draft; `named`: behind the name of its document."""
    name = dated_name(document.metadata, document.path) if named else None
    text = with_name("\n".join(shown.lines), name)
    span = Span(document.path, shown.start, shown.end, unit.pinpoint or None)
    return DraftSentence(text, (span,), left_out=shown.left_out)
