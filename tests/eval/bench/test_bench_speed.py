from pathlib import Path

import numpy as np
import pytest

from pincite.answer.query.filters import NO_FILTERS, admitted_documents
from pincite.eval.bench.retrieval.search_speed import (
    agreement,
    build,
    measure,
    measure_llama_index,
    nearest_by_catalog,
    selections,
)
from pincite.eval.bench.retrieval.synthetic_library import PASSAGES_PER_DOCUMENT, RandomLibrary, draw_questions
from pincite.ingest.index.index import open_index

PASSAGES = 310


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("speed") / "index"
    assert set(build(folder, PASSAGES)) == {"catalog", "words", "vectors"}
    return folder


def test_a_library_has_the_requested_size_and_is_sound(folder: Path) -> None:
    with open_index(folder) as index:
        assert index.inconsistencies() == []
        assert index.catalog.count_passages() == PASSAGES
        assert len(index.entries) == -(-PASSAGES // PASSAGES_PER_DOCUMENT)
        stored = index.catalog.passages([1, PASSAGES])
        document = index.document(stored[0].passage.document)
        assert document.text[stored[0].passage.start : stored[0].passage.end] == stored[0].passage.text
        assert np.linalg.norm(stored[1].vector) == pytest.approx(1.0, abs=1e-5)


def test_the_same_size_gives_the_same_library_and_questions() -> None:
    one, two = RandomLibrary(500), RandomLibrary(500)
    assert (one.text(), one.vectors(2).tolist()) == (two.text(), two.vectors(2).tolist())
    questions = draw_questions(500, 3)
    assert questions.keys() == draw_questions(500, 3).keys()
    assert all(set(question.split()) <= set(one.words.tolist()) for question in questions)
    assert all((one.centres @ vector).max() > 0.7 for vector in questions.values())


def test_words_have_a_natural_frequency_distribution() -> None:
    source = RandomLibrary(100)
    words = " ".join(source.text() for _ in range(200)).split()
    assert 80 < len(words) / 200 < 140
    assert words.count(source.words[0]) > 5 * words.count(source.words[20]) > 0


def test_selections_have_their_sizes(folder: Path) -> None:
    with open_index(folder) as index:
        sizes = {name: admitted_documents(index, filters) for name, filters in selections(index).items()}
    assert sizes.pop("no filter") is None
    assert [len(numbers or []) for numbers in sizes.values()] == [6, 3, 1, 1]


def test_agreement_is_with_the_vectors_of_the_catalog(folder: Path) -> None:
    vectors = np.stack(list(draw_questions(PASSAGES, 4).values()))
    with open_index(folder) as index:
        stored = index.catalog.passages(range(1, PASSAGES + 1))
        cosines = np.stack([one.vector for one in stored]) @ vectors[2]
        assert nearest_by_catalog(index, vectors, None, 10)[2] == (np.argsort(-cosines)[:10] + 1).tolist()
        assert agreement(index, vectors, NO_FILTERS) == 1
        index.vectors.remove(nearest_by_catalog(index, vectors, None, 10)[2])
        assert agreement(index, vectors, NO_FILTERS) < 0.9


def test_the_report_has_a_line_per_measure(tmp_path: Path) -> None:
    build(tmp_path / "index", 130)
    lines = list(measure(tmp_path / "index", 130, 2))
    assert [line.split()[0] for line in lines[-4:]] == ["vectors", "words", "retrieve", "agreement"]
    assert lines[-1].split()[2:] == ["100.0%"] * 5
    peer = list(measure_llama_index(tmp_path / "index", 130, 2))
    assert "SimpleVectorStore" in peer[0]
    assert float(peer[1].split()[2]) > 0
