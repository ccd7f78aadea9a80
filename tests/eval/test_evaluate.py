import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pincite.answer import batch
from pincite.answer.batch import System
from pincite.answer.models import open_model as seam
from pincite.eval.judging.verdicts import AnswerOutcome
from pincite.eval.pipeline import evaluate, evaluate_answers, score
from pincite.eval.runs.run_folder import (
    ANSWERS,
    HTML,
    LOOKUPS,
    MARKDOWN,
    QRELS,
    RETRIEVAL,
    SCORES,
    SETTINGS,
    EvaluationRun,
    read_run,
)
from pincite.ingest.errors import BadInput, ModelUnavailable
from pincite.ingest.index.index import Index
from support.contract import ANSWER, fits
from support.scripted_llm import ScriptedLLM

FOUNDED = {
    "id": "founded",
    "question": "When was the Meridian Forum founded?",
    "answerable": True,
    "kind": "date",
    "nuggets": [{"any_of": ["2019", "2021", "2022"]}],
    "evidence": [{"document": "reports/MF-SEC-2025-3-clubs-and-forums.md", "quote": "the Forum was founded by states"}],
}
COD = {"id": "cod", "question": "Which quotas apply to cod?", "answerable": False, "kind": "unanswerable"}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return written(tmp_path / "gold.jsonl", [FOUNDED, COD])


def written(file: Path, lines: Sequence[Any]) -> Path:
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def answers_of(out: Path) -> list[Any]:
    return [json.loads(line) for line in (out / ANSWERS).read_text(encoding="utf-8").split("\n") if line]


def test_a_run_writes_all_its_files_and_answers_by_the_contract(
    gold: Path, sample_folder: Path, tmp_path: Path
) -> None:
    run = evaluate([gold], tmp_path / "run", System(sample_folder))
    names = {path.name for path in run.folder.iterdir()}
    assert names == {"gold.jsonl", ANSWERS, LOOKUPS, SETTINGS, SCORES, RETRIEVAL, QRELS, MARKDOWN, HTML}
    records = answers_of(run.folder)
    assert [record["id"] for record in records] == ["founded", "cod"]
    assert all(fits(record, ANSWER) for record in records)
    assert run.scores.measures["QuoteFidelity"].value == 1
    settings = json.loads((run.folder / SETTINGS).read_text(encoding="utf-8"))
    assert settings["llm"] == "extract"
    assert settings["gold"][0]["file"] == "gold.jsonl"
    assert set(settings["versions"]) >= {"pincite", "python", "chromadb"}


def test_the_folder_alone_gives_the_same_scores(gold: Path, sample_folder: Path, tmp_path: Path) -> None:
    run = evaluate([gold], tmp_path / "run", System(sample_folder))
    moved = run.folder.rename(tmp_path / "elsewhere")
    before = (moved / SCORES).read_bytes()
    (moved / SCORES).unlink()
    assert score(moved).scores == run.scores
    assert (moved / SCORES).read_bytes() == before


