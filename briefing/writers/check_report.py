"""Writes the report on a checked draft as .docx, .html or .jsonl."""

from collections.abc import Callable, Sequence
from itertools import count, groupby
from pathlib import Path

from pincite.answer.schema import citation_record
from pincite.briefing.draft_check.check import CheckedSentence, Report
from pincite.briefing.draft_check.verdicts import ClaimVerdict
from pincite.briefing.escaping import one_line
from pincite.briefing.writers.docx_writer import note_runs
from pincite.briefing.writers.html_writer import write_page
from pincite.briefing.writers.registry import check_output
from pincite.briefing.writers.word_file import Element, WordFile, paragraph, run, table, word_file
from pincite.ingest.atomic_write import write_text
from pincite.ingest.jsonl import json_line

SCHEMA = 1
PROSE = "prose"  # verdict of a sentence that makes no claim
COLOURS = {
    ClaimVerdict.SUPPORTED: "1B6E3C",
    ClaimVerdict.PARTLY: "9C5700",
    ClaimVerdict.CONTRADICTED: "B00020",
    ClaimVerdict.ABSENT: "5F5F5F",
}
CSS_CLASSES = {
    ClaimVerdict.SUPPORTED: "good",
    ClaimVerdict.PARTLY: "partly",
    ClaimVerdict.CONTRADICTED: "bad",
    ClaimVerdict.ABSENT: "absent",
}
SUMMARY_WIDTHS = (2200, 2200, 2200, 2200)
REFERENCE_WIDTHS = (3000, 3000, 2800)
REFERENCE_HEADER = ("Reference", "Document", "Found")

Writer = Callable[[Report, Path], None]


def writer_of_check(out: Path) -> Writer:
    """The writer for an output file. Raises BadInput."""
    writers: dict[str, Writer] = {".docx": write_docx, ".html": write_html, ".jsonl": write_jsonl}
    check_output(out, tuple(writers))
    return writers[out.suffix.lower()]


def paragraphs(report: Report) -> list[list[CheckedSentence]]:
    """The findings of each paragraph of the draft."""
    return [list(found) for _, found in groupby(report.sentences, key=lambda one: one.sentence.block)]


def summary(report: Report) -> list[tuple[str, ...]]:
    """Number of claims by verdict, under a header."""
    counts = report.verdicts()
    return [tuple(verdict.value.capitalize() for verdict in counts), tuple(map(str, counts.values()))]


def reference_rows(report: Report) -> list[tuple[str, ...]]:
    """The references in a draft, under a header."""
    found = [(one.written, one.document or "", one.wrong or "yes") for one in report.references()]
    return [REFERENCE_HEADER, *found]


def label(one: CheckedSentence) -> str:
    """The verdict on a claim with its reasons."""
    return ": ".join(filter(None, [one.verdict or PROSE, " ".join(one.reasons)]))


def write_jsonl(report: Report, out: Path) -> None:
    """One line for each sentence; offsets refer to the draft's canonical text."""
    write_text(out, (json_line(record_of(n, one)) for n, one in enumerate(report.sentences, 1)))


def record_of(number: int, one: CheckedSentence) -> dict[str, object]:
    """A sentence with its findings as JSON."""
    sentence = one.sentence
    return {
        "schema": SCHEMA,
        "n": number,
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "verdict": one.verdict.value if one.verdict else PROSE,
        "reasons": list(one.reasons),
        "citations": [citation_record(citation) for citation in one.citations],
        "references": [
            {"written": ref.written, "document": ref.document, "pinpoint": ref.pinpoint, "wrong": ref.wrong}
            for ref in one.references
        ],
    }


def write_html(report: Report, out: Path) -> None:
    """One page: counts, references, and the annotated draft."""
    values = {"report": report, "paragraphs": paragraphs(report), "summary": summary(report), "label": label}
    write_page(out, "check.html.jinja", references=reference_rows(report), looks=CSS_CLASSES, notes=count(1), **values)


def write_docx(report: Report, out: Path) -> None:
    """The report in Word, with footnotes."""
    properties = {f"pincite {name}": str(value) for name, value in report.settings.items()}
    with word_file(out, one_line(report.title), report.date, properties) as file:
        heading = file.styles.headings[0]
        file.add(paragraph(run(report.title), style=file.styles.title))
        file.add(paragraph(run(report.date), style=file.styles.subtitle))
        file.add(paragraph(run("Summary"), style=heading))
        file.add(table(summary(report), SUMMARY_WIDTHS, file.styles.table))
        file.add(paragraph(run("References in the draft"), style=heading))
        rows = reference_rows(report)
        file.add(table(rows, REFERENCE_WIDTHS, file.styles.table) if len(rows) > 1 else paragraph(run("None.")))
        file.add(paragraph(run("The draft, sentence by sentence"), style=heading))
        for found in paragraphs(report):
            style = file.styles.headings[1] if found[0].sentence.heading else None
            file.add(paragraph(*(piece for one in found for piece in pieces(file, one)), style=style))


def pieces(file: WordFile, one: CheckedSentence) -> Sequence[Element]:
    """A sentence with its verdict, and footnotes with its evidence or the nearest passages."""
    if not one.verdict:
        return [run(f"{one.sentence.text} ")]
    notes = [file.note(*note_runs(citation)) for citation in one.citations]
    mark = run(f" [{label(one)}] ", bold=True, colour=COLOURS[one.verdict])
    return [run(one.sentence.text), *notes, mark]
