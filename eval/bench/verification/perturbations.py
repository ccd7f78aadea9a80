"""Sentences changed in one thing, so that they are no longer what their source says. Knows nothing about verifying."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pincite.ingest.data.months import month_names
from pincite.ingest.data.number_words import number_words

MONTHS = month_names()
WORDS = (*number_words().ones[2:11], "twelve", "twenty", "thirty")
NUMBER = re.compile(
    r"(?<![\w./,[-])(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w/]|[.,]\d)"
    rf"|\b(?:{'|'.join(WORDS)})\b"
)
DATE = re.compile(rf"\b(?:\d{{1,2}} )?(?:{'|'.join(MONTHS)})\b,? (?:\d{{1,2}}, )?\d{{4}}\b")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]{3,})*")
NOT = re.compile(
    r"\b(shall|must|should|may|is|are|was|were|will|does|do|has|have|can|could|would)\b"
    r"(?= \w)(?! (?:not|no|only|never)\b)"
)
DENIED = re.compile(r"\bnot (?!only)")
ONLY = re.compile(r"\bonly (?=\w)")
FORCES: Mapping[str, Sequence[str]] = {
    "shall": ("may", "should"),
    "must": ("may", "should"),
    "should": ("must", "shall", "may"),
    "may": ("shall", "must"),
    "encourages": ("requires", "requests", "takes note of"),
    "requests": ("invites", "encourages"),
    "urges": ("requires", "invites"),
    "invites": ("requests", "requires"),
    "decides": ("invites", "recommends"),
    "calls upon": ("requires", "invites"),
    "recommends": ("requires", "decides"),
    "welcomes": ("takes note of", "urges"),
    "takes note of": ("endorses", "welcomes"),
    "is required to": ("is encouraged to", "may"),
    "are required to": ("are encouraged to", "may"),
}
FORCE = re.compile(rf"\b(?:{'|'.join(sorted(FORCES, key=len, reverse=True))})\b(?! not)", re.IGNORECASE)
OPPOSITES = {
    "before": "after",
    "after": "before",
    "at least": "at most",
    "more than": "less than",
    "less than": "more than",
    "increase": "decrease",
    "increased": "decreased",
    "reduce": "increase",
    "higher": "lower",
    "lower": "higher",
    "prohibited": "permitted",
    "permitted": "prohibited",
    "including": "excluding",
    "mandatory": "voluntary",
    "voluntary": "mandatory",
    "public": "private",
    "private": "public",
}
OPPOSITE = re.compile(rf"\b(?:{'|'.join(sorted(OPPOSITES, key=len, reverse=True))})\b")


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of a document, with the words it is cited from; `other_name` and `other_pinpoint` are false for it."""

    document: str
    sentence: str
    quote: str
    reference: str
    pinpoint: str | None
    other_name: str
    other_pinpoint: str | None


def pick(choices: Sequence[str], *by: str) -> str:
    """One of some choices, the same for the same text."""
    return choices[int.from_bytes(sha256("\0".join(by).encode()).digest()[:4], "big") % len(choices)]


def replaced(text: str, match: re.Match[str] | None, new: str) -> str | None:
    """A text with something new in place of a match."""
    return None if match is None else f"{text[: match.start()]}{new}{text[match.end() :]}"


def one_of(form: re.Pattern[str], source: Source) -> re.Match[str] | None:
    """One of the places in a sentence that fit."""
    found = list(form.finditer(source.sentence))
    return found[int(pick([str(n) for n in range(len(found))], source.sentence))] if found else None


def number(source: Source) -> str | None:
    """Another number: a figure of another size, a word for another."""
    dates = [match.span() for match in DATE.finditer(source.sentence)]
    found = [m for m in NUMBER.finditer(source.sentence) if not any(a <= m.start() < b for a, b in dates)]
    match = found[int(pick([str(n) for n in range(len(found))], source.sentence))] if found else None
    return replaced(source.sentence, match, other_number(match[0], source.sentence)) if match else None


def other_number(written: str, by: str) -> str:
    """A number that is another.

    >>> other_number("4,000", "a") != "4,000", other_number("six", "a") in WORDS, other_number("2024", "a")[:2]
    (True, True, '20')
    """
    if written in WORDS:
        return pick([word for word in WORDS if word != written], by)
    if re.fullmatch(r"(?:19|20)\d\d", written):
        return str(int(written) + int(pick(["1", "2", "-1"], by)))
    value = float(written.replace(",", ""))
    changed = pick([str(value + 1), str(value * 2), str(value * 10)], by) if value else "3.0"
    return f"{float(changed):,.{len(written.partition('.')[2])}f}" if "," in written else trimmed_zero(changed)


def trimmed_zero(digits: str) -> str:
    """A number without a decimal zero."""
    return digits.removesuffix(".0")


def date(source: Source) -> str | None:
    """Another year or another month."""
    match = one_of(DATE, source)
    if match is None:
        return None
    if pick(["year", "month"], source.sentence) == "year":
        new = re.sub(r"\d{4}", lambda year: str(int(year[0]) + 1), match[0])
    else:
        new = re.sub("|".join(MONTHS), lambda month: MONTHS[(MONTHS.index(month[0]) + 5) % 12], match[0])
    return replaced(source.sentence, match, new)


def name(source: Source) -> str | None:
    """The name of something else."""
    return replaced(source.sentence, one_of(NAME, source), source.other_name) if source.other_name else None


def negation(source: Source) -> str | None:
    """A `not` or an `only` put in or left out."""
    if match := one_of(DENIED, source) or one_of(ONLY, source):
        return replaced(source.sentence, match, "")
    match = one_of(NOT, source)
    return (
        replaced(source.sentence, match, f"{match[0]} {pick(['not', 'not', 'only'], source.sentence)}")
        if match
        else None
    )


def force(source: Source) -> str | None:
    """Another legal force."""
    match = one_of(FORCE, source)
    if match is None or (match[0].lower() == "may" and match[0] != "may"):
        return None
    new = pick(FORCES[match[0].lower()], source.sentence)
    return replaced(source.sentence, match, new.capitalize() if match[0][0].isupper() else new)


def opposite(source: Source) -> str | None:
    """A word turned into its opposite."""
    match = one_of(OPPOSITE, source)
    return replaced(source.sentence, match, OPPOSITES[match[0]]) if match else None


def swapped(source: Source) -> str | None:
    """Two numbers in each other's place."""
    found = [match for match in NUMBER.finditer(source.sentence) if match[0] not in WORDS]
    if len({match[0] for match in found}) != 2 or len(found) != 2:  # noqa: PLR2004  a pair
        return None
    one, other = found
    text = source.sentence
    if DATE.search(text) or len(text[one.end() : other.start()].split()) <= 1:
        return None  # a date or a range
    return f"{text[: one.start()]}{other[0]}{text[one.end() : other.start()]}{one[0]}{text[other.end() :]}"


def pinpoint(source: Source) -> str | None:
    """An attribution to another place of the same document."""
    if not source.other_pinpoint:
        return None
    return f"According to {source.reference}, {source.other_pinpoint}: {source.sentence}"


CHANGES: Mapping[str, Callable[[Source], str | None]] = {
    "number": number,
    "date": date,
    "name": name,
    "negation": negation,
    "force": force,
    "pinpoint": pinpoint,
    "opposite": opposite,
    "swapped": swapped,
}


def changed(source: Source) -> Iterator[tuple[str, str]]:
    """A sentence's changes, each with its kind; those that leave it as it is are left out."""
    for kind, change in CHANGES.items():
        text = change(source)
        if text and text != source.sentence:
            yield kind, text
