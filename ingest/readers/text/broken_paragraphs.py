"""Paragraphs that an extraction has cut in two, at the turn of a page or anywhere, put together again.

Knows nothing about formats: works on parts.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.readers.text.dehyphenation import Spelling, join_words

LONGEST = 10_000  # characters that a paragraph may have grown to
SHORTEST = 60  # characters of a line that has run to the end of its page rather than ended itself
OPEN_END = re.compile(r"[^\W\d_][,-]?$|[)\]”’»],?$")


def with_whole_paragraphs(parts: Iterable[Part], spelling: Spelling) -> list[Part]:
    """Parts with each paragraph that breaks off joined to the next where that goes on in small letters."""
    whole: list[Part] = []
    for part in parts:
        if whole and goes_on(whole[-1], part):
            whole[-1] = join(whole[-1], part, spelling)
        else:
            whole.append(part)
    return whole


def goes_on(part: Part, following: Part) -> bool:
    """Whether a paragraph is cut in two.

    >>> cut = Part(BlockKind.PARAGRAPH, "It was agreed by all of the member States that were there, and")
    >>> goes_on(cut, Part(BlockKind.PARAGRAPH, "by none other.")), goes_on(cut, Part(BlockKind.PARAGRAPH, "By none."))
    (True, False)
    """
    texts = {part.kind, following.kind} <= {BlockKind.PARAGRAPH, BlockKind.ITEM}
    broken = SHORTEST <= len(part.text) <= LONGEST and OPEN_END.search(part.text) is not None
    return texts and following.kind is BlockKind.PARAGRAPH and broken and following.text[:1].islower()


def join(part: Part, following: Part, spelling: Spelling) -> Part:
    """Two parts as one; where the second stands on a further page, that page begins with its words."""
    text = join_words(part.text, following.text, spelling)
    turned = part.page is not None and following.page is not None and following.page > part.page + len(part.turns)
    turns = (len(text) - len(following.text),) if turned else ()
    return replace(part, text=text, turns=(*part.turns, *turns))
