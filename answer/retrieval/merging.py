"""Merges adjacent ranked passages under one heading into evidence.

A numbered point is a passage of its own so that it can be cited. It is read together with adjacent points that also
rank and with its lead-in. Evidence keeps its passages, and so their pinpoints.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from pincite.answer.retrieval.ranking import Candidate, Section, section_of
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.document import BlockKind

MAX_GAP = 2  # characters between adjacent passages
Excerpt = Callable[[str, int, int], str]  # (document, start, end) -> that part of its canonical text


def merge_adjacent(ranked: Sequence[Candidate], words: int) -> list[list[Candidate]]:
    """Groups of adjacent candidates in reading order, each group at the rank of its best.

    A group grows towards the better neighbour while it has at most `words` words.
    """
    order = {passage_number(one): place for place, one in enumerate(ranked)}
    neighbours_of = neighbours(ranked)
    taken: set[int] = set()
    groups: list[list[Candidate]] = []
    for one in ranked:
        if passage_number(one) not in taken:
            group = grow([one], words, order, neighbours_of, taken)
            taken.update(map(passage_number, group))
            groups.append(group)
    return groups


Neighbours = Mapping[int, tuple[Candidate | None, Candidate | None]]  # by number: the candidates before and after


def neighbours(ranked: Sequence[Candidate]) -> Neighbours:
    """For each candidate the adjacent ones under the same heading."""
    sections = defaultdict[Section, list[Candidate]](list)
    for one in ranked:
        if (
            one.stored.passage.kind is not BlockKind.FRONT_MATTER
        ):  # identifies the document, but is no part of its content
            sections[section_of(one)].append(one)
    before: dict[int, Candidate] = {}
    after: dict[int, Candidate] = {}
    for section in sections.values():
        section.sort(key=lambda one: one.stored.passage.start)
        for first, second in pairwise(section):
            if 0 <= second.stored.passage.start - first.stored.passage.end <= MAX_GAP:
                after[passage_number(first)], before[passage_number(second)] = second, first
    return {passage_number(one): (before.get(passage_number(one)), after.get(passage_number(one))) for one in ranked}


def grow(
    group: list[Candidate], words: int, order: Mapping[int, int], neighbours_of: Neighbours, taken: set[int]
) -> list[Candidate]:
    """A group extended by the neighbours that fit."""
    left = words - passage_words(group[0])
    while True:
        before, after = neighbours_of[passage_number(group[0])][0], neighbours_of[passage_number(group[-1])][1]
        free = [
            one for one in (before, after) if one and passage_number(one) not in taken and passage_words(one) <= left
        ]
        if not free:
            return group
        best = min(free, key=lambda one: order[passage_number(one)])
        group = [best, *group] if best is before else [*group, best]
        left -= passage_words(best)


def passage_number(candidate: Candidate) -> int:
    """The number of a candidate's passage in the indexes."""
    return candidate.stored.number


def passage_words(candidate: Candidate) -> int:
    """Word count of a candidate's passage."""
    return count_words(candidate.stored.passage.text)


@lru_cache(maxsize=10_000)  # the same passages recur in many results
def count_words(text: str) -> int:
    """Word count of a text."""
    return len(text.split())


def merged_passage(group: Sequence[Candidate], excerpt: Excerpt) -> Passage:
    """The passage from the first to the last of a group: `document.text[start:end]`."""
    passages = [one.stored.passage for one in group]
    first, last = passages[0], passages[-1]
    if first is last:
        return first
    text = excerpt(first.document, first.start, last.end)
    return replace(first, end=last.end, text=text, pinpoint=pinpoint_range(first.pinpoint, last.pinpoint))


def pinpoint_range(first: str | None, last: str | None) -> str | None:
    """The pinpoint of several consecutive passages.

    >>> pinpoint_range("para. 6 (a)", "para. 6 (c)"), pinpoint_range("Article 5", "Article 5")
    ('para. 6 (a) to para. 6 (c)', 'Article 5')
    >>> pinpoint_range(None, "Annex")
    'Annex'
    """
    named = list(dict.fromkeys(pinpoint for pinpoint in (first, last) if pinpoint))
    return " to ".join(named) or None


def without_duplicates(ranked: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates without repetitions of a text that ranks higher, as in near-duplicates."""
    seen: set[str] = set()
    for one in ranked:
        text = text_on_one_line(one.stored.passage)
        if text not in seen:
            seen.add(text)
            yield one


def passages_by_text(ranked: Sequence[Candidate]) -> Mapping[str, Sequence[Passage]]:
    """Passages by text, best first."""
    found = defaultdict[str, list[Passage]](list)
    for one in ranked:
        found[text_on_one_line(one.stored.passage)].append(one.stored.passage)
    return found


def text_on_one_line(passage: Passage) -> str:
    """The text of a passage on one line: documents differ in line breaks."""
    return on_one_line(passage.text)


@lru_cache(maxsize=10_000)  # see count_words
def on_one_line(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())
