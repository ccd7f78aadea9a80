"""Where quotes begin and end: on made-up texts, and over all questions of the sample and the real documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pincite.answer.citation.citation import Citation, Span
from pincite.answer.draft.quotes import announces, quotes_of, whole_sentence
from pincite.answer.pipeline import Answer, ask
from pincite.eval.judging.gold import read_gold
from pincite.ingest.document import BlockKind
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index, open_index
from pincite.ingest.pipeline import ingest

NO_END = ("Art.", "Arts.", "No.", "Nos.", "Sec.", "para.", "paras.", "Abs.", "Nr.", "Rn.", "vgl.")  # a number follows
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


def test_a_lead_in_is_quoted_with_its_list(lamps: Index) -> None:
    ((text, left_out),) = quoted(lamps, "Keepers shall:")
    assert text.startswith("Keepers shall:")
    assert text.endswith("(c) close the tower.")
    assert not left_out


def test_a_list_that_does_not_fit_tells_how_many_points_are_left(lamps: Index) -> None:
    ((text, left_out),) = quoted(lamps, "Keepers shall:", words=8)
    assert text.endswith("light the lamp at dusk;")
    assert left_out == 2


def test_a_point_that_announces_others_brings_them(lamps: Index) -> None:
    ((text, _),) = quoted(lamps, "(b) report to the warden, who shall say:")
    assert text.endswith("whether the glass is whole;")


def test_points_inside_a_quoted_list_are_not_repeated(lamps: Index) -> None:
    assert len(quoted(lamps, "Keepers shall:", "(c) close the tower.")) == 1


def test_a_heading_is_no_part_of_a_quote(lamps: Index) -> None:
    assert [text for text, _ in quoted(lamps, "Article 2", "Nobody else may.")] == ["Nobody else may."]


def test_a_part_of_a_sentence_is_quoted_whole(lamps: Index) -> None:
    assert quoted(lamps, "inspect a tow") == [("The warden may inspect a tower.", 0)]


def test_the_caption_of_a_table_brings_the_table(lamps: Index) -> None:
    ((text, _),) = quoted(lamps, "Hours of light by season")
    assert text.endswith("Winter | 16")


def faults(index: Index, answer: Answer) -> Iterator[str]:
    """What is wrong with the quotes of an answer."""
    if not answer.abstained and not answer.text.strip():
        yield "empty answer"
    for one in answer.citations:
        document = index.document(one.document)
        if announces(document, one.end):
            yield f"lead-in: …{one.quote[-60:]}"
        if one.quote.split()[-1] in NO_END:
            yield f"abbreviation: …{one.quote[-60:]}"
        inside = [b for b in document.blocks if b.start < one.end and one.start < b.end]
        if len(inside) > 1 and inside[-1].kind is BlockKind.HEADING:
            yield f"next heading: …{one.quote[-60:]}"
        if inside[-1].kind is not BlockKind.TABLE and whole_sentence(document, span_of(one)).end > one.end:
            yield f"cut sentence: …{one.quote[-60:]}"


def span_of(citation: Citation) -> Span:
    return Span(citation.document, citation.start, citation.end)


def test_quotes_of_the_sample_end_where_a_reader_expects(sample: Index, embedder: Embedder) -> None:
    for question in read_gold(ROOT / "eval" / "gold" / "sample.jsonl"):
        assert list(faults(sample, ask(sample, embedder, question.question))) == [], question.question


@pytest.mark.parametrize(("gold", "documents"), [("dev", "corpus"), ("domains", "domains")])
def test_quotes_of_real_documents_end_where_a_reader_expects(
    shared: Path, tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, gold: str, documents: str
) -> None:
    if not (shared / documents).is_dir():
        pytest.skip(f"{documents} is missing")
    folder = tmp_path_factory.mktemp(documents)
    ingest([shared / documents], folder)
    with open_index(folder) as index:
        found = {
            question.id: list(faults(index, ask(index, embedder, question.question)))
            for question in read_gold(shared / "gold" / f"{gold}.jsonl")
        }
    assert {key: wrong for key, wrong in found.items() if wrong} == {}
