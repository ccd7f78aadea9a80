"""A run: answers to gold questions, judged, in a folder. What `pincite eval` does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pincite.answer.batch import Progress, System, silent
from pincite.eval.runs.answering import journal
from pincite.eval.judging.answers import ANSWERED, Answered, read_answers
from pincite.eval.judging.citation_lookup import Check, check, check_record, read_checks, resolved
from pincite.eval.runs.run_folder import ANSWERS, CHECKS, GOLD, HTML, MARKDOWN, QRELS, RETRIEVAL, SCORES, SETTINGS, read_json, write_gold, write_json
from pincite.eval.judging.model_judge import Agreement, agreements, agreements_record, judge_answers, read_judgements
from pincite.eval.judging.gold import GoldQuestion, read_gold
from pincite.eval.metrics.trec import ranking, trec_qrels, trec_run
from pincite.eval.reports.html_report import report_html
from pincite.eval.reports.markdown_report import report_markdown
from pincite.eval.metrics.scores import Scored, Scores, score_all, scores_record, summarise
from pincite.eval.runs.settings import BOUND, settings_of
from pincite.eval.judging.verdicts import Verdict, judge
from pincite.ingest.atomic_write import write_text
from pincite.ingest.jsonl import json_line
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import open_index

NO_ANSWER = Answered(id="", answer="", failed=True, reason="No answer to this question was given.")


@dataclass(frozen=True, slots=True)
class Run:
    """A judged run: its settings, every question with its parts of the measures, and the scores over all.

    `agreements`: how far a model that also judged agrees with the measures; empty where none was asked.
    """

    folder: Path
    settings: dict[str, Any]
    scored: list[Scored]
    scores: Scores
    agreements: dict[str, Agreement]


def evaluate(gold: Sequence[Path], out: Path, system: System, progress: Progress = silent) -> Run:
    """Answer gold questions and judge the answers; what `out` holds already is kept.

    Raises BadInput for gold that cannot be read, and when `out` holds answers made otherwise.
    """
    questions = read_gold(*gold)
    with open_index(system.folder, server=system.server) as index:
        settings = settings_of(index, gold, questions, system.spec)
    begin(out, settings, questions)
    journal(out, questions, system, progress)
    return score(out)


def evaluate_answers(gold: Sequence[Path], out: Path, folder: Path, answers: Path) -> Run:
    """Judge answers that another system, or a person, gave; their citations are looked up in the library."""
    questions = read_gold(*gold)
    given = read_answers(answers)
    with open_index(folder) as index:
        llms = sorted({answered.llm for answered in given.values() if answered.llm})
        begin(out, settings_of(index, gold, questions, ", ".join(llms) or answers.name), questions)
        chosen = [given[question.id] for question in questions if question.id in given]
        checks = [check(index, answered, answered.confidence) for answered in chosen]
    write_text(out / ANSWERS, (json_line(ANSWERED.dump_python(answered, mode="json")) for answered in chosen))
    write_text(out / CHECKS, (json_line(check_record(one)) for one in checks))
    return score(out)


def unused_folder(gold: Sequence[Path]) -> Path:
    """A folder for a run that nobody named: by gold and time, so that runs stand in their order."""
    return Path("runs") / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}-{gold[0].stem}"


def judge_by_model(out: Path, spec: str, progress: Progress = silent) -> Run:
    """Let a model judge the answers of a run, too."""
    judge_answers(out, [one.verdict for one in read_run(out).scored], spec, progress)
    return score(out)


def begin(out: Path, settings: dict[str, Any], questions: Sequence[GoldQuestion]) -> None:
    """Make the folder of a run. Raises BadInput when it holds answers made with other settings."""
    out.mkdir(parents=True, exist_ok=True)
    if (out / SETTINGS).exists():
        before = read_json(out / SETTINGS)
        changed = [name for name in BOUND if before.get(name) != settings[name]]
        if changed:
            raise BadInput(f"{out} holds answers made with another {changed[0]}: choose another folder with --out.")
        settings = settings | {"started": before.get("started", settings["started"])}
    elif any(out.iterdir()):
        raise BadInput(f"{out} holds files that are no run: choose another folder with --out.")
    write_gold(out / GOLD, questions)
    write_json(out / SETTINGS, settings)


def score(out: Path) -> Run:
    """Judge what a run's folder holds, without the library, and write scores and reports into it."""
    run = read_run(out)
    retrieved, relevant = ranking([one.verdict for one in run.scored])
    write_text(out / RETRIEVAL, trec_run(retrieved))
    write_text(out / QRELS, trec_qrels(relevant))
    write_json(out / SCORES, run_record(run))
    write_text(out / MARKDOWN, [report_markdown(run.scores, run.scored, run.settings)])
    write_text(out / HTML, [report_html(run.scores, run.scored, run.settings)])
    return run


def read_run(out: Path) -> Run:
    """A run as its folder has it, judged anew, nothing written. Raises BadInput where the folder is none."""
    settings = read_json(out / SETTINGS)
    scored = judged(out, settings.get("document_kinds", {}))
    agreed = agreements([one.verdict for one in scored], read_judgements(out))
    return Run(out, settings, scored, summarise(scored), agreed)


def run_record(run: Run) -> dict[str, Any]:
    """The scores of a run as JSON, with what a model that also judged thinks of them."""
    return {**scores_record(run.scores), "judge": agreements_record(run.agreements)}


def judged(out: Path, document_kinds: Mapping[str, str]) -> list[Scored]:
    """Every question of a run with what is found of its answer; one without an answer counts as failed."""
    questions, answers, checks = read_gold(out / GOLD), read_answers(out / ANSWERS), read_checks(out / CHECKS)
    verdicts = [
        verdict_of(question, answers.get(question.id, NO_ANSWER), checks.get(question.id)) for question in questions
    ]
    return score_all(verdicts, document_kinds)


def verdict_of(question: GoldQuestion, answered: Answered, looked_up: Check | None) -> Verdict:
    """What is found of one answer."""
    if answered.confidence is None and looked_up:
        answered = replace(answered, confidence=looked_up.confidence)
    return judge(question, answered, resolved(answered, looked_up))
