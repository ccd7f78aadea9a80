"""How an answer says who states what: `A/RES/78/265 (21 March 2024), para. 6 (e):`. In no language, so it fits any."""

from collections.abc import Sequence
from datetime import date

from pincite.ingest.document import Metadata
from pincite.ingest.structure.pinpoint_grammar import path_of

LONGEST = 8  # words of a title that stand for a document
FEW = 2  # authors who are all named


def credited(text: str, known: Metadata, path: str, pinpoint: str | None, *, again: bool) -> str:
    """A statement with its source in front; `again` when the one before it is from the same document.

    >>> credited("It shall report.", Metadata(symbol="A/RES/1/2", date="2024-03"), "a.md", "para. 6 (e)", again=False)
    'A/RES/1/2 (March 2024), para. 6 (e): It shall report.'
    """
    place = pinpoint if pinpoint and path_of(pinpoint) else None  # else it is a heading
    source = ", ".join(filter(None, [None if again else dated_name(known, path), place]))
    return f"{source}: {text}" if source else text


def dated_name(known: Metadata, path: str) -> str:
    """The short name of a document with its date."""
    return f"{short_name(known, path)} ({written(known.date)})" if known.date else short_name(known, path)


def short_name(known: Metadata, path: str) -> str:
    """The short name of a document: its symbol, its authors, or its title, cut where it is long; else its path.

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
    """Authors whose names stand in Latin letters, if some do: a paper may give the same names in two scripts."""
    return [name for name in authors if name[0].isascii()] or authors


def surname(name: str) -> str:
    """The last name, with the small words that belong to it.

    >>> surname("Nora von Ingersleben-Seip"), surname("Olena Kovalchuk"), surname("Silva, Ana")
    ('von Ingersleben-Seip', 'Kovalchuk', 'Silva')
    """
    words = name.split(",", maxsplit=1)[0].split()
    small = next((place for place, word in enumerate(words) if word[0].islower()), len(words) - 1)
    return " ".join(words[small:])


def written(iso: str) -> str:
    """A date as it is written in prose.

    >>> written("2024-03-21"), written("2023-01"), written("2023")
    ('21 March 2024', 'January 2023', '2023')
    """
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = date(2000, int(rest[0]), 1).strftime("%B")
    return " ".join([*(str(int(day)) for day in rest[1:]), month, year])
