"""Names in a statement must appear in its cited text or in its document's metadata: title, issuer, authors."""

import re
from collections.abc import Iterator

from pincite.answer.language.alignment import TextMark, replacement_of
from pincite.answer.language.masking import mask_references
from pincite.answer.language.parsed_text import ParsedText, parse_text
from pincite.answer.language.proper_names import acronyms, capitalised_words, find_names
from pincite.answer.verification.findings import Finding, FindingKind, conflicting
from pincite.ingest.data.bodies import body_words

CODE = re.compile(r"\b(?=[\w.-]*[^\W\d_])(?=[\w.-]*\d)[A-Z][\w-]*(?:\.\d+)*\b")  # `GPT-4`, `COVID-19`
ADJECTIVE_ENDINGS = frozenset("n an ian ese ish i s es".split())  # `Kenya`, `Kenyan`
SHORTEST_COUNTRY = 4  # letters: `Mali`
# Bodies that issue texts: a citation without an issuer cannot tell which of them is speaking.
SPEAKING_BODIES = frozenset(body_words("organ_words"))
GENERAL = "General"  # of the Secretary-General
SHORTEST_SPELLED_OUT = 2  # words of a name that has an acronym


def check_names(statement: ParsedText, cited: ParsedText, metadata: ParsedText) -> Iterator[Finding]:
    """Names of a statement that are missing, or that the cited text has in another context."""
    known = cited.stems() | metadata.stems()
    known_acronyms = acronyms(cited.text) | acronyms(metadata.text)
    cited_names = find_names(parse_text(mask_references(cited.text)))
    for name in find_names(parse_text(mask_references(statement.text))):
        missing = [stem for stem in name.value.split() if not is_known(stem, known, known_acronyms)]
        if missing and not is_unnamed_speaker(name, cited, metadata) and not is_spelled_out(name.value, known):
            yield Finding(FindingKind.NAME, f"The name {name.written} does not appear in the cited text.")
        elif not missing and (other := replacement_of(name, statement, cited, cited_names, same_name, strict=True)):
            yield conflicting(FindingKind.NAME, other.written, name.written)
    yield from check_codes(mask_references(statement.text), f"{cited.text}\n{metadata.text}")
    yield from check_first_word(statement, cited, known)


def is_known(stem: str, known: frozenset[str], known_acronyms: frozenset[str]) -> bool:
    """Whether a word of a name is known, also as an acronym or as the adjective of a country's name."""
    if stem in known or stem in known_acronyms:
        return True
    return any(
        longer.startswith(shorter) and longer[len(shorter) :] in ADJECTIVE_ENDINGS
        for one in known
        for shorter, longer in [sorted((one, stem), key=len)]
        if len(shorter) >= SHORTEST_COUNTRY
    )


def is_spelled_out(value: str, known: frozenset[str]) -> bool:
    """Whether the cited text has the acronym of a name.

    >>> is_spelled_out("unit nation", frozenset({"un"}))
    True
    """
    stems = value.split()
    return len(stems) >= SHORTEST_SPELLED_OUT and "".join(stem[0] for stem in stems) in known


def is_unnamed_speaker(name: TextMark, cited: ParsedText, metadata: ParsedText) -> bool:
    """Whether a name is the body that speaks, of which neither the cited text nor the metadata says anything."""
    if metadata.words or not name.start <= len("The "):
        return False
    bodies = {word.text.lower() for word in cited.words if word.text != GENERAL}
    return SPEAKING_BODIES.isdisjoint(bodies) and SPEAKING_BODIES.issuperset(name.written.lower().split())


def same_name(cited: str, stated: str) -> bool:
    """Whether two names are the same, or one is a short form of the other.

    >>> same_name("uganda nation foundat", "nation foundat"), same_name("secretari labor", "secretari state")
    (True, False)
    """
    one, other = set(cited.split()), set(stated.split())
    return one <= other or other <= one


def check_codes(statement: str, known: str) -> Iterator[Finding]:
    """Names with digits in a statement that are not known."""
    plain = known.casefold().replace("-", "").replace(" ", "")
    for code in dict.fromkeys(CODE.findall(statement)):
        if code.casefold().replace("-", "") not in plain:
            yield Finding(FindingKind.NAME, f"{code} does not appear in the cited text.")


def check_first_word(statement: ParsedText, cited: ParsedText, known: frozenset[str]) -> Iterator[Finding]:
    """An unknown first word in whose place the cited text has a name: `Kenya hosts it`."""
    first = next(iter(statement.words), None)
    if first is None or not first.stem or first.stem in known or not first.text[0].isupper():
        return
    mark = TextMark(first.stem, first.text, first.start, first.end)
    cited_names = capitalised_words(parse_text(mask_references(cited.text)))
    if other := replacement_of(mark, statement, cited, cited_names, same_name, strict=True):
        yield conflicting(FindingKind.NAME, other.written, first.text)
