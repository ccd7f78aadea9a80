"""Blocks that hold several numbered units, one after another, are split so that each is cited for itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pincite.ingest.data.numbering import ends_in_reference
from pincite.ingest.document import RUNNING_TEXT, Part
from pincite.ingest.structure.enumerators import find_enumerator

# Where a further unit may begin: behind the end of a sentence or clause, or on a new line.
INNER = re.compile(
    r"(?:(?<=[.;:!?])[ \xa0]+|\n)(?=(?P<number>\d{1,3})\.\s+[^\W\d_a-z]|\((?P<bracket>\d{1,3}|[a-z])\)\s)"
)


def with_units_apart(parts: Sequence[Part]) -> list[Part]:
    """Parts with units that are run together split: `1. … 2. … 3. …` in one block, lines `(a)`, `(b)` of one block.

    >>> from pincite.ingest.document import BlockKind
    >>> part = Part(BlockKind.PARAGRAPH, "1. Keep the lights. 2. Share the costs. See no. 3. It holds.")
    >>> [part.text for part in with_units_apart([part])]
    ['1. Keep the lights.', '2. Share the costs. See no. 3. It holds.']
    """
    return [piece for part in parts for piece in (split(part) if part.kind in RUNNING_TEXT else (part,))]


def split(part: Part) -> Iterator[Part]:
    """A part as its units; itself where it holds one."""
    places = [0, *unit_starts(part.text), len(part.text)]
    for start, end in pairwise(places):
        text = part.text[start:end]
        before = sum(turn <= start for turn in part.turns) if start else 0
        turns = tuple(turn - start for turn in part.turns if start < turn < end)
        page = part.page + before if part.page is not None else None
        yield replace(part, text=text.strip(), page=page, turns=turns)


def unit_starts(text: str) -> list[int]:
    """Offsets at which a further unit begins: its number follows that of the unit before, in the same form."""
    first = find_enumerator(text)
    if first is None or first.form not in {"#.", "(#)"}:
        return []
    starts: list[int] = []
    expected = {"#.": first.decimal + 1} if first.decimal is not None and first.form == "#." else {}
    if first.form == "(#)":
        expected = {"(#)": (first.decimal or first.letter or 0) + 1}
    for match in INNER.finditer(text):
        on_new_line = match[0] == "\n"
        found = find_enumerator(text[match.end() :])
        if found is None or (found.form == "(#)" and not on_new_line):
            continue
        if ends_in_reference().search(text, 0, match.start()):
            continue
        value = found.decimal if found.decimal is not None else found.letter or 0
        opens_list = on_new_line and found.form not in expected and value == 1
        if value == expected.get(found.form) or opens_list:
            starts.append(match.end())
            if found.form == "#.":
                expected = {"#.": value + 1}
            else:
                expected["(#)"] = value + 1
    return starts
