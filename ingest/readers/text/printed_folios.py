"""Page numbers and running lines inside a text that has no page breaks: found because the numbers ascend."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import dropwhile, pairwise
from statistics import median

NUMBER_LINE = re.compile(r"[\W_]*(\d{1,4})[\W_]*")
ORNAMENT = re.compile(r"[-–—•·* ]{1,5}")  # dashes around a page number
SENTENCE_END = re.compile(r"[.!?:;][\"'”’»)\]]*(?:\[?\d{1,3}\]?)?$")
FEWEST_PAGES = 5
LARGEST_STEP = 10  # between the numbers of two pages: some show none
PAGE_LINES = 10  # usual lines between two page numbers, at least
MOST_NUMBERS = 3000  # lines with nothing but a number
REACH = 2  # lines beside a page number that may be running lines
RECURRING = 0.3  # of page numbers have a running line beside them
MOST_ALIKE = 0.5  # of lines go on with the same letter after it
GLUED = 0.4  # of page numbers have it at the start of a line of text
SHORTEST_PREFIX, LONGEST_PREFIX = 12, 60  # characters of a running line at the start of a line of text
MOST_ELSEWHERE = 1.5  # times as often as there are page numbers: a line that is more frequent is text
NAME_WORDS = 3  # of a running line that is removed wherever it stands
WRAPPED = 40  # characters of a line that may go on after a page


def without_folios(text: str) -> str:
    """Text without page numbers and the running lines beside them; sentences go on over the page."""
    lines = text.split("\n")
    folios = page_number_lines(lines)
    if not folios:
        return text
    beside = {number: list(lines_beside(lines, number)) for number in folios}
    total = Counter(line.strip() for line in lines)
    near_lines = [lines[index].strip() for near in beside.values() for index in near]
    running = {line for line in recurring_lines(near_lines, len(folios)) if total[line] <= MOST_ELSEWHERE * len(folios)}
    beside_number = {index for near in beside.values() for index in near}
    removed = set(folios) | {index for index in beside_number if lines[index].strip() in running}
    removed |= {index for index in beside_number if ORNAMENT.fullmatch(lines[index].strip())}
    removed |= {
        index for index, line in enumerate(lines) if line.strip() in running and len(line.split()) >= NAME_WORDS
    }
    left = [lines[index].strip() for near in beside.values() for index in near if index not in removed]
    prefix = recurring_prefix(left, len(folios))
    for index, line in enumerate(lines if prefix else ()):
        rest = line.strip().removeprefix(prefix)
        if rest != line.strip() and (index in beside_number or rest[:1].isalnum()):
            lines[index] = rest
    return "\n".join(closed_up(lines, removed))


def page_ends(text: str) -> list[int]:
    """Indexes of the lines where pages end in a text: page numbers, and gaps of several blank lines."""
    lines = text.split("\n")
    gaps = {index for index, (above, line) in enumerate(pairwise(lines)) if not above.strip() and not line.strip()}
    return sorted({*page_number_lines(lines), *gaps})


def page_number_lines(lines: Sequence[str]) -> list[int]:
    """Indexes of the longest run of lines with ascending page numbers, empty if it is no run of pages.

    >>> text = [line for page in range(3, 9) for line in ["A line of text."] * 20 + [str(page)]]
    >>> page_number_lines(text)
    [20, 41, 62, 83, 104, 125]
    """
    numbers = [(index, int(found[1])) for index, line in enumerate(lines) if (found := NUMBER_LINE.fullmatch(line))]
    best: list[tuple[int, int]] = []  # by number line: length of the longest run that ends there, the one before
    for at, (_, value) in enumerate(numbers[:MOST_NUMBERS]):
        reach = range(max(0, at - 200), at)
        before = [other for other in reach if 0 < value - numbers[other][1] <= LARGEST_STEP]
        previous = max(before, key=lambda other: best[other][0], default=-1)
        best.append((best[previous][0] + 1 if before else 1, previous))
    run: list[int] = []
    at = max(range(len(best)), key=lambda index: best[index][0], default=-1)
    while at >= 0:
        run.append(numbers[at][0])
        at = best[at][1]
    run.reverse()
    pages = len(run) >= FEWEST_PAGES and median(after - index for index, after in pairwise(run)) >= PAGE_LINES
    return run if pages else []


def lines_beside(lines: Sequence[str], number: int) -> Iterator[int]:
    """Indexes of the non-blank lines nearest to a page number, above and below."""
    for step in (-1, 1):
        found = 0
        index = number + step
        while 0 <= index < len(lines) and found < REACH:
            if lines[index].strip():
                found += 1
                yield index
            index += step


def recurring_lines(lines: Sequence[str], pages: int) -> set[str]:
    """Lines that recur beside many page numbers."""
    fewest = max(3, RECURRING * pages)
    return {line for line, count in Counter(lines).items() if count >= fewest}


def recurring_prefix(lines: Sequence[str], pages: int) -> str:
    """The running line at the start of lines of text beside page numbers, empty if there is none.

    It ends where the lines begin to differ.
    """
    for length in range(LONGEST_PREFIX, SHORTEST_PREFIX - 1, -1):
        following: dict[str, Counter[str]] = {}
        for line in lines:
            if len(line) > length:
                following.setdefault(line[:length], Counter())[line[length]] += 1
        for start, letters in following.items():
            if letters.total() >= GLUED * pages and max(letters.values()) <= MOST_ALIKE * letters.total():
                return start
    return ""


def closed_up(lines: Sequence[str], removed: set[int]) -> list[str]:
    """Lines without those removed; a sentence that a page break interrupts goes on, else a paragraph ends."""
    kept: list[str] = []
    broken = False
    for index, line in enumerate(lines):
        if index in removed:
            broken = True
        elif not broken or line.strip():
            if broken:
                above = next(dropwhile(lambda text: not text.strip(), reversed(kept)), "")
                while kept and not kept[-1].strip():
                    kept.pop()
                kept += [] if goes_on(above.strip(), line.strip()) else [""]
            broken = False
            kept.append(line)
    return kept


def goes_on(above: str, below: str) -> bool:
    """Whether a sentence goes on over a page break."""
    return below[:1].islower() or (len(above) >= WRAPPED and not SENTENCE_END.search(above) and not below.isupper())
