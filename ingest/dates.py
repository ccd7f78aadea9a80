"""Dates as documents write them, in ISO 8601. Knows nothing about documents."""

import datetime
import re
from typing import Any

ENGLISH = "January February March April May June July August September October November December".split()
UKRAINIAN = "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня".split()
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()  # as the Council of Europe dates its treaties: 5.IX.2024
MONTHS = {name.lower(): number for names in (ENGLISH, UKRAINIAN, ROMAN) for number, name in enumerate(names, 1)}
NAMES = "|".join((*ENGLISH, *UKRAINIAN))
DATES = re.compile(
    rf"(?<![\w-])(?P<day1>\d{{1,2}})(?:st|nd|rd|th)? (?P<month1>{NAMES}),? (?P<year1>\d{{4}})\b"
    rf"|\b(?P<month2>{'|'.join(ENGLISH)}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>\d{{4}})\b"
    rf"|(?<![\w.-])(?P<day3>\d{{1,2}})\.(?P<month3>{'|'.join(ROMAN)})\.(?P<year3>\d{{4}})\b"
    rf"|\b(?P<year4>\d{{4}})-(?P<month4>\d{{2}})-(?P<day4>\d{{2}})(?!\d)",
    re.IGNORECASE,
)


def find_date(text: str) -> str | None:
    """The first full date in a text, in ISO form.

    >>> find_date("adopted on 21 March 2024"), find_date("May 4, 2023"), find_date("in 2023")
    ('2024-03-21', '2023-05-04', None)
    >>> find_date("Vilnius, 5.IX.2024"), find_date("15 квітня 2025 року"), find_date("31 June 2024, 2024-07-01")
    ('2024-09-05', '2025-04-15', '2024-07-01')
    """
    for match in DATES.finditer(text.replace("\xa0", " ")):
        stated = {name[:-1]: value for name, value in match.groupdict().items() if value}
        month = MONTHS.get(stated["month"].lower()) or stated["month"]
        if found := iso(stated["year"], month, stated["day"]):
            return found
    return None


def iso(year: str, month: int | str, day: str) -> str | None:
    """A date in ISO form, None when there is no such day."""
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def iso_date(value: Any) -> str | None:
    """A stated date, whatever type the front matter gave it."""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    return find_date(str(value)) if value else None
