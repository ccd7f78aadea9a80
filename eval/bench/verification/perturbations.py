"""Perturbations of sentences in one detail, so that their source no longer supports them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pincite.ingest.data.months import month_names
from pincite.ingest.data.number_words import number_words

MONTHS = month_names()
NUMBERS = (*number_words().ones[2:11], "twelve", "twenty", "thirty")
NUMBER = re.compile(
    rf"(?<![\w./,[-])(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?![\w/]|[.,]\d)|\b(?:{'|'.join(NUMBERS)})\b"
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
class SourceSentence:
    """A sentence of a document with its citation; `other_name` and `other_pinpoint` would be wrong in it."""

    document: str
    sentence: str
    quote: str
    reference: str
    pinpoint: str | None
    other_name: str
    other_pinpoint: str | None


def pick(choices: Sequence[str], *by: str) -> str:
    """One of the choices, determined by the given texts."""
    return choices[int.from_bytes(sha256("\0".join(by).encode()).digest()[:4], "big") % len(choices)]


def replaced(text: str, match: re.Match[str] | None, new: str) -> str | None:
    """A text with a match replaced."""
    return None if match is None else f"{text[: match.start()]}{new}{text[match.end() :]}"


def one_match(pattern: re.Pattern[str], source: SourceSentence) -> re.Match[str] | None:
    """One of the matches in a sentence."""
    found = list(pattern.finditer(source.sentence))
    return found[int(pick([str(n) for n in range(len(found))], source.sentence))] if found else None


def number(source: SourceSentence) -> str | None:
    """Another number, in digits or words as before."""
    dates = [match.span() for match in DATE.finditer(source.sentence)]
    found = [m for m in NUMBER.finditer(source.sentence) if not any(a <= m.start() < b for a, b in dates)]
    match = found[int(pick([str(n) for n in range(len(found))], source.sentence))] if found else None
    return replaced(source.sentence, match, other_number(match[0], source.sentence)) if match else None


def other_number(written: str, by: str) -> str:
    """A different number.

    >>> other_number("4,000", "a") != "4,000", other_number("six", "a") in NUMBERS, other_number("2024", "a")[:2]
    (True, True, '20')
    """
    if written in NUMBERS:
        return pick([word for word in NUMBERS if word != written], by)
    if re.fullmatch(r"(?:19|20)\d\d", written):
        return str(int(written) + int(pick(["1", "2", "-1"], by)))
    value = float(written.replace(",", ""))
    changed = pick([str(value + 1), str(value * 2), str(value * 10)], by) if value else "3.0"
    return f"{float(changed):,.{len(written.partition('.')[2])}f}" if "," in written else changed.removesuffix(".0")


def date(source: SourceSentence) -> str | None:
    """Another year or another month."""
    match = one_match(DATE, source)
    if match is None:
        return None
    if pick(["year", "month"], source.sentence) == "year":
        new = re.sub(r"\d{4}", lambda year: str(int(year[0]) + 1), match[0])
    else:
        new = re.sub("|".join(MONTHS), lambda month: MONTHS[(MONTHS.index(month[0]) + 5) % 12], match[0])
    return replaced(source.sentence, match, new)


def name(source: SourceSentence) -> str | None:
    """Another name."""
    return replaced(source.sentence, one_match(NAME, source), source.other_name) if source.other_name else None


def negation(source: SourceSentence) -> str | None:
    """With `not` or `only` inserted or removed."""
    if match := one_match(DENIED, source) or one_match(ONLY, source):
        return replaced(source.sentence, match, "")
    match = one_match(NOT, source)
    return (
        replaced(source.sentence, match, f"{match[0]} {pick(['not', 'not', 'only'], source.sentence)}")
        if match
        else None
    )


def force(source: SourceSentence) -> str | None:
    """Another legal force."""
    match = one_match(FORCE, source)
    if match is None or (match[0].lower() == "may" and match[0] != "may"):
        return None
    new = pick(FORCES[match[0].lower()], source.sentence)
    return replaced(source.sentence, match, new.capitalize() if match[0][0].isupper() else new)


def opposite(source: SourceSentence) -> str | None:
    """A word replaced by its opposite."""
    match = one_match(OPPOSITE, source)
    return replaced(source.sentence, match, OPPOSITES[match[0]]) if match else None


def swapped(source: SourceSentence) -> str | None:
    """Two numbers swapped."""
    found = [match for match in NUMBER.finditer(source.sentence) if match[0] not in NUMBERS]
    if len({match[0] for match in found}) != 2 or len(found) != 2:  # noqa: PLR2004  a pair
        return None
    one, other = found
    text = source.sentence
    if DATE.search(text) or len(text[one.end() : other.start()].split()) <= 1:
        return None  # a date or a range
    return f"{text[: one.start()]}{other[0]}{text[one.end() : other.start()]}{one[0]}{text[other.end() :]}"


def pinpoint(source: SourceSentence) -> str | None:
    """An attribution to another pinpoint of the same document."""
    if not source.other_pinpoint:
        return None
    return f"According to {source.reference}, {source.other_pinpoint}: {source.sentence}"


PERTURBATIONS: Mapping[str, Callable[[SourceSentence], str | None]] = {
    "number": number,
    "date": date,
    "name": name,
    "negation": negation,
    "force": force,
    "pinpoint": pinpoint,
    "opposite": opposite,
    "swapped": swapped,
}


def perturbations(source: SourceSentence) -> Iterator[tuple[str, str]]:
    """The perturbations of a sentence with their kinds."""
    for kind, perturb in PERTURBATIONS.items():
        text = perturb(source)
        if text and text != source.sentence:
            yield kind, text