def test_an_interrupted_run_is_resumed(gold: Path, sample_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"

    def stop(done: int, _of: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate([gold], out, System(sample_folder), stop)
    first = (out / ANSWERS).read_text(encoding="utf-8")
    (out / ANSWERS).write_text(first + '{"id": "cod", "ans', encoding="utf-8")  # killed in the middle of a line
    reported: list[int] = []
    evaluate([gold], out, System(sample_folder), lambda done, _of: reported.append(done))
    assert reported == [1, 2]
    assert (out / ANSWERS).read_text(encoding="utf-8").startswith(first)


def test_the_folder_of_another_run_is_refused(gold: Path, sample_folder: Path, tmp_path: Path) -> None:
    evaluate([gold], tmp_path / "run", System(sample_folder))
    with pytest.raises(BadInput, match="another llm: choose another folder"):
        evaluate_answers([gold], tmp_path / "run", sample_folder, written(tmp_path / "a.jsonl", []))
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("Dear", encoding="utf-8")
    with pytest.raises(BadInput, match="but is not the folder of a run"):
        evaluate([gold], tmp_path / "letters", System(sample_folder))
    with pytest.raises(BadInput, match="not the folder of a run"):
        read_run(tmp_path / "letters")


class Breaking(ScriptedLLM):
    """Breaks down on every question."""

    def stream_chat(self, *_given: Any, **_options: Any) -> Any:
        raise ModelUnavailable("The model has gone.")


def opened(monkeypatch: pytest.MonkeyPatch, llm: ScriptedLLM) -> None:
    monkeypatch.setattr(batch, "open_llm", lambda _spec: llm)
    assert batch.open_llm is not seam.open_llm


def test_a_failed_question_is_recorded_and_asked_again(
    gold: Path, sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = System(sample_folder, spec="ollama:any", workers=2)
    opened(monkeypatch, Breaking(replies=[""]))
    run = evaluate([gold], tmp_path / "run", system)
    [founded, _cod] = answers_of(run.folder)
    assert (founded["failed"], founded["reason"], founded["answer"]) == (True, "The model has gone.", "")
    assert run.scores.outcomes[AnswerOutcome.NOTHING] == 1  # the other is abstained on without asking a model
    assert run.scores.measures["NuggetRecall"].value == 0
    opened(monkeypatch, ScriptedLLM(replies=["NOT IN THE DOCUMENTS"]))
    again = evaluate([gold], tmp_path / "run", system)
    assert again.scores.outcomes[AnswerOutcome.NOTHING] == 0


def test_answers_of_another_system_are_looked_up_in_the_library(
    gold: Path, sample: Index, sample_folder: Path, tmp_path: Path
) -> None:
    document = FOUNDED["evidence"][0]["document"]  # type: ignore[index]  a list of evidence
    verbatim = " ".join(sample.document(document).text.split()[40:60])
    citations = [{"document": document, "quote": quote} for quote in (verbatim, "words that are nowhere in it")]
    given = written(tmp_path / "answers.jsonl", [{"id": "founded", "answer": "In 2021.", "citations": citations}])
    run = evaluate_answers([gold], tmp_path / "run", sample_folder, given)
    founded, cod = (one.verdict for one in run.scored)
    assert [one.resolves for one in founded.citations] == [True, False]
    assert founded.outcome is AnswerOutcome.COMPLETE
    assert (cod.outcome, cod.response.reason) == (AnswerOutcome.NOTHING, "This question was not answered.")
    assert run.scores.measures["QuoteFidelity"].value is None  # no offsets
    assert run.scores.measures["RR@10"].value is None  # the retrieved texts are unknown


def test_unreadable_answers_are_reported_by_line(gold: Path, sample_folder: Path, tmp_path: Path) -> None:
    broken = written(tmp_path / "answers.jsonl", [{"id": "founded", "answer": "x"}, {"id": "cod"}])
    with pytest.raises(BadInput, match="line 2, field answer"):
        evaluate_answers([gold], tmp_path / "run", sample_folder, broken)
    twice = written(tmp_path / "twice.jsonl", [{"id": "cod", "answer": "x"}] * 2)
    with pytest.raises(BadInput, match="line 2, field id"):
        evaluate_answers([gold], tmp_path / "run", sample_folder, twice)


def test_a_quote_that_differs_from_its_offsets_does_not_resolve(
    gold: Path, sample_folder: Path, tmp_path: Path
) -> None:
    run = evaluate([gold], tmp_path / "run", System(sample_folder))
    lines = answers_of(run.folder)
    lines[0]["citations"][0]["quote"] += " and more"
    written(run.folder / ANSWERS, lines)
    changed = score(run.folder)
    assert not changed.scored[0].verdict.citations[0].resolves
    fidelity: EvaluationRun = changed
    assert (fidelity.scores.measures["QuoteFidelity"].value or 0) < 1
