"""Footnotes in plain text: numbered lines to which the text before them refers, or in sequence at the foot of pages."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pincite.ingest.readers.text.marks import NOTE, apart, is_marked

NOTE_LINE = re.compile(r"\s*(?:\[(?P<bracketed>\d{1,3})\]|(?P<number>\d{1,3})[.)]?)\s+(?=\S)")
CAPITALS = "A-ZÀ-ÞА-ЯІЇЄҐΑ-Ω"  # no mark of a note directly follows one: `CO2`, `1/CP.21`
REFERENCE = re.compile(
    rf"(?:[^\W\d_{CAPITALS}][\])”’\"»]?|[\w][\])”’»])[.,;:]?(\d{{1,3}})(?![\w%])|(?<!\d)(?:19|20)\d\d(\d{{1,2}})(?!\d)"
)
BULLET = re.compile(r"\s*[-–*•▪◦●¡]\s")
MOST_LINES = 8  # of a note
SHORT_LINE = 0.7  # of the longest line of a note: it may end with a shorter one
LARGEST_STEP = 3  # between the numbers of two notes
FEWEST_NOTES = 2
REFERRED_SHARE = 0.5  # of notes to which the text refers: some references are lost
FEWEST_UNREFERRED, FEWEST_PAGES = 3, 2  # notes at the foot of pages without references to them
FOOT_SHARE = 0.35  # of a page and of a text that notes take up, at most
NEXT_REACH = 200  # lines in which a list may run on

Span = tuple[int, int, int]  # number, indexes of the first line and behind the last one


def with_notes_marked(text: str, page_ends: Sequence[int]) -> str:
    """Text with each footnote marked, on a line of its own; `page_ends` are the lines where pages end.

    >>> lines = ["Fees rose in May1. Tolls fell2.", "It is so.", "1. Report of 2020", "2. Ibid.", "The end is near."]
    >>> [line[1:] for line in with_notes_marked("\\n".join(lines), []).split("\\n") if line.startswith(NOTE)]
    ['1. Report of 2020', '2. Ibid.']
    """
    lines = text.split("\n")
    ends = set(page_ends) | {index for index, line in enumerate(lines) if "\f" in line}
    spans = referred_notes(lines, ends) or foot_notes(lines, sorted(ends))
    if not spans:
        return text
    kept: list[str] = []
    at = 0
    for _, first, end in spans:
        kept += lines[at:first]
        kept.append(NOTE + " ".join(" ".join(lines[first:end]).split()))
        at = end
    return "\n".join(apart([*kept, *lines[at:]]))


def number_of(line: str) -> int:
    """The number that opens a line as that of a note, 0 without one.

    >>> number_of("12. Ibid."), number_of("[3] Ibid."), number_of("12.5 per cent"), number_of("2020 was dry")
    (12, 3, 0, 0)
    """
    found = NOTE_LINE.match(line)
    return int(found["bracketed"] or found["number"]) if found else 0


def referred_notes(lines: Sequence[str], ends: set[int]) -> list[Span]:
    """Notes with numbers that the text before them refers to; none if that may be chance: few, or most of the text."""
    found = list(possible_notes(lines, ends))
    referred = sum(is_referred for _, is_referred in found)
    length = sum(len(line) for (_, first, end), _ in found for line in lines[first:end])
    chance = referred < max(FEWEST_NOTES, REFERRED_SHARE * len(found)) or length > FOOT_SHARE * sum(map(len, lines))
    return [] if chance else [span for span, _ in found]


def possible_notes(lines: Sequence[str], ends: set[int]) -> Iterator[tuple[Span, bool]]:
    """Notes whose numbers the text before them has as references, with those directly below; whether it has the number.

    A number that continues a list of the text opens no note.
    """
    referred: set[int] = set()
    last = listed = 0
    index = 0
    while index < len(lines):
        number = 0 if is_marked(lines[index]) else number_of(lines[index])
        follows = number == 1 or last < number <= last + LARGEST_STEP
        if not number or not follows or number not in referred or 0 < listed == number - 1:
            referred |= {int(one or other) for one, other in REFERENCE.findall(lines[index])}
            listed = number or listed
            index += 1
            continue
        while number:
            end = end_of_note(lines, index, number, ends)
            yield (number, index, end), number in referred
            last, index = number, end
            follows = index not in ends and index < len(lines) and number_of(lines[index]) == last + 1
            number = last + 1 if follows else 0
        referred = {one for one in referred if one > last}
        listed = 0


def end_of_note(lines: Sequence[str], first: int, number: int, ends: set[int]) -> int:
    """Index behind the last line of a note."""
    for index in range(first + 1, min(first + MOST_LINES, len(lines))):
        line = lines[index]
        if (
            index in ends
            or not re.search(r"\w", line)
            or is_marked(line)
            or BULLET.match(line)
            or number_of(line) == number + 1
        ):
            return index
    longest = max(map(len, lines[first : first + MOST_LINES]))
    reach = range(first, min(first + MOST_LINES, len(lines)))
    return next((index + 1 for index in reach if len(lines[index]) < SHORT_LINE * longest), first + 1)


def foot_notes(lines: Sequence[str], ends: Sequence[int]) -> list[Span]:
    """Notes at the foot of pages, whose numbers run on from page to page; none if they may be numbered text."""
    feet = [foot_of(lines, before + 1, end) for before, end in pairwise([-1, *ends, len(lines)])]
    spans: list[Span] = []
    pages = last = 0
    for foot, first, end in zip(feet, [0, *(one + 1 for one in ends)], [*ends, len(lines)], strict=True):
        numbers = [number for number, *_ in foot]
        if not foot or numbers != list(range(last + 1, last + 1 + len(numbers))):
            continue
        length = sum(len(line) for line in lines[foot[0][1] : end])
        if length > FOOT_SHARE * sum(len(line) for line in lines[first:end]) or runs_on(
            lines, end, numbers[-1] + 1, feet
        ):
            continue
        spans += foot
        pages, last = pages + 1, numbers[-1]
    return spans if len(spans) >= FEWEST_UNREFERRED and pages >= FEWEST_PAGES else []


def foot_of(lines: Sequence[str], first: int, end: int) -> list[Span]:
    """The numbered paragraphs with which a page ends, one for each number that follows the one above it."""
    begin = at = end
    while at > first:
        while at > first and not lines[at - 1].strip():
            at -= 1
        while at > first and lines[at - 1].strip():
            at -= 1
        if at == end or not number_of(lines[at]) or is_marked(lines[at]):
            break
        begin = at
    starts: list[int] = []
    for index in range(begin, end):
        number = number_of(lines[index])
        if number and (not starts or number == number_of(lines[starts[-1]]) + 1 or not lines[index - 1].strip()):
            starts.append(index)
    return [(number_of(lines[start]), start, after) for start, after in pairwise([*starts, end])]


def runs_on(lines: Sequence[str], end: int, number: int, feet: Sequence[Sequence[Span]]) -> bool:
    """Whether a list runs on behind the end of a page: the next numbered line has a number and is at no page's foot."""
    following = next((n for n in range(end, min(end + NEXT_REACH, len(lines))) if number_of(lines[n])), None)
    at_foot = {first for foot in feet for _, first, _ in foot}
    return following is not None and number_of(lines[following]) == number and following not in at_foot
