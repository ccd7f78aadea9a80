"""The cell of a table that answers, said with the heads of its row and its column before the table itself."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from pincite.answer.citation.citation import Span
from pincite.answer.citation.table_rows import BETWEEN_ROWS
from pincite.answer.draft.quotes import block_at
from pincite.answer.query.question import Question
from pincite.answer.retrieval.term_weights import coverage, document_name_stems, idf_weights, question_weights
from pincite.ingest.document import BETWEEN_CELLS, BlockKind
from pincite.ingest.index.index import Index
from pincite.ingest.index.lexical import LexicalIndex
from pincite.ingest.places.tables import PlacedTable, table_of_block

MIN_OF_COLUMN = 0.5  # share of the words of a column's head, by weight, that the question has
MOST_CELLS = 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its place, and the share of the words of its head that a question has."""

    place: int
    share: float


def answering_cells(index: Index, question: Question, span: Span) -> Iterator[str]:
    """The cells where a column that a question names meets the rows that it names; none where that is not certain.

    A row is named by all words of its head, a column by more words of its head than any other.
    """
    document = index.document(span.document)
    block = document.blocks[block_at(document, span.end - 1)]
    if block.kind is not BlockKind.TABLE or span.start > block.start:
        return
    table = table_of_block(document, block)
    asked = question_weights(index.lexical, question.text, document_name_stems(index.lexical, question))
    column = column_named(index.lexical, table, asked)
    rows = [row for row in table.rows if row and is_named(index.lexical, row[0].text, asked.keys())]
    if column is None or not 0 < len(rows) <= MOST_CELLS:
        return
    for row in rows:
        if len(row) > column and row[column].text:
            yield f"{row[0].text}, {table.heads[column].text}: {row[column].text}"


def with_cells(text: str, cells: Iterable[str]) -> str:
    """A quoted table behind the cells that answer, a line each.

    >>> with_cells("Sites; Year | Sites; 2025 | 3", ["2025, Sites: 3"])
    '2025, Sites: 3\\nSites; Year | Sites; 2025 | 3'
    """
    said = "\n".join(cells)
    between = BETWEEN_ROWS if BETWEEN_CELLS in text.partition(BETWEEN_ROWS)[0] else "\n"
    return f"{said}{between}{text}" if said else text


def is_named(lexical: LexicalIndex, head: str, asked: Set[str]) -> bool:
    """Whether a question has all words of the head of a row."""
    stems = set(lexical.words(head))
    return bool(stems) and stems <= asked


def column_named(lexical: LexicalIndex, table: PlacedTable, asked: Mapping[str, float]) -> int | None:
    """The place of the column that a question names by its head; None where two are named as well."""
    columns = [
        Column(place, coverage(idf_weights(lexical, head.text), asked)) for place, head in enumerate(table.heads[1:], 1)
    ]
    columns.sort(key=lambda one: -one.share)
    if not columns or columns[0].share < MIN_OF_COLUMN or [one.share for one in columns[1:2]] == [columns[0].share]:
        return None
    return columns[0].place
