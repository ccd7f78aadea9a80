"""The names of a statement must stand in its cited text, or belong to the cited document: title, issuer, authors."""

import re
from collections.abc import Iterator

from pincite.answer.language.alignment import Mark, in_its_place
from pincite.answer.language.masking import plainly
from pincite.answer.language.parsed_text import Worded, worded
from pincite.answer.language.proper_names import acronyms, names, names_anywhere
from pincite.ingest.data.bodies import body_words

CODE = re.compile(r"\b(?=[\w.-]*[^\W\d_])(?=[\w.-]*\d)[A-Z][\w-]*(?:\.\d+)*\b")  # `GPT-4`, `COVID-19`
ENDINGS = frozenset("n an ian ese ish i s es".split())  # `Kenya`, `Kenyan`
# Bodies whose own words a text is: who speaks cannot be checked where a citation names no issuer.
SPEAKERS = frozenset(body_words("organ_words"))
GENERAL = "General"  # of the Secretary-General
SHORTEST_RUN = 2  # words with an acronym


def wrong_names(statement: Worded, cited: Worded, about: Worded) -> Iterator[str]:
    """Names of a statement that stand nowhere, or in another place of the cited text, a sentence each."""
    known = cited.stems() | about.stems()
    letters = acronyms(cited.text) | acronyms(about.text)
    held = names(worded(plainly(cited.text)))
    for name in names(worded(plainly(statement.text))):
        missing = [stem for stem in name.value.split() if not is_known(stem, known, letters)]
        if missing and not spoken(name, cited, about) and not spells_out(name.value, known):
            yield f"the name {name.written} does not stand in the cited text"
        elif not missing and (other := in_its_place(statement, name, cited, held, same_name, strict=True)):
            yield f"the cited text has {other.written} where this has {name.written}"
    yield from wrong_codes(plainly(statement.text), f"{cited.text}\n{about.text}")
    yield from wrong_opening(statement, cited, known)


def is_known(stem: str, known: frozenset[str], letters: frozenset[str]) -> bool:
    """Whether a word of a name is held, also as an acronym, or as the adjective to a country's name."""
    if stem in known or stem in letters:
        return True
    return any(
        longer.startswith(shorter) and longer[len(shorter) :] in ENDINGS
        for one in known
        for shorter, longer in [sorted((one, stem), key=len)]
        if len(shorter) >= 4  # noqa: PLR2004  letters: `Mali`
    )


def spells_out(value: str, known: frozenset[str]) -> bool:
    """Whether the cited text has the acronym of a name.

    >>> spells_out("unit nation", frozenset({"un"}))
    True
    """
    stems = value.split()
    return len(stems) >= SHORTEST_RUN and "".join(stem[0] for stem in stems) in known


def spoken(name: Mark, cited: Worded, about: Worded) -> bool:
    """Whether a name is only that of the body which speaks, and nothing is known of who does."""
    unknown = not about.words and SPEAKERS.isdisjoint(word.text.lower() for word in cited.words if word.text != GENERAL)
    return unknown and name.start <= len("The ") and SPEAKERS.issuperset(name.written.lower().split())


def same_name(cited: str, stated: str) -> bool:
    """Whether two names are one, which may be given in short.

    >>> same_name("uganda nation foundat", "nation foundat"), same_name("secretari labor", "secretari state")
    (True, False)
    """
    one, other = set(cited.split()), set(stated.split())
    return one <= other or other <= one


def wrong_codes(statement: str, held: str) -> Iterator[str]:
    """Names with digits that are not held."""
    known = held.casefold().replace("-", "").replace(" ", "")
    for code in dict.fromkeys(CODE.findall(statement)):
        if code.casefold().replace("-", "") not in known:
            yield f"{code} does not stand in the cited text"


def wrong_opening(statement: Worded, cited: Worded, known: frozenset[str]) -> Iterator[str]:
    """A first word that is not held, where the cited text has a name: `Kenya hosts it`."""
    first = next(iter(statement.words), None)
    if first is None or not first.stem or first.stem in known or not first.text[0].isupper():
        return
    mark = Mark(first.stem, first.text, first.start, first.end)
    if other := in_its_place(
        statement, mark, cited, names_anywhere(worded(plainly(cited.text))), same_name, strict=True
    ):
        yield f"the cited text has {other.written} where this has {first.text}"
