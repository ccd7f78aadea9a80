"""Dates as documents write them, normalised to ISO 8601."""

import datetime
import re
from typing import Any

from pincite.ingest.data.months import month_abbreviations, month_names, month_numbers
from pincite.ingest.data.number_words import number_words

ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()  # as the Council of Europe dates its treaties: 5.IX.2024
MONTHS = {**month_numbers(), **{numeral.lower(): number for number, numeral in enumerate(ROMAN, 1)}}
ENGLISH_MONTH = "|".join([*month_names("en"), *month_abbreviations()])
MONTH_NAME = f"{'|'.join(sorted(month_numbers(), key=len, reverse=True))}|{ENGLISH_MONTH}"
# The first day of a meeting that lasted several.
RANGE = r"(?: ?[-–—] ?\d{1,2}| (?:to|and|au|et|al|y|bis|und) \d{1,2})?(?:st|nd|rd|th|\.)?"
DATES = re.compile(
    rf"(?<![\w-])(?P<day1>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?{RANGE}(?: day)?(?: of| de)? "
    rf"(?P<month1>{MONTH_NAME})\b\.?,?(?: de| of)? (?P<year1>\d{{4}})\b"
    rf"|\b(?P<month2>{ENGLISH_MONTH})\b\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?{RANGE},? (?P<year2>\d{{4}})\b"
    rf"|(?<![\w.-])(?P<day3>\d{{1,2}})\.(?P<month3>{'|'.join(ROMAN)})\.(?P<year3>\d{{4}})\b"
    r"|(?<![^\W_])(?P<year4>\d{4})-(?P<month4>\d{2})-(?P<day4>\d{2})(?!\d)"
    r"|(?<![\w./-])(?P<day5>\d{1,2})(?P<between>[./])(?P<month5>\d{1,2})(?P=between)(?P<year5>(?:19|20)\d\d)(?![\d/])"
    r"|(?P<year6>\d{4})年(?P<month6>\d{1,2})月(?P<day6>\d{1,2})日",
    re.IGNORECASE,
)
MONTH_AND_YEAR = re.compile(
    rf"(?<![\w-])(?<![^\w-]\d )(?<![^\w-]\d\d )(?P<month>{MONTH_NAME})\b\.?,?"
    r"(?: de| of)? (?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
DECEMBER = 12
NUMBERS = number_words()
CARDINALS = {word: n for n, word in enumerate(NUMBERS.ones)} | {word: 10 * n for n, word in enumerate(NUMBERS.tens, 2)}
ORDINALS = {word: n for n, word in enumerate(NUMBERS.ordinal_ones)} | {
    **{word: 10 * n for n, word in enumerate(NUMBERS.ordinal_tens, 2)},
    **{
        f"{tens}-{unit}": 10 * n + m
        for n, tens in enumerate(NUMBERS.tens[:2], 2)
        for m, unit in enumerate(NUMBERS.ordinal_ones[1:10], 1)
    },
}
SPELLED = re.compile(
    rf"\b(?P<day>(?:twenty[- ]|thirty[- ])?[a-z]+(?:st|nd|rd|th)) day of (?P<month>{ENGLISH_MONTH}),?"
    r"(?: (?:in|of) the year)?(?: of our lord)? (?P<year>(?:one|two|nineteen|twenty)[a-z -]{6,60})",
    re.IGNORECASE,
)


def find_date(text: str) -> str | None:
    """The first full date in a text, as ISO 8601.

    >>> find_date("adopted on 21 March 2024"), find_date("May 4, 2023"), find_date("in 2023")
    ('2024-03-21', '2023-05-04', None)
    >>> find_date("Vilnius, 5.IX.2024"), find_date("15 квітня 2025 року"), find_date("31 June 2024, 2024-07-01")
    ('2024-09-05', '2025-04-15', '2024-07-01')
    >>> find_date("Seoul, 21 and 22 May 2024"), find_date("May 21–22, 2024")
    ('2024-05-21', '2024-05-21')
    >>> find_date("13 de junio de 2024"), find_date("Fait le 1er août 2024"), find_date("am 3. März 2024")
    ('2024-06-13', '2024-08-01', '2024-03-03')
    """
    for match in DATES.finditer(" ".join(text.split())):
        if found := date_of(match):
            return found
    return None


def date_of(match: re.Match[str]) -> str | None:
    """A matched date as ISO 8601; in figures the day comes first, unless the second number is no month.

    >>> [find_date(text) for text in ("22/05/2019", "05/22/2019", "3.5.2024")]
    ['2019-05-22', '2019-05-22', '2024-05-03']
    """
    stated = {name.rstrip("123456"): value for name, value in match.groupdict().items() if value}
    day, month = stated["day"], month_number(stated["month"])
    if "between" in stated and month > DECEMBER:
        day, month = stated["month"], int(stated["day"])
    return iso(stated["year"], month, day)


def month_number(name: str) -> int:
    """The number of a month, by name, numeral or figure.

    >>> month_number("Sept"), month_number("IX"), month_number("09")
    (9, 9, 9)
    """
    return MONTHS.get(name.lower()) or month_abbreviations().get(name.lower()) or int(name)


def find_month(text: str) -> str | None:
    """The first month with a year in a text, as ISO 8601.

    >>> find_month("Published July 2024"), find_month("in 2024")
    ('2024-07', None)
    """
    match = MONTH_AND_YEAR.search(f" {' '.join(text.split())}")
    return f"{match['year']}-{month_number(match['month']):02}" if match else None


def spelled_date(text: str) -> str | None:
    """A date in English words, as treaties give it.

    >>> spelled_date("DONE at Paris this twelfth day of December two thousand and fifteen.")
    '2015-12-12'
    >>> spelled_date("the twenty-seventh day of January, one thousand nine hundred and sixty-seven")
    '1967-01-27'
    """
    match = SPELLED.search(" ".join(text.split()))
    if not match:
        return None
    day = ORDINALS.get(match["day"].lower().replace(" ", "-"))
    year = spelled_number(match["year"])
    return iso(str(year), month_number(match["month"]), str(day)) if day and year else None


def spelled_number(words: str) -> int | None:
    """A year in English words, with which a text begins.

    >>> spelled_number("nineteen hundred and forty-five"), spelled_number("two thousand and fifteen")
    (1945, 2015)
    """
    total = current = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "and":
            continue
        if word == "thousand":
            total, current = total + current * 1000, 0
        elif word == "hundred":
            current *= 100
        elif word in CARDINALS:
            current += CARDINALS[word]
        else:
            break
    return total + current or None


def iso(year: str, month: int | str, day: int | str) -> str | None:
    """A date as ISO 8601, None if there is no such day."""
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def iso_date(value: Any) -> str | None:
    """A stated date of any type as ISO 8601, or a month with its year if there is no day.

    >>> iso_date(datetime.date(2024, 3, 21)), iso_date("March 2024"), iso_date("2024-03"), iso_date("soon")
    ('2024-03-21', '2024-03', '2024-03', None)
    """
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    text = str(value or "")
    month = re.fullmatch(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", text.strip())
    return find_date(text) or find_month(text) or (month[0] if month else None)
