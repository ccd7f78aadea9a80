"""Numbers in front of a point, `6.`, `(e)`, `ii)`: how each is written and what it counts. Knows nothing of places."""

import re
from dataclasses import dataclass

# A mark's form is its figures and what stands around them: `(a)` and `a)` are different lists.
MARK = re.compile(
    r"(?P<open>\(?)(?P<figures>\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,6}|[IVXLC]{1,6}|[a-z]{1,2}|[A-Z]{1,2})"
    r"(?P<close>[).]{0,2})[ \t\xa0\n]+(?=\S)"
)
FORMS = frozenset({"#", "#.", "#)", "(#)", "#.)"})
DOTTED = re.compile(r"\d+(?:\.\d+)+")
ROMAN_FIGURES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
ROMAN = re.compile(r"(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
ALPHABET = 26


@dataclass(frozen=True, slots=True)
class Mark:
    """A number in front of a point. `label`: its figures as written; `length`: characters up to the text behind it.

    `decimal`, `letter`, `roman`: what it counts when read as such, None where it cannot be.
    """

    form: str
    label: str
    length: int
    decimal: int | None = None
    letter: int | None = None
    roman: int | None = None

    @property
    def is_bare(self) -> bool:
        """Whether nothing but a space parts it from the text, so that it may be a word or a quantity."""
        return self.form == "#"

    @property
    def is_dotted(self) -> bool:
        """Whether it counts on several levels at once: `4.2`."""
        return "." in self.label


def find_mark(text: str) -> Mark | None:
    """The mark that a text opens with.

    >>> find_mark("(e) Fostering the use"), find_mark("Fostering the use")
    (Mark(form='(#)', label='e', length=4, decimal=None, letter=5, roman=None), None)
    >>> marks = [find_mark(text) for text in ("4.2. Reports", "iv. to report", "1 Each Party")]
    >>> [mark.form + mark.label for mark in marks if mark]
    ['#.4.2', '#.iv', '#1']
    """
    found = MARK.match(text)
    if found is None:
        return None
    figures = found["figures"]
    form = f"{found['open']}#{found['close']}"
    word = figures.isalpha() and (len(figures) > 1 or figures.isupper())
    if form not in FORMS or (form == "#" and word):
        return None
    case = "" if figures == figures.lower() else "upper "
    small = figures.lower()
    return Mark(
        case + form,
        figures,
        found.end(),
        int(figures) if figures.isdecimal() else None,
        letter_value(small) if small.isalpha() else None,
        roman_value(small) if small.isalpha() else None,
    )


def letter_value(letters: str) -> int | None:
    """What letters count: `b` 2, `z` 26, `aa` 27, `bb` 28; None for two different ones.

    >>> letter_value("e"), letter_value("bb"), letter_value("by")
    (5, 28, None)
    """
    if len(set(letters)) != 1:
        return None
    return ord(letters[0]) - ord("a") + 1 + ALPHABET * (len(letters) - 1)


def roman_value(figures: str) -> int | None:
    """What small Roman figures count, up to 99.

    >>> roman_value("xiv"), roman_value("iix")
    (14, None)
    """
    if not ROMAN.fullmatch(figures):
        return None
    values = [ROMAN_FIGURES[figure] for figure in figures]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
