"""Enumerators, the numbers in front of points (`6.`, `(e)`, `ii)`): their typographic form and their value."""

import re
from dataclasses import dataclass

from pincite.ingest.structure.numerals import chinese_number, letter_value, roman_value

# The form is the punctuation around the number: `(a)` and `a)` belong to different lists.
ENUMERATOR = re.compile(
    r"(?P<open>\(?)(?P<number>\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,6}|[IVXLC]{1,6}|[a-z]{1,2}|[A-Z]{1,2}|[а-яґєії](?=\)))"
    r"(?P<close>\.?[°º]|[).]{0,2})(?:[ \t\xa0\n]+(?=\S)|"
    r"(?<=\w\))(?=[^\W\d_])|(?<=\d\.)(?=[A-ZÀ-ŽА-ЯІЇЄҐ“\u3400-\u9fff]))"  # glued to the text: `(a)keep`, `74.All`
)
CHINESE = re.compile(r"([一二三四五六七八九十]{1,3})、\s*(?=\S)")
FORMS = frozenset({"#", "#.", "#)", "(#)", "#.)", "#°", "#º", "#.°", "#.º"})


@dataclass(frozen=True, slots=True)
class Enumerator:
    """A number in front of a point. `label`: the number as written; `length`: characters before the point's text.

    `decimal`, `letter`, `roman`: its value when read as such, None where it cannot be.
    """

    form: str
    label: str
    length: int
    decimal: int | None = None
    letter: int | None = None
    roman: int | None = None

    @property
    def is_bare(self) -> bool:
        """Whether only a space separates it from the text, so that it may be a word or a quantity."""
        return self.form == "#"

    @property
    def is_dotted(self) -> bool:
        """Whether it has several levels: `4.2`."""
        return "." in self.label


def find_enumerator(text: str) -> Enumerator | None:
    """The enumerator at the start of a text.

    >>> find_enumerator("(e) Fostering the use"), find_enumerator("Fostering the use")
    (Enumerator(form='(#)', label='e', length=4, decimal=None, letter=5, roman=None), None)
    >>> found = [find_enumerator(text) for text in ("4.2. Reports", "iv. to report", "1 Each Party", "三、締約國應")]
    >>> [enumerator.form + enumerator.label for enumerator in found if enumerator]
    ['#.4.2', '#.iv', '#1', '#.3']
    """
    if chinese := CHINESE.match(text):
        value = chinese_number(chinese[1])
        return Enumerator("#.", str(value), chinese.end(), decimal=value)
    found = ENUMERATOR.match(text)
    if found is None:
        return None
    number = found["number"]
    form = f"{found['open']}#{found['close']}"
    may_be_word = number.isalpha() and (len(number) > 1 or number.isupper())
    if form not in FORMS or (form == "#" and may_be_word):
        return None
    case = "" if number == number.lower() else "upper "
    small = number.lower()
    return Enumerator(
        case + form,
        number,
        found.end(),
        int(number) if number.isdecimal() else None,
        letter_value(small) if small.isalpha() else None,
        roman_value(small) if small.isalpha() else None,
    )
