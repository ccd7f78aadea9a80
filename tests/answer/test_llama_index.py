"""Pincite's parts serve in a LlamaIndex program."""

from pathlib import Path

import pytest

from pincite.answer.llama_index import PinciteQueryEngine, PinciteRetriever
from pincite.answer.query.filters import make_filters
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index
from pincite.ingest.llama_index import PassageParser, PolicyEmbedding, PolicyReader, from_llama, to_llama

QUESTION = "How many accelerators were installed at Kigali?"


def test_reader_and_parser_keep_places(corpus: Path) -> None:
    (document,) = PolicyReader().load_data(corpus / "reports" / "MF-OBS-2025-1-state-of-pooled-computing.pdf")
    nodes = PassageParser().get_nodes_from_documents([document])
    assert len(nodes) > 5
    for node in nodes:
        assert document.text[node.metadata["start"] : node.metadata["end"]] == node.get_content()
    assert {node.metadata["page"] for node in nodes} == {1, 2, 3, 4}


def test_a_document_survives_the_way_there_and_back(sample: Index) -> None:
    document = sample.document("reports/MF-OBS-2025-1-state-of-pooled-computing.pdf")
    assert from_llama(to_llama(document)) == document


def test_the_embedding_is_the_one_of_the_index(embedder: Embedder) -> None:
    assert PolicyEmbedding().get_query_embedding(QUESTION) == pytest.approx(
        embedder.embed_question(QUESTION).tolist(), abs=1e-3
    )


def test_retrieved_nodes_have_documents_and_offsets(sample: Index, embedder: Embedder) -> None:
    nodes = PinciteRetriever(sample, embedder, make_filters(kinds=("report",))).retrieve(QUESTION)
    table = next(node for node in nodes[:3] if "1,150" in node.get_content())
    assert table.metadata["document"] == "reports/MF-OBS-2025-1-state-of-pooled-computing.pdf"
    text = sample.document(table.metadata["document"]).text
    assert text[table.metadata["start"] : table.metadata["end"]] == table.get_content()


def test_source_nodes_are_the_citations(sample: Index, embedder: Embedder) -> None:
    response = PinciteQueryEngine(sample, embedder).query("When was the Meridian Forum founded?")
    assert "14 May 2023" in str(response)
    for source in response.source_nodes:
        place = slice(source.metadata["start"], source.metadata["end"])
        assert sample.document(source.metadata["document"]).text[place] == source.get_content()


def test_an_abstention_has_no_sources(sample: Index, embedder: Embedder) -> None:
    response = PinciteQueryEngine(sample, embedder).query("How do I bake sourdough bread?")
    assert response.source_nodes == []
    assert response.metadata["abstained"]


def test_the_example_in_the_readme_runs(sample_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    example = (
        readme.split("```python\n")[1]
        .split("```")[0]
        .replace("open_index()", f"open_index(Path({str(sample_folder)!r}))")
    )
    exec(example, {"Path": Path})  # noqa: S102  our own example
    assert "14 May 2023" in capsys.readouterr().out
