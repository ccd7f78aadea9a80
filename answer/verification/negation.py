"""Whether a statement denies, limits or excepts what its cited text does, and nothing else."""

from collections.abc import Iterator, Mapping

from pincite.answer.language.alignment import agreement, surroundings
from pincite.answer.language.negation import EXCEPTIONS, KINDS, Governed, governed
from pincite.answer.language.parsed_text import Worded

NEAR = 2  # words before an exception that it takes something from


def differing(statement: Worded, cited: Worded) -> Iterator[str]:
    """Where the two do not agree on what is denied, limited or excepted, a sentence each."""
    for kind in KINDS:
        ours, theirs = governed(statement, kind), governed(cited, kind)
        if not ours and not theirs:
            continue
        yield from added(statement, cited, ours, theirs)
        yield from dropped(statement, cited, ours, theirs)


def added(
    statement: Worded, cited: Worded, ours: Mapping[int, Governed], theirs: Mapping[int, Governed]
) -> Iterator[str]:
    """What the statement denies, limits or excepts and its cited text does not."""
    for number, found in ours.items():
        if not found.head:
            continue
        held = counterparts(statement, number, cited)
        if not held and not theirs:
            yield f"“{found.marker}” does not stand in the cited text"
        elif held and not any(one in theirs for one in held):
            yield f"the cited text has no “{found.marker}” before “{statement.words[number].text}”"


def dropped(
    statement: Worded, cited: Worded, ours: Mapping[int, Governed], theirs: Mapping[int, Governed]
) -> Iterator[str]:
    """What the cited text denies, limits or excepts and the statement does not."""
    kept = {statement.words[number].stem for number in ours}
    heads = {
        cited.words[n].stem: found for n, found in theirs.items() if found.head and cited.words[n].stem not in kept
    }
    for number, word in enumerate(statement.words):
        if word.stem not in heads:
            continue
        held = counterparts(statement, number, cited)
        if held and all(one in theirs and theirs[one].head for one in held):
            yield f"the cited text has “{heads[word.stem].marker}” before “{word.text}”"


def counterparts(statement: Worded, number: int, cited: Worded) -> list[int]:
    """The places of a statement's word in the cited text, by number: those with the most of the words around it."""
    word = statement.words[number]
    same = [n for n, other in enumerate(cited.words) if other.stem == word.stem]
    if len(same) <= 1:
        return same
    around = surroundings(statement, word.start, word.end)
    fits = [agreement(around, surroundings(cited, cited.words[n].start, cited.words[n].end)) for n in same]
    return [n for n, fit in zip(same, fits, strict=True) if fit == max(fits)]


def left_out(statement: Worded, cited: Worded) -> Iterator[str]:
    """Exceptions that follow in the cited text on what the statement says, and that it leaves out."""
    said = statement.stems()
    for match in EXCEPTIONS.finditer(cited.text):
        around = surroundings(cited, match.start(), match.end())
        before, behind = around.before[:NEAR], around.behind[:NEAR]
        if before and said.issuperset(before) and not said & set(behind) and not EXCEPTIONS.search(statement.text):
            yield f"the cited text goes on with “{match[0]}”"
