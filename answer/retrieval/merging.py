"""Ranked passages -> evidence to be read: passages that follow on each other under one heading are joined.

A numbered point is a passage of its own so that it can be cited; to be understood it is read with the points beside it
that rank, too, and with the words that announce them. Each evidence keeps its passages, and so their pinpoints.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from pincite.answer.retrieval.ranking import Candidate, Section, section_of
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.document import BlockKind

MAX_GAP = 2  # characters between passages that follow on each other
Excerpt = Callable[[str, int, int], str]  # (document, start, end) -> that stretch of its canonical text


def merge_adjacent(ranked: Sequence[Candidate], words: int) -> list[list[Candidate]]:
    """Groups of candidates that follow on each other, each at the rank of its best, in reading order inside.

    A group grows on the side of the better neighbour while it has at most `words` words.
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


Neighbours = Mapping[int, tuple[Candidate | None, Candidate | None]]  # by number: the one before, the one after


def neighbours(ranked: Sequence[Candidate]) -> Neighbours:
    """For each candidate those that stand right before and right behind it under the same heading."""
    sections = defaultdict[Section, list[Candidate]](list)
    for one in ranked:
        if one.stored.passage.kind is not BlockKind.FRONT_MATTER:  # says what a document is, not what it says
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
    """A group with the neighbours that fit in."""
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
    """What the searches know a candidate's passage by."""
    return candidate.stored.number


def passage_words(candidate: Candidate) -> int:
    """Words of a candidate's passage."""
    return count_words(candidate.stored.passage.text)


@lru_cache(maxsize=10_000)  # the same passages are found again and again
def count_words(text: str) -> int:
    """Words of a text."""
    return len(text.split())


def merged_passage(group: Sequence[Candidate], excerpt: Excerpt) -> Passage:
    """The passage that a group makes: `document.text[start:end]` from the first to the last of them."""
    passages = [one.stored.passage for one in group]
    first, last = passages[0], passages[-1]
    if first is last:
        return first
    text = excerpt(first.document, first.start, last.end)
    return replace(first, end=last.end, text=text, pinpoint=pinpoint_range(first.pinpoint, last.pinpoint))


def pinpoint_range(first: str | None, last: str | None) -> str | None:
    """The pinpoint of several passages.

    >>> pinpoint_range("para. 6 (a)", "para. 6 (c)"), pinpoint_range("Article 5", "Article 5")
    ('para. 6 (a) to para. 6 (c)', 'Article 5')
    >>> pinpoint_range(None, "Annex")
    'Annex'
    """
    named = list(dict.fromkeys(pinpoint for pinpoint in (first, last) if pinpoint))
    return " to ".join(named) or None


def without_duplicates(ranked: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates without those whose words stand higher up already, as in a document's twin."""
    seen: set[str] = set()
    for one in ranked:
        text = text_on_one_line(one.stored.passage)
        if text not in seen:
            seen.add(text)
            yield one


def passages_by_text(ranked: Sequence[Candidate]) -> Mapping[str, Sequence[Passage]]:
    """The passages of each text, best first."""
    found = defaultdict[str, list[Passage]](list)
    for one in ranked:
        found[text_on_one_line(one.stored.passage)].append(one.stored.passage)
    return found


def text_on_one_line(passage: Passage) -> str:
    """The text of a passage on one line: documents break their lines differently."""
    return on_one_line(passage.text)


@lru_cache(maxsize=10_000)  # see count_words
def on_one_line(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())
