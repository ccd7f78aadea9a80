"""What `pincite eval` does: answer gold questions, judge the answers, and write scores and reports to a folder."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pincite.answer.batch import Progress, System, no_progress
from pincite.eval.judging.citation_lookup import look_up, lookup_record
from pincite.eval.judging.gold import GoldQuestion, read_gold
from pincite.eval.judging.model_judge import judge_answers
from pincite.eval.judging.responses import RESPONSE, read_responses
from pincite.eval.metrics.trec import run_and_qrels, trec_qrels, trec_run
from pincite.eval.reports.html_report import report_html
from pincite.eval.reports.markdown_report import report_markdown
from pincite.eval.runs.answering import answer_all
from pincite.eval.runs.run_folder import (
    ANSWERS,
    GOLD,
    HTML,
    JUDGEMENTS,
    LOOKUPS,
    MARKDOWN,
    QRELS,
    RETRIEVAL,
    SCORES,
    SETTINGS,
    EvaluationRun,
    read_json,
    read_run,
    read_verdicts,
    run_record,
    write_gold,
    write_json,
)
from pincite.eval.runs.settings import FIXED, run_settings
from pincite.ingest.atomic_write import write_text
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import open_index
from pincite.ingest.jsonl import json_line


def evaluate(gold: Sequence[Path], out: Path, system: System, progress: Progress = no_progress) -> EvaluationRun:
    """Answer gold questions and judge the answers; answers already in `out` are kept.

    Raises BadInput if the gold cannot be read, or if `out` contains answers made with other settings.
    """
    questions = read_gold(*gold)
    with open_index(system.folder, server=system.server) as index:
        settings = run_settings(index, gold, questions, system.spec)
    begin(out, settings, questions)
    answer_all(out, questions, system, progress)
    return score(out)


def evaluate_answers(gold: Sequence[Path], out: Path, folder: Path, answers: Path) -> EvaluationRun:
    """Judge the answers of another system or a person; their citations are looked up in the library."""
    questions = read_gold(*gold)
    given = read_responses(answers)
    with open_index(folder) as index:
        llms = sorted({response.llm for response in given.values() if response.llm})
        begin(out, run_settings(index, gold, questions, ", ".join(llms) or answers.name), questions)
        responses = [given[question.id] for question in questions if question.id in given]
        lookups = [look_up(index, response, response.confidence) for response in responses]
    write_text(out / ANSWERS, (json_line(RESPONSE.dump_python(response, mode="json")) for response in responses))
    write_text(out / LOOKUPS, (json_line(lookup_record(one)) for one in lookups))
    return score(out)


def unused_folder(gold: Sequence[Path]) -> Path:
    """The default folder of a run, named by time and gold so that runs sort by time."""
    return Path("runs") / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}-{gold[0].stem}"


def judge_by_model(out: Path, spec: str, progress: Progress = no_progress) -> EvaluationRun:
    """Have a model judge the answers of a run as well."""
    judge_answers(out / JUDGEMENTS, read_verdicts(out), spec, progress)
    return score(out)


def begin(out: Path, settings: dict[str, Any], questions: Sequence[GoldQuestion]) -> None:
    """Create the folder of a run. Raises BadInput if it contains answers made with other settings."""
    out.mkdir(parents=True, exist_ok=True)
    if (out / SETTINGS).exists():
        before = read_json(out / SETTINGS)
        changed = [name for name in FIXED if before.get(name) != settings[name]]
        if changed:
            raise BadInput(f"{out} contains answers made with another {changed[0]}: choose another folder with --out.")
        settings = settings | {"started": before.get("started", settings["started"])}
    elif any(out.iterdir()):
        raise BadInput(f"{out} contains files but is not the folder of a run: choose another folder with --out.")
    write_gold(out / GOLD, questions)
    write_json(out / SETTINGS, settings)


def score(out: Path) -> EvaluationRun:
    """Judge the answers in a run's folder, without the library, and write scores and reports."""
    run = read_run(out)
    retrieved, relevant = run_and_qrels([one.verdict for one in run.scored])
    write_text(out / RETRIEVAL, trec_run(retrieved))
    write_text(out / QRELS, trec_qrels(relevant))
    write_json(out / SCORES, run_record(run))
    write_text(out / MARKDOWN, [report_markdown(run.scores, run.scored, run.settings)])
    write_text(out / HTML, [report_html(run.scores, run.scored, run.settings)])
    return run
