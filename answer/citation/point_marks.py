"""Marks in front of the points of a list: enumerators and bullets, which stay where they are."""

import re

from pincite.ingest.structure.enumerators import find_enumerator

BULLETS = re.compile(r"(?:[-•·▪◦●‒–—*]\s+)+")


def mark_length(text: str) -> int:
    """The characters of the enumerator or bullet in front of a point, 0 for other text.

    >>> mark_length("(a) be open"), mark_length("- be free"), mark_length("12. Each"), mark_length("12 sites")
    (4, 2, 4, 0)
    """
    if bullet := BULLETS.match(text):
        return bullet.end()
    enumerator = find_enumerator(text)
    return enumerator.length if enumerator and not enumerator.is_bare else 0
