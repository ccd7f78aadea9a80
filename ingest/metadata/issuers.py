"""The body that issued a document, by its masthead, its title or its web site."""

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from pincite.ingest.data.bodies import bodies, body_words

# What follows a body's name in a masthead: a series, a number, a session or a date.
AFTER_NAME = re.compile(r"(?: ?[-–—|] ?(?:No\.? ?)?\d.*| Distr\..*| [A-Z]+/[\w/.()-]+| EN .{0,20}series)$")
MASTHEAD_WORDS = 14  # at most


@cache
def mastheads() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Bodies with the pattern of their mastheads, in the order in which they are tried."""
    return tuple((body.name, re.compile("|".join(body.masthead), re.IGNORECASE)) for body in bodies() if body.masthead)


@cache
def ministry() -> re.Pattern[str]:
    """The masthead of a ministry."""
    words = "|".join(body_words("ministries"))
    return re.compile(rf"(?:[A-Z][\w.]+ )?(?:{words})\b[^.:;]{{3,90}}", re.IGNORECASE)


@cache
def title_opening() -> re.Pattern[str]:
    """The opening of a title that begins with the name of its issuer."""
    names = "|".join(re.escape(body.name) for body in bodies() if body.opens_titles)
    return re.compile(
        r"(?:the |(?:joint )?(?:statement|declaration|communiqu[eé]) (?:of|by) (?:the )?)?"
        rf"({names})(?:['’]s?)? (?!summit\b)",
        re.IGNORECASE,
    )


def masthead_issuer(lines: Iterable[str]) -> str | None:
    """The body named by the first line that is a masthead.

    >>> masthead_issuer(["Distr.: General", "United Nations General Assembly", "Seventy-ninth session"])
    'UN General Assembly'
    >>> masthead_issuer(["The United Nations Security Council met to discuss artificial intelligence."])
    """
    return next((body for line in lines if (body := body_of(line))), None)


def body_of(line: str) -> str | None:
    """The body named by a masthead; None for a line that says anything else.

    >>> body_of("Council of Europe Treaty Series - No. 225"), body_of("THE SECURITY COUNCIL,")
    ('Council of Europe', 'UN Security Council')
    >>> body_of("Ministry of Digital Affairs of Ruritania")
    'Ministry of Digital Affairs of Ruritania'
    """
    line = " ".join(line.split()).strip(" ,.:|*#")
    if not line or len(line.split()) > MASTHEAD_WORDS:
        return None
    bare = AFTER_NAME.sub("", line)
    if found := next((name for name, masthead in mastheads() if masthead.fullmatch(bare)), None):
        return found
    return line if ministry().fullmatch(line) and line[:1].isupper() else None


def title_issuer(title: str) -> str | None:
    """The body whose name a title begins with.

    >>> title_issuer("G7 Leaders’ Statement on AI"), title_issuer("Remarks on the G7 Leaders’ Statement")
    ('G7', None)
    """
    match = title_opening().match(title)
    return next((body.name for body in bodies() if match and body.name.lower() == match[1].lower()), None)


def site_issuer(url: str | None) -> str | None:
    """The body that owns the web site of an address.

    >>> site_issuer("https://www.whitehouse.gov/articles/a"), site_issuer("https://example.org/whitehouse.gov")
    ('The White House', None)
    """
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None  # not an address
    sites = ((domain, body.name) for body in bodies() for domain in body.domains)
    return next((name for domain, name in sites if host == domain or host.endswith(f".{domain}")), None)
