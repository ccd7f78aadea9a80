"""Symbols, dates, figures and names of a claim that a place lacks, or has otherwise, and what it has in their stead."""

import re
from collections.abc import Callable, Iterator, Sequence

from pincite.answer.language.alignment import TextMark, similarity, surroundings
from pincite.answer.language.dates import find_dates, same_date, years_of
from pincite.answer.language.masking import blank_out, mask_enumerators, mask_references
from pincite.answer.language.parsed_text import ParsedText, parse_text
from pincite.answer.language.proper_names import find_names
from pincite.answer.language.quantities import find_figures, same_figure
from pincite.answer.verification.antonyms import ANTONYMS, AT_LEAST, find_antonyms
from pincite.answer.verification.attribution import metadata_of
from pincite.answer.verification.facts import check_dates, check_figures, check_symbols
from pincite.answer.verification.findings import Finding, FindingKind, conflicting
from pincite.answer.verification.names import check_names
from pincite.briefing.draft_check.places import Place
from pincite.briefing.draft_check.topic import Topic, topic_of
from pincite.ingest.index.index import Index

Alike = Callable[[str, str], bool]

CAPITALISED_NOUNS = frozenset({"de"})  # languages in which a capital makes no name
BOUNDS = next(n for n, (one, _) in enumerate(ANTONYMS) if one == AT_LEAST)
ADJACENT = 5  # characters between an expression and its figure
CLOSER = 0.3  # by which the words around another figure must be more like those of the claim
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
    yield from exchanged_measures(statement, parse_text(place.citation.quote))
    yield from opposite_bounds(statement, parse_text(place.citation.quote))
    stated = [
        mark for mark in find_dates(claim) if not any(same_date(one.value, mark.value) for one in find_dates(known))
    ]
    yield from rivals(FindingKind.DATE, stated, find_dates(place.citation.quote), same_kind_of_date)
    if place.citation.metadata.language not in CAPITALISED_NOUNS:
        named = without(subject_names(statement, topic), statement)
        yield from check_names(named, cited, parse_text(metadata_of([place.citation])))
        yield from namesakes(statement, cited)
        yield from check_opening_name(index, statement, parse_text(f"{cited.text}\n{known}"))


def rivals(kind: FindingKind, stated: Sequence[TextMark], given: Sequence[TextMark], alike: Alike) -> Iterator[Finding]:
    """The only fact of a kind that a place gives, where a claim gives another one."""
    for mark in stated:
        others = {one.value: one for one in given if alike(one.value, mark.value)}
        if len(others) == 1 and mark.value not in others:
            yield conflicting(kind, next(iter(others.values())).written, mark.written)


def exchanged_measures(statement: ParsedText, quote: ParsedText) -> Iterator[Finding]:
    """Figures of a claim that a place gives for something else, where another with the same unit fits better."""
    given = find_figures(mask_references(mask_enumerators(quote.text)))
    for mark in find_figures(mask_references(statement.text)):
        around = surroundings(statement, mark.start, mark.end)
        alike = [one for one in given if same_measure(one.value, mark.value)]
        fits = [(similarity(around, surroundings(quote, one.start, one.end)), one) for one in alike]
        own = max((fit for fit, one in fits if one.value == mark.value), default=None)
        best = max(fits, key=lambda pair: pair[0], default=None)
        if best and own is not None and best[0] > own + CLOSER:
            yield conflicting(FindingKind.FIGURE, best[1].written, mark.written)


def opposite_bounds(statement: ParsedText, quote: ParsedText) -> Iterator[Finding]:
    """Figures that a claim gives as a least and a place only as a most, or the other way round."""
    given = [(bound_of(quote, one), one) for one in find_figures(quote.text)]
    for mark in find_figures(statement.text):
        stated = bound_of(statement, mark)
        bounds = [bound for bound, one in given if same_figure(one.value, mark.value)]
        if stated and bounds and all(bound and bound.value != stated.value for bound in bounds):
            cited = next(bound for bound in bounds if bound)
            yield conflicting(FindingKind.FIGURE, f"“{cited.written}”", f"“{stated.written}”")


def bound_of(text: ParsedText, figure: TextMark) -> TextMark | None:
    """The expression right before a figure that makes it a least or a most."""
    marks = find_antonyms(text.text, BOUNDS)
    return next((one for one in marks if 0 <= figure.start - one.end <= ADJACENT), None)


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


def namesakes(claim: ParsedText, cited: ParsedText) -> Iterator[Finding]:
    """Names that begin like one of the claim and end otherwise: `Secretary of Commerce` for `Secretary of State`."""
    given = [(one.value.split(), one) for one in find_names(cited)]
    for name in find_names(parse_text(mask_references(claim.text))):
        stems = name.value.split()
        alike = [(words, one) for words, one in given if len(stems) > 1 < len(words) and words[0] == stems[0]]
        if alike and not any(set(words) <= set(stems) or set(stems) <= set(words) for words, _ in alike):
            yield conflicting(FindingKind.NAME, alike[0][1].written, name.written)


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
