"""Finds the offsets of nuggets in a text, by the judge's normalisation with the origin of each character."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pincite.eval.judging.gold import Nugget
from pincite.eval.judging.matching import states_nugget
from pincite.eval.judging.normalisation import STEM_LENGTH, normalise
from pincite.eval.judging.verdicts import CITATION_MARKS

Span = tuple[int, int, int]  # start, end, number of the nugget


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a text; `nugget` is the number of the one it states."""

    text: str
    nugget: int | None = None


def nugget_spans(text: str, nuggets: Sequence[Nugget]) -> list[Span]:
    """Spans of nuggets in order; of two that overlap, the one that begins first, or else the longer.

    >>> nugget_spans("Under Article 51, Article 5 (1)", [Nugget(("Article 5(1)",))])
    [(18, 30, 0)]
    """
    whole = normalise(text)
    if not any(states_nugget(whole, nugget) for nugget in nuggets):
        return []  # most quotes need no mapping of their characters
    normalised, origins = normalised_with_origins(text)
    found = [
        (origins[match.start()][0], origins[match.end() - 1][1], number)
        for number, nugget in enumerate(nuggets)
        for wording in nugget.any_of
        for match in wording_pattern(wording).finditer(normalised)
    ]
    return list(without_overlaps(found))


def answer_spans(answer: str, nuggets: Sequence[Nugget]) -> list[Span]:
    """Spans of nuggets in an answer; marks such as [1] are ignored, as by the judge.

    >>> answer_spans("EUR 7.5[1] million [5].", [Nugget(("7.5 million",)), Nugget(("5",))])
    [(4, 18, 0)]
    """
    marked = {place for mark in CITATION_MARKS.finditer(answer) for place in range(*mark.span())}
    kept = [place for place in range(len(answer)) if place not in marked]
    bare = "".join(answer[place] for place in kept)
    return [(kept[start], kept[end - 1] + 1, number) for start, end, number in nugget_spans(bare, nuggets)]


def segments(text: str, spans: Sequence[Span]) -> list[Segment]:
    """A text split at its spans.

    >>> segments("in Shanghai.", [(3, 11, 0)])
    [Segment(text='in ', nugget=None), Segment(text='Shanghai', nugget=0), Segment(text='.', nugget=None)]
    """
    cut, last = list[Segment](), 0
    for start, end, number in spans:
        cut += [Segment(text[last:start]), Segment(text[start:end], number)]
        last = end
    return [one for one in (*cut, Segment(text[last:])) if one.text]


def line_segments(text: str, spans: Sequence[Span]) -> list[list[Segment]]:
    """The segments of each non-empty line; a span across a line break is split."""
    lines, begin = list[list[Segment]](), 0
    for line in text.splitlines(keepends=True):
        shown, end = line.rstrip(), begin + len(line.rstrip())
        inside = [(max(low, begin) - begin, min(high, end) - begin, n) for low, high, n in spans]
        if shown:
            lines.append(segments(shown, [span for span in inside if span[0] < span[1]]))
        begin += len(line)
    return lines


def without_overlaps(spans: Sequence[Span]) -> Iterator[Span]:
    """Spans that do not overlap."""
    last = 0
    for start, end, number in sorted(spans, key=lambda span: (span[0], -span[1], span[2])):
        if start >= last:
            yield start, end, number
            last = end


@cache
def wording_pattern(wording: str) -> re.Pattern[str]:
    """Matches a wording in a normalised text by the rule of `pincite.eval.judging.normalisation.occurs_in`."""
    wanted = normalise(wording)
    boundary = "" if len(wanted) >= STEM_LENGTH else r"(?![^ ])"
    return re.compile(rf"(?<![^ ]){re.escape(wanted)}{boundary}")


def normalised_with_origins(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text normalised but not stripped, and for each of its characters the offsets it comes from."""
    characters, origins = list[str](), list[tuple[int, int]]()
    for start, end in clusters(text):
        for character in normalised_cluster(text[start:end]):
            if character != " " or characters[-1:] != [" "]:
                characters.append(character)
                origins.append((start, end))
    return "".join(characters), origins


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of each character with its combining characters, which are normalised together."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.combining(text[place]):
            yield start, place
            start = place


@cache
def normalised_cluster(characters: str) -> str:
    """A normalised cluster, in which characters other than letters and digits are spaces."""
    normal = unicodedata.normalize("NFKC", characters).casefold()
    return "".join(character if character.isalnum() else " " for character in normal)
