"""Chooses the writer of a briefing book by file suffix."""

from collections.abc import Callable
from pathlib import Path

from pincite.briefing.book import BriefingBook
from pincite.ingest.atomic_write import write_text
from pincite.ingest.errors import BadInput
from pincite.ingest.jsonl import json_line

Writer = Callable[[BriefingBook, Path], None]
SUFFIXES = (".docx", ".xlsx", ".md", ".html", ".csv", ".jsonl")


def writer_for(out: Path) -> Writer:
    """The writer for an output file. Raises BadInput for an unknown format or a path that cannot be written."""
    check_output(out, SUFFIXES)
    return writers()[out.suffix.lower()]


def check_output(out: Path, suffixes: tuple[str, ...], option: str = "--out") -> None:
    """Raise BadInput early if an output cannot be written."""
    if out.suffix.lower() not in suffixes:
        raise BadInput(f"{out} cannot be written: {option} must end with one of {', '.join(suffixes)}.")
    if out.is_dir():
        raise BadInput(f"{out} is a folder: give a file in it as {option}.")
    if not out.parent.is_dir():
        raise BadInput(f"There is no folder {out.parent}: create it, or choose another {option}.")


def writers() -> dict[str, Writer]:
    """Writers by suffix; their libraries are imported only here."""
    from pincite.briefing.writers.docx_writer import write_docx  # noqa: PLC0415  the same
    from pincite.briefing.writers.html_writer import write_html  # noqa: PLC0415  the same
    from pincite.briefing.writers.markdown_writer import write_markdown  # noqa: PLC0415  the same
    from pincite.briefing.writers.xlsx_writer import write_csv, write_xlsx  # noqa: PLC0415  the same

    made = (write_docx, write_xlsx, write_markdown, write_html, write_csv, write_jsonl)
    return dict(zip(SUFFIXES, made, strict=True))


def check_distinct(source: Path, out: Path) -> None:
    """Raise BadInput if an output would overwrite its source."""
    if out.exists() and source.exists() and out.samefile(source):
        raise BadInput(f"{out} is the input file: choose another --out.")


def write_jsonl(book: BriefingBook, out: Path) -> None:
    """Write a book as .jsonl."""
    write_text(out, (json_line(book.record_of(asked)) for asked in book.asked))
