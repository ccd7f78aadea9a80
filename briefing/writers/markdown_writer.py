"""A briefing book in Markdown, with footnotes under each question."""

import re
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from pincite.answer.citation.citation import Citation
from pincite.answer.citation.table_rows import told
from pincite.answer.verification.verify import Support
from pincite.briefing.book import Book
from pincite.briefing.escaping import one_line
from pincite.briefing.result import Answered
from pincite.briefing.writers.labels import OPEN, PARTLY_MARK, SUMMARY_HEAD, cited_rows, excerpt, summary_rows
from pincite.ingest.atomic_write import write_text

MARKS = re.compile(r"([\\`*_\[\]<>|~$]|&(?=#?\w+;))")
NUMBERED = re.compile(r"^(\d{1,9})([.)])")


def write_markdown(book: Book, out: Path) -> None:
    """Write a book as .md."""
    write_text(out, (f"{line}\n" for line in lines_of(book)))


def lines_of(book: Book) -> Iterator[str]:
    """The lines of a book."""
    yield from (f"# {inert(book.title)}", "", f"{book.date} · {len(book.asked)} questions", "", "## Summary", "")
    yield from table([SUMMARY_HEAD, *summary_rows(book)])
    notes, number = count(1), 0
    for section, answers in book.sections():
        yield from ("", f"## {inert(section or 'Answers')}")
        for number, one in enumerate(answers, number + 1):  # noqa: B020  counts on over all sections
            yield from ("", f"### {number}. {inert(one.asked.question)}", "", *answer_lines(one, notes))
    yield from ("", "## Annex A: Documents cited", "")
    rows = cited_rows(book)
    yield from table(rows) if len(rows) > 1 else ["No document is cited."]
    yield from ("", f"## Annex B: {OPEN}", "", *open_lines(book), "", "## With what this was made", "")
    yield from (f"- {inert(name)}: {inert(value)}" for name, value in book.properties().items())


def answer_lines(one: Answered, notes: Iterator[int]) -> Iterator[str]:
    """An answer, a statement a paragraph, and its footnotes."""
    under: list[str] = []
    for statement in one.statements:
        marks = ""
        for citation in one.verified(statement):
            mark = f"[^{next(notes)}]"
            marks += mark
            under.append(f"{mark}: {note(citation)}")
        reasons = " ".join(statement.reasons)
        doubt = f"{PARTLY_MARK[statement.support]}{reasons and ': '}{reasons}" if doubted(statement.support) else ""
        parts = told(statement.text)
        yield from (f"{opening(parts.before)}{marks}{doubt and f' **[{inert(doubt)}]**'}", "")
        if parts.rows:
            yield from (*table(parts.rows), "")
        if parts.after:
            yield from (opening(parts.after), "")
    if not one.statements:
        yield from (f"**{one.outcome.value.capitalize()}.** {inert(one.reason)}", "")
    elif one.reason:
        yield from (f"*{inert(one.reason)}*", "")
    yield from (line for note_ in one.notes for line in (f"*Note: {inert(note_)}*", ""))
    yield from under


def doubted(support: Support) -> bool:
    """Whether a statement is marked."""
    return support is not Support.SUPPORTED


def note(citation: Citation) -> str:
    """A citation as a footnote."""
    return f"{inert(citation.reference())}: “{inert(citation.quote)}”"


def open_lines(book: Book) -> Iterator[str]:
    """Questions without an answer, with the passages that come nearest."""
    some = False
    for one in book.open_questions():
        some = True
        yield f"- **{inert(one.asked.question)}** {inert(one.reason or one.outcome.value)}"
        yield from (f"  - {inert(near.reference())}: {inert(excerpt(near.quote))}" for near in one.nearest)
    if not some:
        yield "Every question is answered."


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table whose first row heads it."""
    for number, row in enumerate(rows):
        yield f"| {' | '.join(map(inert, row))} |"
        if not number:
            yield f"|{' --- |' * len(row)}"


def inert(text: str) -> str:
    r"""A text on one line that Markdown shows as it is, behind other words.

    >>> inert("<b>[1]</b>\n# AT&T")
    '\\<b\\>\\[1\\]\\</b\\> # AT&T'
    """
    return MARKS.sub(r"\\\1", one_line(text))


def opening(text: str) -> str:
    r"""The same for a text that begins a line.

    >>> opening("6. Calls upon"), opening("- no list")
    ('6\\. Calls upon', '\\- no list')
    """
    line = NUMBERED.sub(r"\1\\\2", inert(text))
    return f"\\{line}" if line[:1] in set("#+-=") else line
