"""Marks of the printed page in plain text: page markers inside sentences, rules, notes between rules, indentation.

The Government Publishing Office writes `[[Page 13741]]` where a page begins, marks notes by numbers between
backslashes and sets them between rules of dashes: https://www.govinfo.gov/help/fr
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise, takewhile

from pincite.ingest.document import BlockKind, Part

PAGE_MARK = re.compile(r"\[\[Page [^\]\n]{1,30}\]\]")
NOTE_MARK = re.compile(r"\\(\d{1,3})\\")
RULE = re.compile(r"([-=_—*])\1{9,}")
HEAD_LINE = re.compile(r"\[[^\[\]]*\]|From the .{1,80} Online via .{1,80}")
FILING_LINE = re.compile(r"\[FR Doc\. .{1,80}\]|BILLING CODE .{1,20}", re.IGNORECASE)
NOTE = re.compile(r"\[\d{1,3}\] ")
SENTENCE_END = re.compile(r"[.!?:;][\"'”’»)\]]*(?:\[\d{1,3}\])?$")
WRAPPED = 50  # characters of a line that was wrapped: it continues the paragraph before a page marker
HEAD_REACH = 12  # lines that may name the container of a text
INDENTING_SHARE = 0.8  # of indented lines open paragraphs where indentation marks paragraphs, not lists


def prepared(text: str) -> str:
    """Text without page markers, with marks of notes in brackets, and blank lines around rules and paragraphs.

    >>> print(prepared("It is the duty\\n\\n[[Page 7]]\\n\\nof a keeper.\\\\4\\\\\\n    The fee is due.\\nIt is paid."))
    It is the duty
    of a keeper.[4]
    <BLANKLINE>
        The fee is due.
    It is paid.
    """
    lines = without_page_marks(NOTE_MARK.sub(r"[\1]", text).split("\n"))
    base = min((indent(line) for line in lines if line.strip()), default=0)
    indented = indents_paragraphs(lines, base)
    spaced: list[str] = []
    for number, line in enumerate(lines):
        above = spaced[-1] if spaced else ""
        apart = (RULE.fullmatch(line.strip()) or RULE.fullmatch(above.strip())) and "|" not in text
        head = number < HEAD_REACH and bool(HEAD_LINE.fullmatch(line.strip()) or HEAD_LINE.fullmatch(above.strip()))
        opens = indented and indent(line) > base and is_opening(above, line)
        if above.strip() and line.strip() and (apart or head or opens):
            spaced.append("")
        spaced.append(line)
    return "\n".join(spaced)


def without_page_marks(lines: Sequence[str]) -> list[str]:
    """Lines without page markers; a sentence or paragraph that one interrupts goes on."""
    kept: list[str] = []
    skipping = False
    for number, line in enumerate(lines):
        if skipping and not line.strip():
            continue
        skipping = False
        if not PAGE_MARK.fullmatch(line.strip()):
            kept.append(PAGE_MARK.sub("", line) if "[[Page " in line else line)
            continue
        above = next((text for text in reversed(kept) if text.strip()), "")
        below = next(dropwhile(lambda text: not text.strip(), lines[number + 1 :]), "")
        skipping = goes_on(above, below)
        while skipping and kept and not kept[-1].strip():
            kept.pop()
    return kept


def goes_on(above: str, below: str) -> bool:
    """Whether a paragraph goes on after a page marker."""
    if not above.strip() or RULE.fullmatch(above.strip()) or not below or below[:1].isspace():
        return False
    return below[:1].islower() or not SENTENCE_END.search(above.rstrip()) or len(below) >= WRAPPED


def indents_paragraphs(lines: Sequence[str], base: int) -> bool:
    """Whether lines set further in than those above them open paragraphs, and do not go on with a list item."""
    inward = [
        (above, line)
        for above, line in pairwise(lines)
        if above.strip() and line.strip() and indent(above) == base < indent(line)
    ]
    return sum(is_opening(*pair) for pair in inward) >= max(1, INDENTING_SHARE * len(inward))


def is_opening(above: str, line: str) -> bool:
    """Whether a line may open a paragraph below another."""
    first = line.strip()[:1]
    return SENTENCE_END.search(above.rstrip()) is not None and not first.islower() and indent(line) >= indent(above)


def indent(line: str) -> int:
    """Width of the white space before a line."""
    return len(line) - len(line.lstrip())


def without_printed_marks(parts: Iterable[Part]) -> list[Part]:
    """Parts without rules, with notes between rules as footnotes, and the names of the container as boilerplate."""
    listed = list(parts)
    head = list(takewhile(lambda part: HEAD_LINE.fullmatch(part.text) is not None, listed))
    framed = bool(head) and len(head) < len(listed) and is_rule(listed[len(head)])
    marked = [
        replace(part, kind=BlockKind.BOILERPLATE)
        if (framed and index < len(head)) or FILING_LINE.fullmatch(part.text)
        else part
        for index, part in enumerate(listed)
    ]
    return list(notes_apart(marked))


def notes_apart(parts: Sequence[Part]) -> Iterator[Part]:
    """Parts without rules; the notes between two rules follow the paragraph that they interrupt."""
    above: Part | None = None
    notes: list[Part] = []
    after_rule = in_notes = False
    for part in parts:
        in_notes = not is_rule(part) and (in_notes or (after_rule and NOTE.match(part.text) is not None))
        after_rule = is_rule(part)
        if in_notes and NOTE.match(part.text):
            notes.append(replace(part, kind=BlockKind.FOOTNOTE))
        elif in_notes:
            notes[-1] = replace(notes[-1], text=f"{notes[-1].text} {part.text}")
        elif not after_rule:
            interrupted = above is not None and not SENTENCE_END.search(above.text) and part.text[:1].islower()
            if not interrupted:
                yield from notes
                notes.clear()
            yield part
            above = part
    yield from notes


def is_rule(part: Part) -> bool:
    """Whether a part is only a rule of dashes or the like."""
    return RULE.fullmatch(part.text) is not None
