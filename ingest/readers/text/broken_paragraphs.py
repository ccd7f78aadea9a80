"""Rejoins paragraphs that text extraction has split, at a page break or elsewhere."""

import re
from collections.abc import Iterable
from dataclasses import replace

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.readers.text.dehyphenation import Spelling, join_words

LONGEST = 10_000  # characters of a paragraph that may still grow
SHORTEST = 60  # characters of a split paragraph: a shorter one is a line of its own
OPEN_END = re.compile(r"[^\W\d_][,-]?$|[)\]”’»],?$")


def with_rejoined_paragraphs(parts: Iterable[Part], spelling: Spelling) -> list[Part]:
    """Parts, with each paragraph that breaks off joined to the next if that starts in lower case, past footnotes."""
    rejoined: list[Part] = []
    latest = -1  # index of the last part other than a footnote
    for part in parts:
        if latest >= 0 and continues(rejoined[latest], part):
            rejoined[latest] = join(rejoined[latest], part, spelling)
        else:
            rejoined.append(part)
            latest = latest if part.kind is BlockKind.FOOTNOTE else len(rejoined) - 1
    return rejoined


def continues(part: Part, following: Part) -> bool:
    """Whether a paragraph continues in the following part.

    >>> cut = Part(BlockKind.PARAGRAPH, "It was agreed by all of the member States that were there, and")
    >>> [continues(cut, Part(BlockKind.PARAGRAPH, text)) for text in ("by none other.", "By none.")]
    [True, False]
    """
    texts = {part.kind, following.kind} <= {BlockKind.PARAGRAPH, BlockKind.ITEM}
    broken = SHORTEST <= len(part.text) <= LONGEST and OPEN_END.search(part.text) is not None
    return texts and following.kind is BlockKind.PARAGRAPH and broken and following.text[:1].islower()


def join(part: Part, following: Part, spelling: Spelling) -> Part:
    """Two parts as one; if the second is on a later page, its offset is where that page begins."""
    text = join_words(part.text, following.text, spelling)
    turned = part.page is not None and following.page is not None and following.page > part.page + len(part.turns)
    turns = (len(text) - len(following.text),) if turned else ()
    return replace(part, text=text, turns=(*part.turns, *turns))
