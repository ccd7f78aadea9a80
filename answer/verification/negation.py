"""A statement must negate, limit and except exactly what its cited text does."""

from collections.abc import Iterator, Mapping

from pincite.answer.language.alignment import similarity, surroundings
from pincite.answer.language.negation import EXCEPTIONS, OPERATORS, Scoped, words_in_scope
from pincite.answer.language.parsed_text import ParsedText
from pincite.answer.verification.findings import Finding, FindingKind

ADJACENT = 2  # content words next to an exception that say what it belongs to


def check_negation(statement: ParsedText, cited: ParsedText) -> Iterator[Finding]:
    """Where one text negates, limits or excepts what the other does not."""
    for kind in OPERATORS:
        stated, in_cited = words_in_scope(statement, kind), words_in_scope(cited, kind)
        if stated or in_cited:
            yield from added(statement, cited, stated, in_cited)
            yield from dropped(statement, cited, stated, in_cited)


def added(
    statement: ParsedText, cited: ParsedText, stated: Mapping[int, Scoped], in_cited: Mapping[int, Scoped]
) -> Iterator[Finding]:
    """Operators of the statement that its cited text lacks."""
    for number, scoped in stated.items():
        if not scoped.first:
            continue
        places = counterparts(statement, number, cited)
        if not places and not in_cited:
            yield Finding(FindingKind.NEGATION, f"“{scoped.operator}” does not appear in the cited text.")
        elif places and not any(place in in_cited for place in places):
            word = statement.words[number].text
            message = f"The cited text has no “{scoped.operator}” before “{word}”."
            yield Finding(FindingKind.NEGATION, message, conflict=True)


def dropped(
    statement: ParsedText, cited: ParsedText, stated: Mapping[int, Scoped], in_cited: Mapping[int, Scoped]
) -> Iterator[Finding]:
    """Operators of the cited text that the statement lacks."""
    kept = {statement.words[number].stem for number in stated}
    lost = {cited.words[n].stem: scoped for n, scoped in in_cited.items() if scoped.first}
    for number, word in enumerate(statement.words):
        if word.stem not in lost or word.stem in kept:
            continue
        places = counterparts(statement, number, cited)
        if places and all(place in in_cited and in_cited[place].first for place in places):
            message = f"The cited text has “{lost[word.stem].operator}” before “{word.text}”; the statement does not."
            yield Finding(FindingKind.NEGATION, message, conflict=True)


def counterparts(statement: ParsedText, number: int, cited: ParsedText) -> list[int]:
    """Where the cited text has a word of the statement, by number: the places with the most similar surroundings."""
    word = statement.words[number]
    same = [n for n, other in enumerate(cited.words) if other.stem == word.stem]
    if len(same) <= 1:
        return same
    around = surroundings(statement, word.start, word.end)
    scores = [similarity(around, surroundings(cited, cited.words[n].start, cited.words[n].end)) for n in same]
    return [n for n, score in zip(same, scores, strict=True) if score == max(scores)]


def check_exceptions(statement: ParsedText, cited: ParsedText) -> Iterator[Finding]:
    """Exceptions by which the cited text qualifies what the statement says, and that the statement leaves out."""
    stated = statement.stems()
    for match in EXCEPTIONS.finditer(cited.text):
        around = surroundings(cited, match.start(), match.end())
        before, after = around.before[:ADJACENT], around.after[:ADJACENT]
        if before and stated.issuperset(before) and not stated & set(after) and not EXCEPTIONS.search(statement.text):
            message = f"The cited text continues with “{match[0]}”, which the statement leaves out."
            yield Finding(FindingKind.OMITTED_EXCEPTION, message, conflict=True)
