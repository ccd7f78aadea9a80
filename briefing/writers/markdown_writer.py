"""Writes a briefing book in Markdown, with footnotes under each question."""

import re
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from pincite.answer.citation.citation import Citation
from pincite.answer.citation.table_rows import split_rows
from pincite.answer.verification.verify import Support
from pincite.briefing.book import BriefingBook
from pincite.briefing.escaping import one_line
from pincite.briefing.result import AnsweredQuestion
from pincite.briefing.writers.labels import (
    SUMMARY_HEADER,
    SUPPORT_LABELS,
    UNANSWERED_TITLE,
    cited_rows,
    excerpt,
    summary_rows,
)
from pincite.ingest.atomic_write import write_text

MARKS = re.compile(r"([\\`*_\[\]<>|~$]|&(?=#?\w+;))")
HARD_BREAK = "  \n"
NUMBERED = re.compile(r"^(\d{1,9})([.)])")


def write_markdown(book: BriefingBook, out: Path) -> None:
    """Write a book as .md."""
    write_text(out, (f"{line}\n" for line in lines_of(book)))


def lines_of(book: BriefingBook) -> Iterator[str]:
    """The lines of a book."""
    yield from (
        f"# {escaped_markdown(book.title)}",
        "",
        f"{book.date} · {len(book.asked)} questions",
        "",
        "## Summary",
        "",
    )
    yield from table([SUMMARY_HEADER, *summary_rows(book)])
    notes, number = count(1), 0
    for section, answers in book.sections():
        yield from ("", f"## {escaped_markdown(section or 'Answers')}")
        for number, one in enumerate(answers, number + 1):  # noqa: B020  counts on over all sections
            yield from ("", f"### {number}. {escaped_markdown(one.asked.question)}", "", *answer_lines(one, notes))
    yield from ("", "## Annex A: Documents cited", "")
    rows = cited_rows(book)
    yield from table(rows) if len(rows) > 1 else ["No document is cited."]
    yield from ("", f"## Annex B: {UNANSWERED_TITLE}", "", *open_lines(book), "", "## How this was made", "")
    yield from (f"- {escaped_markdown(name)}: {escaped_markdown(value)}" for name, value in book.properties().items())


def answer_lines(one: AnsweredQuestion, notes: Iterator[int]) -> Iterator[str]:
    """An answer with one paragraph for each statement, then its footnotes."""
    footnotes: list[str] = []
    for statement in one.statements:
        marks = ""
        for citation in one.verified(statement):
            mark = f"[^{next(notes)}]"
            marks += mark
            footnotes.append(f"{mark}: {footnote(citation)}")
        label = ""
        if statement.support is not Support.SUPPORTED:
            label = ": ".join(filter(None, [SUPPORT_LABELS[statement.support], " ".join(statement.reasons)]))
        parts = split_rows(statement.text)
        said = HARD_BREAK.join(map(escaped_line_start, parts.before.split("\n")))
        yield from (f"{said}{marks}{label and f' **[{escaped_markdown(label)}]**'}", "")
        if parts.rows:
            yield from (*table(parts.rows), "")
        if parts.after:
            yield from (escaped_line_start(parts.after), "")
    if not one.statements:
        yield from (f"**{one.outcome.value.capitalize()}.** {escaped_markdown(one.reason)}", "")
    elif one.reason:
        yield from (f"*{escaped_markdown(one.reason)}*", "")
    yield from (line for note in one.notes for line in (f"*Note: {escaped_markdown(note)}*", ""))
    yield from footnotes


def footnote(citation: Citation) -> str:
    """A citation as a footnote."""
    return f"{escaped_markdown(citation.reference())}: “{escaped_markdown(citation.quote)}”"


def open_lines(book: BriefingBook) -> Iterator[str]:
    """Unanswered questions with the nearest passages."""
    found_any = False
    for one in book.unanswered_questions():
        found_any = True
        yield f"- **{escaped_markdown(one.asked.question)}** {escaped_markdown(one.reason or one.outcome.value)}"
        yield from (
            f"  - {escaped_markdown(near.reference())}: {escaped_markdown(excerpt(near.quote))}" for near in one.nearest
        )
    if not found_any:
        yield "Every question is answered."


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table whose first row is the header."""
    for number, row in enumerate(rows):
        yield f"| {' | '.join(map(escaped_markdown, row))} |"
        if not number:
            yield f"|{' --- |' * len(row)}"


def escaped_markdown(text: str) -> str:
    r"""The text on one line, escaped for use inside a line of Markdown.

    >>> escaped_markdown("<b>[1]</b>\n# AT&T")
    '\\<b\\>\\[1\\]\\</b\\> # AT&T'
    """
    return MARKS.sub(r"\\\1", one_line(text))


def escaped_line_start(text: str) -> str:
    r"""The same for text at the start of a line.

    >>> escaped_line_start("6. Calls upon"), escaped_line_start("- no list")
    ('6\\. Calls upon', '\\- no list')
    """
    line = NUMBERED.sub(r"\1\\\2", escaped_markdown(text))
    return f"\\{line}" if line[:1] in set("#+-=") else line
