"""Blocks that hold several numbered units, one after another, are split so that each is cited for itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
from string import ascii_lowercase, ascii_uppercase

from pincite.ingest.data.numbering import ends_in_reference
from pincite.ingest.document import RUNNING_TEXT, Part
from pincite.ingest.structure.enumerators import find_enumerator

# Where a further unit may begin: behind the end of a sentence or clause, or on a new line.
INNER = re.compile(
    r"(?:(?<=[.;:!?])[ \xa0]+|(?<=[。；：])\s*|\n)"
    r"(?=\d{1,3}\.\s+[^\W\d_a-z]|\d{1,3}\.[\u3400-\u9fff]|[一二三四五六七八九十]{1,3}、|\((?:\d{1,3}|[a-z])\)\s)"
)

OPENS_POINTS = re.compile(r"(?::|—|--)\s*\((?P<label>[aAi1])\)")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
SERIES = (tuple(ascii_lowercase), tuple(ascii_uppercase), ROMAN, tuple(str(number) for number in range(1, 31)))
FIRST_OF = {"b": "a", "ii": "i", "2": "1"}  # the first point of a list, by its second


def with_units_apart(parts: Sequence[Part]) -> list[Part]:
    """Parts with units that are run together split: `1. … 2. … 3. …` in one block, lines `(a)`, `(b)` of one block.

    >>> from pincite.ingest.document import BlockKind
    >>> part = Part(BlockKind.PARAGRAPH, "1. Keep the lights. 2. Share the costs. See no. 3. It holds.")
    >>> [part.text for part in with_units_apart([part])]
    ['1. Keep the lights.', '2. Share the costs. See no. 3. It holds.']
    """
    return [
        piece
        for part, following in zip_longest(parts, parts[1:])
        for piece in (split(part, following) if part.kind in RUNNING_TEXT else (part,))
    ]


def split(part: Part, following: Part | None) -> Iterator[Part]:
    """A part as its units; itself where it holds one."""
    starts = unit_starts(part.text) or points_of_sentence(part.text) or first_point(part.text, following)
    places = [0, *starts, len(part.text)]
    for start, end in pairwise(places):
        text = part.text[start:end]
        before = sum(turn <= start for turn in part.turns) if start else 0
        turns = tuple(turn - start for turn in part.turns if start < turn < end)
        page = part.page + before if part.page is not None else None
        yield replace(part, text=text.strip(), page=page, turns=turns)


def points_of_sentence(text: str) -> list[int]:
    """Offsets of the points (a), (b) … into which a sentence is divided behind a colon or a dash.

    >>> text = "The Board shall: (a) keep the lights; (b) enter each failure; and (c) report."
    >>> [text[start : start + 3] for start in points_of_sentence(text)]
    ['(a)', '(b)', '(c)']
    """
    first = OPENS_POINTS.search(text)
    labels = next((labels for labels in SERIES if first and first["label"] == labels[0]), ())
    starts: list[int] = []
    place = 0
    for label in labels:
        before = r"[;,]" if starts else r"(?::|—|--)"
        found = re.compile(rf"{before}\s*(?:(?:and|or)\s+)?(?=\({label}\))").search(text, place)
        if found is None:
            break
        starts.append(found.end())
        place = found.end()
    return starts if len(starts) > 1 else []


def first_point(text: str, following: Part | None) -> list[int]:
    """The offset of a first point `(a)` or `a)` at the end of a text whose second point opens the next part.

    >>> from pincite.ingest.document import BlockKind
    >>> first_point("A bicycle has, a) a saddle,", Part(BlockKind.PARAGRAPH, "b) two wheels."))
    [15]
    """
    second = find_enumerator(following.text) if following and following.kind in RUNNING_TEXT else None
    if second is None or second.label not in FIRST_OF or second.form not in {"(#)", "#)"}:
        return []
    mark = re.escape(second.form.replace("#", FIRST_OF[second.label]))
    found = re.search(rf"[:,—–-]\s*(?={mark}\s*\w)", text)
    return [found.end()] if found else []


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
