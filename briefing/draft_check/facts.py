"""Symbols, dates, figures and names of a claim that a place lacks, or has otherwise, and what it has in their stead."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from pincite.answer.language.alignment import TextMark
from pincite.answer.language.dates import find_dates, same_date, years_of
from pincite.answer.language.masking import blank_out, mask_enumerators, mask_references
from pincite.answer.language.parsed_text import ParsedText, parse_text
from pincite.answer.language.proper_names import find_names
from pincite.answer.language.quantities import find_figures
from pincite.answer.verification.attribution import metadata_of
from pincite.answer.verification.facts import check_dates, check_figures, check_symbols
from pincite.answer.verification.findings import Finding, FindingKind, conflicting
from pincite.answer.verification.names import check_names
from pincite.briefing.draft_check.places import Place
from pincite.briefing.draft_check.topic import Topic, topic_of
from pincite.ingest.index.index import Index

Alike = Callable[[str, str], bool]

CAPITALISED_NOUNS = frozenset({"de"})  # languages in which a capital makes no name
SAMPLE = 30  # passages in which the spelling of a word is looked up
VERBS = frozenset(
    "is are was were be been has have had may must shall should will would can could cannot do does did".split()
)


def missing_facts(index: Index, claim: str, place: Place) -> Iterator[Finding]:
    """Symbols, dates, figures and names that a place lacks or has otherwise."""
    statement, cited = parse_text(claim), parse_text(place.text)
    topic = topic_of(index, place.citation.document)
    known = f"{metadata_of([place.citation])}\n{topic.text}"
    yield from check_symbols(claim, f"{cited.text}\n{known}")
    yield from check_dates(statement, cited, known)
    figures = years_of(cited.text) | years_of(known) | {mark.value for mark in find_figures(known)}
    measured = parse_text(place.with_measures())
    yield from check_figures(statement, measured, figures)
    given = find_figures(mask_references(mask_enumerators(place.citation.quote)))
    yield from rivals(FindingKind.FIGURE, find_figures(mask_references(claim)), given, same_measure)
    stated = [
        mark for mark in find_dates(claim) if not any(same_date(one.value, mark.value) for one in find_dates(known))
    ]
    yield from rivals(FindingKind.DATE, stated, find_dates(place.citation.quote), same_kind_of_date)
    if place.citation.metadata.language not in CAPITALISED_NOUNS:
        named = without(subject_names(statement, topic), statement)
        yield from check_names(named, cited, parse_text(metadata_of([place.citation])))
        yield from scattered_names(statement, cited, parse_text(known))
        yield from nearer_names(statement, parse_text(place.citation.quote))
        yield from check_opening_name(index, statement, parse_text(f"{cited.text}\n{known}"))


def rivals(kind: FindingKind, stated: Sequence[TextMark], given: Sequence[TextMark], alike: Alike) -> Iterator[Finding]:
    """The only fact of a kind that a place gives, where a claim gives another one."""
    for mark in stated:
        others = {one.value: one for one in given if alike(one.value, mark.value)}
        if len(others) == 1 and mark.value not in others:
            yield conflicting(kind, next(iter(others.values())).written, mark.written)


def same_measure(one: str, other: str) -> bool:
    """Whether two figures have the same unit.

    >>> same_measure("10 year", "5 year"), same_measure("10", "5")
    (True, False)
    """
    return " " in one and one.partition(" ")[2] == other.partition(" ")[2]


def same_kind_of_date(one: str, other: str) -> bool:
    """Whether two dates are equally exact.

    >>> same_kind_of_date("2024-03-21", "2023-05-02"), same_kind_of_date("2024-03", "2023-05-02")
    (True, False)
    """
    return one.count("-") == other.count("-")


def scattered_names(claim: ParsedText, cited: ParsedText, known: ParsedText) -> Iterator[Finding]:
    """Names of several words that a place has only one by one: `Secretary of State` where it says `State laws`."""
    for name in find_names(parse_text(mask_references(claim.text))):
        stems = name.value.split()
        apart = cited.stems().issuperset(stems) and not (stand_together(stems, cited) or stand_together(stems, known))
        if len(stems) > 1 and apart:
            yield Finding(FindingKind.NAME, f"The name {name.written} does not appear in the cited text.")


def stand_together(stems: Sequence[str], text: ParsedText) -> bool:
    """Whether words stand next to each other in a text, in their order.

    >>> stand_together(["secretari", "state"], parse_text("the Secretary of Commerce reviews State laws"))
    False
    """
    found = [word.stem for word in text.words if word.stem]
    return any(found[n : n + len(stems)] == list(stems) for n in range(len(found)))


def nearer_names(claim: ParsedText, cited: ParsedText) -> Iterator[Finding]:
    """Names of a claim that a place has far from the clause that says the rest, with another name nearer to it."""
    stated = find_names(claim)
    own = {stem for name in stated for stem in name.value.split()}
    rest, shared = claim.stems() - own, Counter[int]()
    for clause, stem in {(word.clause, word.stem) for word in cited.words}:
        shared[clause] += stem in rest
    if not stated or not shared or max(shared.values()) == 0:
        return
    anchor = max(shared, key=lambda clause: (shared[clause], -clause))
    away = [(abs(clause_at(cited, name.start) - anchor), name) for name in find_names(cited)]
    others = [one for one in away if own.isdisjoint(one[1].value.split())]
    for name in stated:
        distance = min((far for far, one in away if one.value == name.value), default=0)
        nearer = min(others, key=lambda one: one[0], default=None)
        if nearer and distance > max(nearer[0], 1):
            yield conflicting(FindingKind.NAME, nearer[1].written, name.written)


def clause_at(text: ParsedText, offset: int) -> int:
    """The clause of a text at an offset."""
    return next((word.clause for word in text.words if word.end > offset), 0)


def subject_names(claim: ParsedText, topic: Topic) -> list[TextMark]:
    """The names before the verb of a claim that belong to the topic of a document: they tell what it speaks of."""
    end = next((word.start for word in claim.words if word.text.lower() in VERBS), len(claim.text))
    known = parse_text(topic.text).stems()
    return [name for name in find_names(claim) if name.end <= end and known.issuperset(name.value.split())]


def without(marks: Sequence[TextMark], text: ParsedText) -> ParsedText:
    """A text with blanks in place of marks."""
    return parse_text(blank_out(text.text, marks))


def check_opening_name(index: Index, claim: ParsedText, known: ParsedText) -> Iterator[Finding]:
    """A name that opens a claim and that is not known: a word that the library writes with a capital only."""
    first = next(iter(claim.words), None)
    if (
        first
        and first.stem
        and first.text[0].isupper()
        and first.stem not in known.stems()
        and is_name(index, first.text)
    ):
        yield Finding(FindingKind.NAME, f"The name {first.text} does not appear in the cited text.")


def is_name(index: Index, word: str) -> bool:
    """Whether a library has a word within sentences, and always with a capital."""
    numbers = [number for number, _ in index.lexical.passages_with(word)[:SAMPLE]]
    texts = [one.passage.text for one in index.passages(numbers)]
    within = [found for text in texts for found in re.findall(rf"(?<=[a-z,] )(?i:{re.escape(word)})(?!\w)", text)]
    return bool(within) and all(found[0].isupper() for found in within)


def without_repetitions(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings without those that a fact is missing where another says what stands in its place."""
    known = {finding.kind for finding in findings if finding.conflict}
    yield from dict.fromkeys(one for one in findings if one.conflict or one.kind not in known)
