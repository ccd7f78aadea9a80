"""Dates in a text, normalised whatever their form. A year alone counts as a figure."""

import re
from functools import lru_cache

from pincite.answer.language.alignment import TextMark
from pincite.ingest.metadata.dates import DATES, ENGLISH_MONTH, MONTH_AND_YEAR, date_of, month_number

DAY = re.compile(
    rf"\b(?P<day1>\d{{1,2}})(?:st|nd|rd|th)? (?P<month1>{ENGLISH_MONTH})\b(?!\.? \d{{4}})"
    rf"|\b(?P<month2>{ENGLISH_MONTH})\b\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,? \d{{4}})",
    re.IGNORECASE,
)
ISO_MONTH = re.compile(r"(?<![\w-])((?:19|20)\d\d-(?:0[1-9]|1[0-2]))(?![\w-])")
DIGIT = re.compile(r"\d")
MAY = re.compile(r"may \d|\d+ may", re.IGNORECASE)  # `may 3 States …`, `nobody under 16 may …` are no dates


@lru_cache(maxsize=256)
def find_dates(text: str) -> tuple[TextMark, ...]:
    """The dates of a text as `year-month-day`, without the parts that are not given.

    >>> [mark.value for mark in find_dates("21 March 2024, March 21, 2024 and 2024-03; July 2025; on 3 May")]
    ['2024-03-21', '2024-03-21', '2024-03', '2025-07', '-05-03']
    """
    if not DIGIT.search(text):
        return ()
    plain = re.sub(r"\s", " ", text)
    found = [date for match in DATES.finditer(plain) if (value := date_of(match)) for date in [mark(match, value)]]
    for match in MONTH_AND_YEAR.finditer(plain):
        found += [] if overlaps(match, found) else [mark(match, f"{match['year']}-{month_number(match['month']):02}")]
    found += [mark(match, match[1]) for match in ISO_MONTH.finditer(plain)]
    for match in DAY.finditer(plain):
        month, day = match["month1"] or match["month2"], match["day1"] or match["day2"]
        if not overlaps(match, found) and not (match[0].islower() and MAY.match(match[0])):
            found.append(mark(match, f"-{month_number(month):02}-{int(day):02}"))
    return tuple(sorted(found, key=lambda date: date.start))


def mark(match: re.Match[str], value: str) -> TextMark:
    """A match as a mark of a value."""
    return TextMark(value, match[0], match.start(), match.end())


def overlaps(match: re.Match[str], marks: list[TextMark]) -> bool:
    """Whether a match overlaps one of some marks."""
    return any(match.start() < mark.end and mark.start < match.end() for mark in marks)


def same_date(cited: str, stated: str) -> bool:
    """Whether the cited date is the stated one, or a more exact form of it.

    >>> same_date("2024-03-21", "2024-03"), same_date("2024-03-21", "-03-21"), same_date("2024-03", "2024-03-21")
    (True, True, False)
    """
    return cited.endswith(stated) if stated.startswith("-") else cited.startswith(stated)


def years_of(text: str) -> frozenset[str]:
    """The years of the dates of a text.

    >>> sorted(years_of("on 21 March 2024 and in July 2025"))
    ['2024', '2025']
    """
    return frozenset(date.value[:4] for date in find_dates(text) if not date.value.startswith("-"))
