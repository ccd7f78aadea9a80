"""Lines whose role is known before paragraphs are formed: each begins with a character that marks the role.

The marks are Unicode noncharacters, which are for use inside a program and never in a text.
"""

from collections.abc import Iterator, Sequence

from pincite.ingest.document import BlockKind, Part

HEADING, CONTENTS, NOTE, RUNNING = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
KINDS = {
    HEADING: BlockKind.HEADING,
    CONTENTS: BlockKind.BOILERPLATE,
    NOTE: BlockKind.FOOTNOTE,
    RUNNING: BlockKind.BOILERPLATE,
}
NO_MARKS = str.maketrans("", "", "".join(KINDS))


def marked_heading(text: str, level: int = 0) -> str:
    """The line of a heading; level 0 if it is unknown."""
    return f"{HEADING}{level}{text}"


def is_marked(line: str) -> bool:
    """Whether the role of a line is known.

    >>> is_marked(marked_heading("Scope", 2)), is_marked("Scope")
    (True, False)
    """
    return line[:1] in KINDS


def part_of(line: str, page: int | None) -> Part:
    """The part that a marked line is.

    >>> part_of(marked_heading("Scope", 2), 7)
    Part(kind=<BlockKind.HEADING: 'heading'>, text='Scope', level=2, page=7, turns=(), pinpoint=None, depth=0)
    """
    if line[0] == HEADING:
        return Part(BlockKind.HEADING, line[2:], int(line[1]), page)
    return Part(KINDS[line[0]], line[1:], page=page)


def apart(lines: Sequence[str]) -> Iterator[str]:
    """Lines with two blank ones around each marked line, so that it is a paragraph even in double-spaced text."""
    for line in lines:
        yield from ("", "", line, "", "") if is_marked(line) else (line,)
