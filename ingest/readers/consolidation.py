"""Marks of consolidated EU acts: which amending act a passage comes from (`▼B`, `►M1 … ◄`), not words of the act.

https://eur-lex.europa.eu/collection/eu-law/consleg.html
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pincite.ingest.document import Part

ORIGIN = re.compile(r"[▼►▲]\s?(?:B(?![\w’'])|[ACM]\d{1,3}(?!\w))(?:\s[—–_-]{3,})?[ \t]*")
END = re.compile(r"[ \t]*◄")


def without_origin_marks(text: str) -> str:
    """Text without the marks of a consolidation.

    >>> without_origin_marks("▼M2"), without_origin_marks("fine: ►M1 EUR 50 ◄, or more"), without_origin_marks("► Bay")
    ('', 'fine: EUR 50, or more', '► Bay')
    """
    return END.sub("", ORIGIN.sub("", text)) if "►" in text or "▼" in text or "◄" in text else text


def without_marks_of_consolidation(parts: Iterable[Part]) -> Iterator[Part]:
    """Parts without these marks; a part that is nothing else is left out."""
    for part in parts:
        text = without_origin_marks(part.text)
        if text.strip():
            turns = tuple(len(without_origin_marks(part.text[:turn])) for turn in part.turns)
            yield part if text == part.text else replace(part, text=text, turns=turns)
