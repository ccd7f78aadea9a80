"""Offsets of nuggets in a text: normalised as for judging, with the origin of each character kept."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pincite.eval.judging.gold import Nugget
from pincite.eval.judging.matching import states
from pincite.eval.judging.normalisation import PREFIX, fold
from pincite.eval.judging.verdicts import MARKS

Span = tuple[int, int, int]  # start, end, number of the nugget


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text; `nugget` is the number of the one that stands there."""

    text: str
    nugget: int | None = None


def nugget_spans(text: str, nuggets: Sequence[Nugget]) -> list[Span]:
    """Where nuggets stand in a text, in its order; where two overlap, the one that begins first, then the longer.

    >>> nugget_spans("Under Article 51, Article 5 (1)", [Nugget(("Article 5(1)",))])
    [(18, 30, 0)]
    """
    whole = fold(text)
    if not any(states(whole, nugget) for nugget in nuggets):
        return []  # spares most quotes the walk over their characters
    folded, places = folded_places(text)
    found = [
        (places[match.start()][0], places[match.end() - 1][1], number)
        for number, nugget in enumerate(nuggets)
        for variant in nugget.any_of
        for match in wording(variant).finditer(folded)
    ]
    return list(apart(found))


def answer_spans(answer: str, nuggets: Sequence[Nugget]) -> list[Span]:
    """Where nuggets stand in an answer, its marks such as [1] passed over as the judge does.

    >>> answer_spans("EUR 7.5[1] million [5].", [Nugget(("7.5 million",)), Nugget(("5",))])
    [(4, 18, 0)]
    """
    marked = {place for mark in MARKS.finditer(answer) for place in range(*mark.span())}
    kept = [place for place in range(len(answer)) if place not in marked]
    bare = "".join(answer[place] for place in kept)
    return [(kept[start], kept[end - 1] + 1, number) for start, end, number in nugget_spans(bare, nuggets)]


def segments(text: str, spans: Sequence[Span]) -> list[Segment]:
    """A text cut at its spans.

    >>> segments("in Shanghai.", [(3, 11, 0)])
    [Segment(text='in ', nugget=None), Segment(text='Shanghai', nugget=0), Segment(text='.', nugget=None)]
    """
    cut, last = list[Segment](), 0
    for start, end, number in spans:
        cut += [Segment(text[last:start]), Segment(text[start:end], number)]
        last = end
    return [one for one in (*cut, Segment(text[last:])) if one.text]


def line_segments(text: str, spans: Sequence[Span]) -> list[list[Segment]]:
    """The same for each line that is not empty; a span over a line's end goes on in the next."""
    lines, begin = list[list[Segment]](), 0
    for line in text.splitlines(keepends=True):
        shown, end = line.rstrip(), begin + len(line.rstrip())
        inside = [(max(low, begin) - begin, min(high, end) - begin, n) for low, high, n in spans]
        if shown:
            lines.append(segments(shown, [span for span in inside if span[0] < span[1]]))
        begin += len(line)
    return lines


def apart(spans: Sequence[Span]) -> Iterator[Span]:
    """Spans that do not overlap."""
    last = 0
    for start, end, number in sorted(spans, key=lambda span: (span[0], -span[1], span[2])):
        if start >= last:
            yield start, end, number
            last = end


@cache
def wording(variant: str) -> re.Pattern[str]:
    """A variant as it stands in a folded text: see `pincite.eval.judging.normalisation.stands_in`."""
    wanted = fold(variant)
    border = "" if len(wanted) >= PREFIX else r"(?![^ ])"
    return re.compile(rf"(?<![^ ]){re.escape(wanted)}{border}")


def folded_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text as `fold` makes it (but for its ends), and for each character the offsets that it comes from."""
    characters, places = list[str](), list[tuple[int, int]]()
    for start, end in clusters(text):
        for character in folded_cluster(text[start:end]):
            if character != " " or characters[-1:] != [" "]:
                characters.append(character)
                places.append((start, end))
    return "".join(characters), places


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of each character with the combining ones that follow, which are normalised together."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.combining(text[place]):
            yield start, place
            start = place


@cache
def folded_cluster(characters: str) -> str:
    """A cluster as `fold` makes it, each character other than letters and digits as a space."""
    normal = unicodedata.normalize("NFKC", characters).casefold()
    return "".join(character if character.isalnum() else " " for character in normal)
