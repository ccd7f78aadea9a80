import shutil
from pathlib import Path

import pytest

from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.embedding.weights import DEFAULT_MODEL, MULTILINGUAL
from pincite.ingest.errors import ForeignIndex, ModelUnavailable
from pincite.ingest.index.index import IndexSettings, open_index
from pincite.ingest.pipeline import ingest

QUESTION = "How many accelerators does the Facility have?"


@pytest.fixture
def copy(sample_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_folder, tmp_path / "index"))


def test_an_index_is_embedded_again_by_another_model(corpus: Path, copy: Path) -> None:
    with open_index(copy) as index:
        before = index.catalog.passage_numbers()
    summary = ingest([corpus], copy, settings=IndexSettings(MULTILINGUAL))
    assert (summary.unchanged, summary.updated, summary.passages) == (12, 0, len(before))
    with open_index(copy) as index:
        assert index.settings.model == MULTILINGUAL
        assert index.catalog.passage_numbers().min() > before.max()
        assert index.inconsistencies() == []
        vector = Embedder(MULTILINGUAL).embed_question(QUESTION)
        [(number, cosine)] = index.vectors.search(vector, 1)
        assert cosine == pytest.approx(float(index.passages([number])[0].vector @ vector), abs=1e-3)
        assert "accelerators" in index.passages([number])[0].passage.text


def test_the_model_stays_where_none_is_asked_for(corpus: Path, copy: Path) -> None:
    ingest([corpus / "articles"], copy, settings=IndexSettings(MULTILINGUAL))
    ingest([corpus / "articles"], copy)
    with open_index(copy) as index:
        assert index.settings.model == MULTILINGUAL


def test_a_model_that_is_missing_changes_nothing(corpus: Path, copy: Path) -> None:
    with pytest.raises(ModelUnavailable, match="No embedding model in nowhere"):
        ingest([corpus], copy, settings=IndexSettings("nowhere"))
    with open_index(copy) as index:
        assert index.settings.model == DEFAULT_MODEL


def test_an_index_of_another_model_is_not_taken_for_one_of_this(copy: Path) -> None:
    asked = IndexSettings(MULTILINGUAL)
    with pytest.raises(ForeignIndex, match=f"model {DEFAULT_MODEL}, not {MULTILINGUAL}"), open_index(copy, asked):
        pass
