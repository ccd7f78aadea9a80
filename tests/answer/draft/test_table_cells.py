"""Cells of tables that answer, said with the heads of their rows and columns; the whole table stands below."""

import pytest

from pincite.answer.pipeline import ask
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index


@pytest.mark.parametrize(
    ("question", "cells"),
    [
        (
            "How many accelerators were installed at Kigali, Montevideo and Hanoi on 30 June 2025?",
            ["Kigali, 30 June 2025: 1,150", "Montevideo, 30 June 2025: 980", "Hanoi, 30 June 2025: 760"],
        ),
        (
            "How many accelerators should be in service in Windhoek by 31 December 2026?",
            ["Windhoek, 31 December 2026: 650"],
        ),
    ],
)
def test_cells_named_by_row_and_column_come_first_and_the_table_follows(
    sample: Index, embedder: Embedder, question: str, cells: list[str]
) -> None:
    (statement,) = ask(sample, embedder, question).statements
    assert statement.text.splitlines()[:-1] == cells
    assert statement.text.splitlines()[-1].startswith("Accelerators in service, by site; Site | 30 June 2025 |")
    assert statement.text.endswith("All sites | 2,890 | 4,000 | 5,200 | 6,500")
    assert statement.support == "supported"


@pytest.mark.parametrize(
    "question",
    [
        "How many accelerators should be running in Namibia by the end of 2026 under the installation schedule?",
        "Among the five cities where fellows studied, which had the biggest share of women, and how big?",
    ],
)
def test_no_cell_is_said_where_the_question_does_not_name_its_row(
    sample: Index, embedder: Embedder, question: str
) -> None:
    statement = ask(sample, embedder, question).statements[0]
    assert " | " in statement.text.splitlines()[0]
