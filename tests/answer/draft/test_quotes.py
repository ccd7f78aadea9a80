"""Where quotes begin and end: on made-up texts, and over all questions of the sample and the real documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pincite.answer.citation.citation import Span
from pincite.answer.draft.quotes import quotes_of
from pincite.answer.pipeline import ask
from pincite.eval.judging.gold import read_gold
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index, open_index
from pincite.ingest.pipeline import ingest
from support.quote_faults import faults

ROOT = Path(__file__).parents[3]
ACT = """# Lamp Act

## Article 1

Keepers shall:

(a) light the lamp at dusk;

(b) report to the warden, who shall say:

(i) whether the oil is good;

(ii) whether the glass is whole;

(c) close the tower.

## Article 2

The warden may inspect a tower. Nobody else may.

## Article 3

Hours of light by season

| Season | Hours |
|---|---|
| Summer | 8 |
| Winter | 16 |
"""


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("lamps")
    (folder / "act.md").write_text(ACT, encoding="utf-8")
    ingest([folder / "act.md"], folder / "index")
    with open_index(folder / "index") as index:
        yield index


def quoted(index: Index, *parts: str, words: int = 100) -> list[tuple[str, int]]:
    text = index.document("act.md").text
    blocks = {
        one: next(b for b in index.document("act.md").blocks if b.start <= text.index(one) < b.end) for one in parts
    }
    spans = [Span("act.md", text.index(one), text.index(one) + len(one), blocks[one].pinpoint) for one in parts]
    return [(text[q.span.start : q.span.end], q.left_out) for q in quotes_of(index, spans, words)]


def test_a_lead_in_is_quoted_with_its_first_point_and_brings_the_others(lamps: Index) -> None:
    first, *others = quoted(lamps, "Keepers shall:")
    assert first == ("Keepers shall:\n\n(a) light the lamp at dusk;", 0)
    assert [text[:3] for text, _ in others] == ["(b)", "(c)"]
    assert "whether the glass is whole" in others[0][0]


def test_a_list_that_does_not_fit_tells_how_many_points_are_left(lamps: Index) -> None:
    assert quoted(lamps, "Keepers shall:", words=8) == [("Keepers shall:\n\n(a) light the lamp at dusk;", 2)]


def test_points_inside_a_quoted_list_are_not_repeated(lamps: Index) -> None:
    assert len(quoted(lamps, "Keepers shall:", "(c) close the tower.")) == 3


def test_a_heading_is_no_part_of_a_quote(lamps: Index) -> None:
    assert [text for text, _ in quoted(lamps, "Article 2", "Nobody else may.")] == ["Nobody else may."]


def test_a_part_of_a_sentence_is_quoted_whole(lamps: Index) -> None:
    assert quoted(lamps, "inspect a tow") == [("The warden may inspect a tower.", 0)]


def test_the_caption_of_a_table_brings_the_table(lamps: Index) -> None:
    ((text, _),) = quoted(lamps, "Hours of light by season")
    assert text.endswith("Winter | 16")


def test_a_row_brings_its_table(lamps: Index) -> None:
    ((text, _),) = quoted(lamps, "Summer | ")
    assert text.endswith("Winter | 16")


def test_quotes_of_the_sample_end_where_a_reader_expects(sample: Index, embedder: Embedder) -> None:
    for question in read_gold(ROOT / "eval" / "gold" / "sample.jsonl"):
        assert list(faults(sample, ask(sample, embedder, question.question))) == [], question.question


FOLDERS = ("budget", "climate", "company", "rights", "lang")  # of other fields, quickly ingested


def test_quotes_of_other_fields_end_where_a_reader_expects(
    shared: Path, tmp_path_factory: pytest.TempPathFactory, embedder: Embedder
) -> None:
    folders = [shared / "domains" / name for name in FOLDERS]
    if not all(folder.is_dir() for folder in folders):
        pytest.skip("the documents of other fields are missing")
    folder = tmp_path_factory.mktemp("domains")
    ingest(folders, folder)
    with open_index(folder) as index:
        for question in read_gold(shared / "gold" / "domains.jsonl"):
            assert list(faults(index, ask(index, embedder, question.question))) == [], question.question
