"""The years and the period that a question names, used as a boost: `in 2023`, `since March 2024`, `last year`."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from pincite.ingest.metadata.dates import MONTH_NAME, month_number

YEAR = r"(?:19|20)\d\d"
DATE = rf"(?:(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{MONTH_NAME})\.? )?(?P<year>{YEAR})(?![\w/]|-\d{{3}})"
AFTER = re.compile(
    rf"\b(?P<word>since|after|from|starting in|з|із|після|от|после)\s+{DATE}(?P<on> on(?:wards?)?)?", re.IGNORECASE
)
BEFORE = re.compile(rf"\b(?P<word>before|until|till|by|up to|prior to|до|к)\s+(?:the end of )?{DATE}", re.IGNORECASE)
BETWEEN = re.compile(rf"\b(?:between|from)\s+(?P<first>{YEAR})\s*(?:and|to|[-–])\s*(?P<last>{YEAR})\b", re.IGNORECASE)
YEAR_ALONE = re.compile(rf"(?<![\w/.\-])({YEAR})(?![\w/]|-\d{{3}}|[.,]\d)")
MONTH_ALONE = re.compile(
    rf"\b(?:since|after|from|seit|depuis|desde|з|із|після)\s+(?P<month>{MONTH_NAME})\b(?!\.? ?{YEAR})", re.I
)
RELATIVE_YEARS = {
    "this year": 0,
    "last year": -1,
    "the year before last": -2,
    "next year": 1,
    "цього року": 0,
    "торік": -1,
}


@dataclass(frozen=True, slots=True)
class Period:
    """Years named, and the first and last day of a period in ISO 8601; empty if none is named."""

    years: tuple[int, ...] = ()
    after: str | None = None
    before: str | None = None


def period_named(text: str, today: date | None = None) -> Period:
    """The period that a question names. Document numbers (`2024/1689`) are not years; `since May` means the last May.

    >>> period_named("What was adopted in 2023?")
    Period(years=(2023,), after=None, before=None)
    >>> period_named("resolutions since March 2024"), period_named("before June 2024, see Regulation (EU) 2024/1689")
    (Period(years=(2024,), after='2024-03-01', before=None), Period(years=(2024,), after=None, before='2024-05-31'))
    >>> period_named("between 2021 and 2023"), period_named("last year", date(2026, 1, 5))
    (Period(years=(2021, 2023), after='2021-01-01', before='2023-12-31'), \
Period(years=(2025,), after=None, before=None))
    """
    years = [int(year) for year in YEAR_ALONE.findall(text)]
    if today:
        lower = text.lower()
        years += [today.year + shift for words, shift in RELATIVE_YEARS.items() if words in lower]
        if month := MONTH_ALONE.search(text):
            number = month_number(month["month"])
            year = today.year - (number > today.month)
            return Period(tuple(dict.fromkeys([*years, year])), f"{year}-{number:02}-01")
    span = BETWEEN.search(text)
    if span:
        return Period(tuple(dict.fromkeys(years)), f"{span['first']}-01-01", f"{span['last']}-12-31")
    after, before = AFTER.search(text), BEFORE.search(text)
    return Period(tuple(dict.fromkeys(years)), after and period_start(after), before and period_end(before))


def period_start(found: re.Match[str]) -> str:
    """The first day of a period: `since 2023` includes that year, `after 2023` does not.

    >>> period_start(AFTER.search("after 2023")), period_start(AFTER.search("since 5 May 2023"))
    ('2024-01-01', '2023-05-05')
    """
    whole = found["word"].lower() in {"after", "після", "после"} and not found["month"]
    return iso_day(int(found["year"]) + whole, found["month"], found["day"])


def period_end(found: re.Match[str]) -> str:
    """The last day of a period: `until 2023` and `by 2023` include that year, `before 2023` does not.

    >>> period_end(BEFORE.search("before 2023")), period_end(BEFORE.search("by March 2024"))
    ('2022-12-31', '2024-03-31')
    """
    first = date.fromisoformat(iso_day(int(found["year"]), found["month"], found["day"]))
    if found["word"].lower() in {"before", "prior to", "до"}:
        return date.fromordinal(first.toordinal() - 1).isoformat()
    if found["day"]:
        return first.isoformat()
    last = month_number(found["month"]) if found["month"] else 12
    return date(first.year, last, monthrange(first.year, last)[1]).isoformat()


def iso_day(year: int, month: str | None, day: str | None) -> str:
    """A day in ISO form; the first of the month or year if no valid day is given."""
    number = month_number(month) if month else 1
    try:
        return date(year, number, int(day or 1)).isoformat()
    except ValueError:
        return date(year, number, 1).isoformat()
