"""Writes a briefing book in Word: summary, answers with footnotes, documents cited, unanswered questions."""

from pathlib import Path

from pincite.answer.citation.citation import Citation
from pincite.answer.citation.table_rows import SplitStatement, split_rows
from pincite.answer.verification.verify import Statement, Support
from pincite.briefing.book import BriefingBook
from pincite.briefing.escaping import one_line
from pincite.briefing.result import AnsweredQuestion, QuestionOutcome
from pincite.briefing.writers.labels import (
    SUMMARY_HEADER,
    SUPPORT_LABELS,
    UNANSWERED_TITLE,
    cited_rows,
    excerpt,
    summary_rows,
)
from pincite.briefing.writers.word_file import Element, WordFile, paragraph, run, table, word_file

COLOURS = {QuestionOutcome.PARTLY: "9C5700", QuestionOutcome.ABSENT: "5F5F5F", QuestionOutcome.FAILED: "B00020"}
DOCUMENT_WIDTHS = (2350, 1150, 1600, 1200, 1050, 950, 700)
TEXT_WIDTH = sum(DOCUMENT_WIDTHS)
SUMMARY_WIDTHS = (2500, 1500, 1500, 1400, 1200, 900)


def write_docx(book: BriefingBook, out: Path) -> None:
    """Write a book as .docx."""
    with word_file(out, one_line(book.title), book.date, book.properties()) as file:
        styles = file.styles
        file.add(paragraph(run(book.title), style=styles.title))
        file.add(paragraph(run(f"{book.date} · {len(book.asked)} questions"), style=styles.subtitle))
        file.add(paragraph(run("Summary"), style=styles.headings[0]))
        file.add(table([SUMMARY_HEADER, *summary_rows(book)], SUMMARY_WIDTHS, styles.table))
        number = 0
        for section, answers in book.sections():
            if section:
                file.add(paragraph(run(section), style=styles.headings[0]))
            for number, one in enumerate(answers, number + 1):  # noqa: B020  counts on over all sections
                add_answer(file, number, one)
        add_cited(file, book)
        add_open(file, book)


def add_answer(file: WordFile, number: int, one: AnsweredQuestion) -> None:
    """A question with its answer, statement by statement."""
    file.add(paragraph(run(f"{number}. {one.asked.question}"), style=file.styles.headings[1], keep=True))
    for statement in one.statements:
        add_statement(file, one, statement)
    if not one.statements:
        words = f"{one.outcome.value.capitalize()}."
        file.add(paragraph(run(words, bold=True, colour=COLOURS[one.outcome]), run(f" {one.reason}")))
    elif one.reason:
        file.add(paragraph(run(one.reason, italic=True)))
    for note in one.notes:
        file.add(paragraph(run(f"Note: {note}", italic=True)))


def add_statement(file: WordFile, one: AnsweredQuestion, statement: Statement) -> None:
    """A statement as a paragraph, followed by its table rows as a table."""
    parts = split_rows(statement.text)
    file.add(statement_paragraph(file, one, statement, parts))
    if parts.rows:
        file.add(table(parts.rows, [TEXT_WIDTH // len(parts.rows[0])] * len(parts.rows[0]), file.styles.table))
        file.add(paragraph(run(parts.after)))  # even if empty: Word joins adjacent tables


def statement_paragraph(file: WordFile, one: AnsweredQuestion, statement: Statement, parts: SplitStatement) -> Element:
    """The text before the table rows, with footnotes and, if not fully supported, the reasons."""
    runs = [run(parts.before)]
    runs += [file.note(*note_runs(citation)) for citation in one.verified(statement)]
    if statement.support is not Support.SUPPORTED:
        runs.append(run(f" [{SUPPORT_LABELS[statement.support]}", bold=True, colour=COLOURS[QuestionOutcome.PARTLY]))
        reasons = " ".join(statement.reasons)
        runs.append(run(f"{reasons and ': '}{reasons}]", italic=True, colour=COLOURS[QuestionOutcome.PARTLY]))
    return paragraph(*runs, keep=bool(parts.rows))


def note_runs(citation: Citation) -> list[Element]:
    """A citation as a footnote: reference and quote."""
    return [run(f"{citation.reference()}: "), run(f"“{citation.quote}”", italic=True)]


def add_cited(file: WordFile, book: BriefingBook) -> None:
    """Annex A: documents cited."""
    file.add(paragraph(run("Annex A: Documents cited"), style=file.styles.headings[0]))
    rows = cited_rows(book)
    if len(rows) > 1:
        head, *body = rows
        rows = [("\n".join(filter(None, (row[0], *row[7:]))), *row[1:7]) for row in body]
        file.add(table([head[:7], *rows], DOCUMENT_WIDTHS, file.styles.table))
    else:
        file.add(paragraph(run("No document is cited.")))


def add_open(file: WordFile, book: BriefingBook) -> None:
    """Annex B: unanswered questions with the nearest passages."""
    file.add(paragraph(run(f"Annex B: {UNANSWERED_TITLE}"), style=file.styles.headings[0]))
    found_any = False
    for one in book.unanswered_questions():
        found_any = True
        file.add(paragraph(run(one.asked.question, bold=True), run(f" {one.reason or one.outcome.value}"), keep=True))
        for passage in one.nearest:
            words = run(f": {excerpt(passage.quote)}")
            file.add(paragraph(run(passage.reference(), italic=True), words, style=file.styles.bullet))
    if not found_any:
        file.add(paragraph(run("Every question is answered.")))
