"""An answer in the terminal: statements with their points and tables, notes, then the sources."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from pincite.answer.citation.citation import reference_list
from pincite.answer.citation.excerpt import shorten
from pincite.answer.citation.point_marks import mark_length
from pincite.answer.citation.short_reference import dated_name
from pincite.answer.citation.table_rows import split_rows
from pincite.answer.models.open_model import EXTRACT
from pincite.answer.schema import answer_record
from pincite.answer.verification.verify import Support
from pincite.cli.output import EXCERPT, OUT, print_json, print_line

if TYPE_CHECKING:
    from pincite.answer.citation.citation import Citation
    from pincite.answer.pipeline import Answer
    from pincite.answer.retrieval.retrieve import Evidence
    from pincite.answer.verification.verify import Statement
    from pincite.ingest.index.catalog import Entry

SHOWN_PASSAGES = 3
READABLE_WIDTH = 100  # columns of a text on a wider terminal
KEEP_WORDS: "dict[str, Any]" = {"break_long_words": False, "break_on_hyphens": False}
LEFT_OUT = "--all shows what is left out."
NO_BREAK = "\xa0"  # keeps a citation mark on the line of the word before it


def show_answer(
    answer: "Answer",
    library: "Mapping[str, Entry]",
    *,
    as_json: bool,
    unsupported: bool = False,
    verbose: bool = False,
) -> None:
    """An answer with its sources, or an abstention with the nearest passages, wrapped at words.

    `unsupported` adds withheld statements, `verbose` files, offsets and quotes.
    """
    if as_json:
        print_json(answer_record(answer))
        return
    show_words(answer)
    for said in (answer.reason, *notes_on(answer, unsupported=unsupported)):
        if said:
            print_wrapped(said, style="yellow")
    if answer.abstained and answer.evidence:
        print_line("\nNearest passages:")
        for found in answer.evidence[:SHOWN_PASSAGES]:
            show_nearest(found, library[found.passage.document], verbose=verbose)
    elif answer.citations:
        print_line("\nSources:")
    for citation, reference in zip(answer.citations, reference_list(answer.citations), strict=True):
        show_citation(citation, reference, quoted=verbose or answer.llm != EXTRACT, verbose=verbose)


def show_words(answer: "Answer") -> None:
    """The statements that the documents support, or else the text of the answer."""
    shown = [one for one in answer.statements if one.support is not Support.UNSUPPORTED]
    for statement in shown:
        show_statement(statement)
    if not shown:
        print_wrapped(answer.text)


def notes_on(answer: "Answer", *, unsupported: bool) -> Iterator[str]:
    """What a reader must know besides an answer, and how to read what it leaves out."""
    yield from answer.notes
    if answer.more:
        yield LEFT_OUT
    yield from verification_notes(answer.statements, unsupported=unsupported)


def show_nearest(found: "Evidence", entry: "Entry", *, verbose: bool) -> None:
    """A passage near a question: its source and beginning, with `verbose` its file."""
    page = f"p. {found.passage.page}" if found.passage.page else None
    source = dated_name(entry.metadata, entry.path)
    print_wrapped(", ".join(filter(None, [f"{found.rank}. {source}", found.passage.pinpoint, page])), 3, "bold")
    if verbose:
        show_offsets(found.passage.document, found.passage.start, found.passage.end)
    print_wrapped(f"   {shorten(found.passage.text, EXCERPT)}\n", 3)


def show_statement(statement: "Statement") -> None:
    """A statement with its citation marks at the end, or behind the words above its table."""
    marks = "".join(f"[{number}]" for number in statement.citations)
    parts = split_rows(statement.text)
    before, after = (parts.before, parts.after) if parts.before or not parts.rows else (parts.after, "")
    if not parts.rows or before:
        print_wrapped(f"{before}{NO_BREAK if marks else ''}{marks}")
    if parts.rows:
        OUT.print(table_of(parts.rows), width=min(OUT.width, READABLE_WIDTH))
    if after:
        print_wrapped(after)


def table_of(rows: Sequence[Sequence[str]]) -> Table:
    """Rows as a table with the first as its head; columns of figures are flushed right."""
    head, *body = rows
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name, *cells in zip(head, *body, strict=True):
        figures = all(not cell or cell[-1:].isdigit() for cell in cells)
        table.add_column(Text(name), justify="right" if figures else "left", overflow="fold")
    for row in body:
        table.add_row(*map(Text, row))
    return table


def print_wrapped(text: str, indent: int = 0, style: str = "") -> None:
    """Print a text with line breaks between words, its own kept; lines after the first of each are indented.

    Points are indented as far as their mark is long, other text by `indent`.
    """
    for line in text.split("\n"):
        hanging = " " * (indent or mark_length(line))
        wrapped = wrap(line, min(OUT.width, READABLE_WIDTH), subsequent_indent=hanging, **KEEP_WORDS)
        OUT.print(Text("\n".join(wrapped).replace(NO_BREAK, " "), style=style), soft_wrap=True)


def verification_notes(statements: "Sequence[Statement]", *, unsupported: bool) -> Iterator[str]:
    """What verification found wrong with statements; those withheld are only counted unless `unsupported`."""
    withheld = [one for one in statements if one.support is Support.UNSUPPORTED]
    for one in statements:
        if one.support not in {Support.SUPPORTED, Support.UNSUPPORTED}:
            yield f"Only {one.support.value} supported: {one.text} ({' '.join(one.reasons)})"
    if unsupported:
        yield from (f"Withheld as unsupported: {one.text} ({' '.join(one.reasons)})" for one in withheld)
    elif withheld:
        count, them = (f"{len(withheld)} statements", "them") if len(withheld) > 1 else ("One statement", "it")
        yield f"{count} withheld because the documents do not support {them}; --show-unsupported shows {them}."


def show_citation(citation: "Citation", reference: str, *, quoted: bool, verbose: bool) -> None:
    """A citation: its reference, and if asked its quote, or its file and offsets."""
    print_wrapped(reference, 4, "bold")
    if verbose:
        show_offsets(citation.document, citation.start, citation.end)
    if quoted:
        print_wrapped(f"    “{shorten(citation.quote, EXCERPT)}”", 4)


def show_offsets(document: str, start: int, end: int) -> None:
    """The file and the characters of a quote or passage, as `pincite show` takes them."""
    OUT.print(Text(f"    {document}, characters {start}-{end}", style="dim"), soft_wrap=True)
