"""Lines of plain text -> paragraphs: joins hard-wrapped lines and undoes double spacing."""

import re
from collections.abc import Iterator, Sequence
from functools import partial, reduce
from itertools import pairwise
from statistics import median

from pincite.ingest.readers.text.dehyphenation import Spelling, join_words
from pincite.ingest.readers.text.marks import is_marked

ITEM = re.compile(r"(?:[-–*•▪◦●¡]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s")
ENDS_ITEM = (".", ";", ":", ",", "; and", "; or")
SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*(?:\[?\d{1,3}\]?)?$")
DOT_LEADERS = re.compile(r"(?:\.\s?){4}\s*[\divxlc]*$", re.IGNORECASE)
MOST_LINES = 500  # of a paragraph
LEADERS_REACH = 80  # characters at the end of a line
FEWEST_LINES = 8  # that show double spacing
FEWEST_WRAPPED = 2  # lines of a block that show the width at which it is wrapped
FEWEST_ALONE = 3  # the same in a text that is not wrapped otherwise
WRAPPED_AT = range(50, 131)  # lengths of the lines of hard-wrapped prose
USUAL = 0.8  # quantile of line lengths taken as the width
OVERLONG_SHARE = 0.15  # of lines in hard-wrapped text, where text extraction has glued two
SHORT = 0.75  # of the width: a shorter first line is a paragraph of its own, like a heading
FILLED = 0.85  # of the width: a wrapped line with the next line's first word is at least so long


def paragraphs_of(text: str, spelling: Spelling) -> Iterator[str]:
    """Paragraphs of a page of text, split at blank lines and after lines that were not wrapped."""
    text = single_spaced(text)
    page_width = wrap_width(stripped_lines(text))
    for block in re.split(r"\n[ \t]*\n+", text):
        lines = stripped_lines(block)
        if is_marked(block):
            yield block
        elif lines:
            block_width = wrap_width(lines) if len(lines) >= (FEWEST_WRAPPED if page_width else FEWEST_ALONE) else 0
            yield from join_wrapped(lines, block_width or page_width, spelling)


def stripped_lines(text: str) -> list[str]:
    """Non-blank lines of a text, stripped."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def wrap_width(lines: Sequence[str]) -> int:
    """The width at which lines are wrapped, 0 if each is a paragraph of its own."""
    lengths = sorted(map(len, lines))
    width = lengths[int((len(lengths) - 1) * USUAL + 0.5)] if lengths else 0
    overlong = sum(length > max(WRAPPED_AT) for length in lengths)
    return width if width in WRAPPED_AT and overlong <= OVERLONG_SHARE * len(lengths) else 0


def join_wrapped(lines: Sequence[str], width: int, spelling: Spelling) -> Iterator[str]:
    """Lines of a block joined into paragraphs."""
    run = [lines[0]]
    for above, line, below in zip(lines, lines[1:], [*lines[2:], ""], strict=False):
        if not width or len(run) >= MOST_LINES or ends_paragraph(above, line, below, width, first=len(run) == 1):
            yield reduce(partial(join_words, spelling=spelling), run)
            run = []
        run.append(line)
    yield reduce(partial(join_words, spelling=spelling), run)


def ends_paragraph(above: str, line: str, below: str, width: int, *, first: bool) -> bool:
    """Whether a paragraph ends between two lines of text wrapped at a width; `below` is the line after them.

    `first`: whether the paragraph has only one line so far.

    >>> ends_paragraph("It is so.", "Why it is", "", 60, first=False)
    True
    """
    if is_contents_line(above) or (ITEM.match(line) and above.endswith(ENDS_ITEM)):
        return True
    if above.endswith("-") or line[:1].islower():
        return False
    if len(above) + 1 + len(line.split(maxsplit=1)[0]) < FILLED * width:
        return SENTENCE_END.search(above) is not None or (first and len(above) < SHORT * width)
    short = len(line) < FILLED * width and not SENTENCE_END.search(line) and below[:1].isupper()
    return short and SENTENCE_END.search(above) is not None


def is_contents_line(text: str) -> bool:
    """Whether a line is an entry of a table of contents: dot leaders and a page number."""
    return DOT_LEADERS.search(text[-LEADERS_REACH:]) is not None


def single_spaced(text: str) -> str:
    """Double-spaced text without the blank line after every line; a wider gap still ends a paragraph."""
    lines = [line.strip() for line in text.split("\n")]
    full = [line for line in lines if line]
    pairs = sum(1 for line, following in pairwise(lines) if line and following)
    if len(full) < FEWEST_LINES or pairs > len(full) * 0.1 or median(map(len, full)) not in WRAPPED_AT:
        return text
    return re.sub(r"\n[ \t]*\n", "\n", text)
