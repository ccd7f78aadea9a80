"""The sentences of a draft, and which of them claim something that a library can bear out or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pincite.answer.query.tokens import content, folded
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import RUNNING_TEXT, BlockKind, Document
from pincite.ingest.metadata.symbols import SYMBOL

READ = RUNNING_TEXT | {BlockKind.TABLE, BlockKind.FOOTNOTE, BlockKind.HEADING}
CLAIMING = RUNNING_TEXT | {BlockKind.FOOTNOTE}
FEWEST = 3  # words that carry meaning; of one with a figure or symbol two
# A sentence that begins so speaks of the draft itself, to its reader, or for its writer.
OF_THE_DRAFT = re.compile(
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
class Sentence:
    """A sentence of a draft: `text[start:end]` of its canonical text, in a block of it; whether it claims anything."""

    text: str
    start: int
    end: int
    block: int
    heading: bool
    claim: bool


def sentences_of(draft: Document) -> Iterator[Sentence]:
    """The sentences of a draft in their order; a heading and a row of a table are one each, and claim nothing."""
    for number, block in enumerate(draft.blocks):
        if block.kind in READ:
            text = draft.text[block.start : block.end]
            whole = block.kind not in CLAIMING
            for start, end in [(0, len(text))] if whole else sentence_spans(text):
                said = text[start:end]
                place = block.start + start, block.start + end
                yield Sentence(said, *place, number, block.kind is BlockKind.HEADING, not whole and is_claim(said))


def is_claim(sentence: str) -> bool:
    """Whether a sentence claims something of the world, and does not only lead on to the next.

    >>> is_claim("The facility opened three sites in 2025."), is_claim("This note has three parts.")
    (True, False)
    >>> is_claim("Who pays for them?"), is_claim("We turn to the costs."), is_claim("The reasons are these:")
    (False, False, False)
    """
    if sentence.rstrip("\"'”’»)").endswith(("?", ":")) or OF_THE_DRAFT.match(sentence):
        return False
    exact = bool(re.search(r"\d", sentence) or SYMBOL.search(sentence))
    return len(set(content(folded(sentence)))) >= FEWEST - exact
