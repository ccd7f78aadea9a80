"""The Evaluation page as Streamlit runs it, without a browser: gold asked and kept, runs read, compared and refused."""

import html
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from pincite.answer.batch import System
from pincite.eval.metrics.formatting import format_value
from pincite.eval.pipeline import evaluate
from pincite.eval.runs.run_folder import read_run
from pincite.ingest.errors import BadInput
from pincite.ui.pages.evaluation import keep_gold
from support.paged import finished, opened, press, shown

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "eval" / "gold" / "sample.jsonl"


def evaluation(folder: "Path", runs: "Path") -> None:
    from pincite.ui.pages.evaluation import evaluation_page  # noqa: PLC0415  see opened

    evaluation_page(folder, None, runs)


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture(scope="module")
def runs(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs over four questions."""
    folder = tmp_path_factory.mktemp("evaluated")
    few = folder / "few.jsonl"
    few.write_text("".join(GOLD.read_text(encoding="utf-8").splitlines(keepends=True)[:4]), encoding="utf-8")
    for name in ("first", "second"):
        evaluate([few], folder / "runs" / name, System(sample_folder))
    return folder / "runs"


def test_runs_are_listed_with_figures_and_failures(sample_folder: Path, runs: Path) -> None:
    app = opened(evaluation, sample_folder, runs)
    table = app.dataframe[-1].value
    assert list(table["Run"]) == ["second", "first"]
    scores = read_run(runs / "second").scores
    assert table["Score"][0] == pytest.approx(scores.measures["Score"].value, abs=1e-4)
    assert f">{html.escape(format_value('Score', scores.measures['Score'].value))}</p>" in shown(app)
    assert "95 %:" in shown(app)
    assert any(caption.value.endswith("of 4 questions") for caption in app.caption)


def test_two_runs_are_compared(sample_folder: Path, runs: Path) -> None:
    app = opened(evaluation, sample_folder, runs)
    app.selectbox("compared-second").select("first").run()
    assert not app.exception
    table = next(one.value for one in app.dataframe if "Measure" in one.value.columns)
    assert {"Measure", "Before", "After", "p"} <= set(table.columns)
    assert set(table.set_index("Measure").loc[["Score", "QuoteFidelity"], "Verdict"]) == {"no clear change"}


def test_own_gold_is_kept_and_asked(sample_folder: Path, tmp_path: Path) -> None:
    app = opened(evaluation, sample_folder, tmp_path / "runs")
    lines = GOLD.read_bytes().splitlines(keepends=True)[:3]
    own = sample_folder.parent / "gold"
    app.file_uploader[0].set_value(("mine.jsonl", b"".join(lines), "text/plain")).run()
    assert app.selectbox("gold").value == own / "mine.jsonl"
    press(app, "Run")
    app = finished(app, "evaluation-job")
    assert not app.error
    assert list(app.dataframe[-1].value["Questions"]) == [3]
    (own / "mine.jsonl").unlink()


def test_bad_gold_is_refused_and_not_kept(tmp_path: Path) -> None:
    for content in (b"\xff", b"no json\n", json.dumps({"id": 1}).encode()):
        with pytest.raises(BadInput):
            keep_gold(tmp_path, "../mine.txt", content)
    assert list(tmp_path.iterdir()) == []


def test_without_a_library_a_sentence_says_so(tmp_path: Path) -> None:
    app = opened(evaluation, tmp_path / "none", tmp_path / "runs")
    assert "There is no run in" in app.markdown[-1].value
