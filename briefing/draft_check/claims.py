"""Splits a draft into sentences and tells those that claim something from connecting prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pincite.answer.query.tokens import content_words, normalised_words
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import RUNNING_TEXT, BlockKind, Document
from pincite.ingest.metadata.symbols import SYMBOL

READ = RUNNING_TEXT | {BlockKind.TABLE, BlockKind.FOOTNOTE, BlockKind.HEADING}
CLAIMING = RUNNING_TEXT | {BlockKind.FOOTNOTE}
FEWEST = 3  # content words of a claim; two in one with a figure or symbol
# Openings of sentences about the draft itself, its readers or its writers.
ABOUT_THE_DRAFT = re.compile(
    r"(?:this|the present|our) (?:note|paper|memo\w*|brief\w*|section|document|speech|draft|chapter|annex|text)\b"
    r"|(?:the following|below|above|what follows|here) (?:is|are|we|you|lists?|sets?)\b"
    r"|as (?:noted|discussed|mentioned|described|explained|set out|shown)(?:,| above| below| earlier| before| already)"
    r"|in (?:what follows|this (?:section|note|paper))\b"
    r"|(?:see|cf\.?)\b|(?:let|allow|permit) (?:us|me)\b|thank you|ladies and gentlemen|dear "
    r"|excellenc|distinguished "
    r"|(?:first|second|third|finally|next|now|then|in conclusion|to conclude|in short),? (?:we|I|let)\b"
    r"|(?:we|I) (?:now |then |also |therefore |would )*(?:turn|begin|start|conclude|recommend|propose|suggest|believe"
    r"|think|hope|wish|thank|like|look|ask|urge|feel|want|invite|shall|will|should|must|need)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DraftUnit:
    """A sentence, heading or table row of a draft: `text` at `start:end` of its canonical text, in a block."""

    text: str
    start: int
    end: int
    block: int
    heading: bool
    claim: bool


def draft_units(draft: Document) -> Iterator[DraftUnit]:
    """The sentences of a draft in order. Headings and table rows are not split and make no claim."""
    for number, block in enumerate(draft.blocks):
        if block.kind in READ:
            text = draft.text[block.start : block.end]
            whole = block.kind not in CLAIMING
            for start, end in [(0, len(text))] if whole else sentence_spans(text):
                unit = text[start:end]
                claim = not whole and is_claim(unit)
                heading = block.kind is BlockKind.HEADING
                yield DraftUnit(unit, block.start + start, block.start + end, number, heading, claim)


def is_claim(sentence: str) -> bool:
    """Whether a sentence makes a claim, and is not a question or a remark about the draft itself.

    >>> is_claim("The facility opened three sites in 2025."), is_claim("This note has three parts.")
    (True, False)
    >>> is_claim("Who pays for them?"), is_claim("We turn to the costs."), is_claim("The reasons are these:")
    (False, False, False)
    """
    if sentence.rstrip("\"'”’»)").endswith(("?", ":")) or ABOUT_THE_DRAFT.match(sentence):
        return False
    exact = bool(re.search(r"\d", sentence) or SYMBOL.search(sentence))
    return len(set(content_words(normalised_words(sentence)))) >= FEWEST - exact
