"""Short names of documents, which stand in front of a statement only where they are part of the answer."""

from collections.abc import Sequence
from datetime import date

from pincite.answer.citation.point_marks import mark_length
from pincite.ingest.document import Metadata

LONGEST = 8  # words of a short title
FEW = 2  # authors all named; of more, the first et al.


def with_name(text: str, *names: str | None) -> str:
    """A statement with the names that are part of the answer in front, on a line of their own before a point.

    >>> with_name("It shall report.", "A/RES/1/2 (March 2024)", None, "para. 6 (e)")
    'A/RES/1/2 (March 2024), para. 6 (e): It shall report.'
    >>> with_name("(a) to report;", "A/RES/1/2"), with_name("It shall report.", None)
    ('A/RES/1/2:\\n(a) to report;', 'It shall report.')
    """
    said = ", ".join(filter(None, names))
    between = "\n" if mark_length(text) else " "
    return f"{said}:{between}{text}" if said else text


def dated_name(known: Metadata, path: str) -> str:
    """The short name of a document with its date."""
    return f"{short_name(known, path)} ({format_date(known.date)})" if known.date else short_name(known, path)


def short_name(known: Metadata, path: str) -> str:
    """The short name of a document: its symbol, authors, shortened title or path.

    >>> short_name(Metadata("One table or many?", kind="article", authors=("Ana de Silva", "Bo Li", "Cy Roe")), "a.md")
    'de Silva et al.'
    >>> short_name(Metadata("Fact sheet: the Council sets out the critical steps to come"), "a.md")
    'Fact sheet: the Council sets out the critical…'
    """
    if known.symbol:
        return known.symbol
    if known.authors and known.kind == "article":
        names = [surname(name) for name in in_one_script(known.authors)]
        return " and ".join(names) if len(names) <= FEW else f"{names[0]} et al."
    words = (known.title or path).split()
    return " ".join(words) if len(words) <= LONGEST else " ".join(words[:LONGEST]) + "…"


def in_one_script(authors: Sequence[str]) -> Sequence[str]:
    """The authors in Latin letters, if any: a paper may give the same names in two scripts."""
    return [name for name in authors if name[0].isascii()] or authors


def surname(name: str) -> str:
    """The last name, with its particles.

    >>> surname("Nora von Ingersleben-Seip"), surname("Olena Kovalchuk"), surname("Silva, Ana")
    ('von Ingersleben-Seip', 'Kovalchuk', 'Silva')
    """
    words = name.split(",", maxsplit=1)[0].split()
    small = next((place for place, word in enumerate(words) if word[0].islower()), len(words) - 1)
    return " ".join(words[small:])


def format_date(iso: str) -> str:
    """A date, month or year in prose.

    >>> format_date("2024-03-21"), format_date("2023-01"), format_date("2023")
    ('21 March 2024', 'January 2023', '2023')
    """
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = date(2000, int(rest[0]), 1).strftime("%B")
    return " ".join([*(str(int(day)) for day in rest[1:]), month, year])
