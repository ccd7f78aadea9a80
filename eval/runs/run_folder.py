"""The folder of a run: its files, and the run read back and judged from them alone.

::

    RUN/
    ├── gold.jsonl        the questions
    ├── answers.jsonl     one answer per line, in the format of `pincite ask --json`
    ├── checks.jsonl      the text of the library that each citation points to
    ├── settings.json     the settings that produced the answers
    ├── judge.jsonl       judgements of a model, if one was asked
    ├── scores.json       the measures
    ├── retrieval.trec    the retrieved passages; qrels.trec: the relevant ones
    └── report.html, report.md
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pincite.eval.judging.citation_lookup import CitationLookup, read_lookups, resolved_citations
from pincite.eval.judging.gold import GoldQuestion, read_gold
from pincite.eval.judging.model_judge import Agreement, agreements, agreements_record, read_judgements
from pincite.eval.judging.responses import SystemResponse, read_responses
from pincite.eval.judging.verdicts import Verdict, judge
from pincite.eval.metrics.scores import ScoredQuestion, Scores, score_all, scores_record, summarise
from pincite.ingest.atomic_write import write_text
from pincite.ingest.errors import BadInput
from pincite.ingest.jsonl import json_line

GOLD = "gold.jsonl"
ANSWERS = "answers.jsonl"
LOOKUPS = "checks.jsonl"
SETTINGS = "settings.json"
JUDGEMENTS = "judge.jsonl"
SCORES = "scores.json"
RETRIEVAL = "retrieval.trec"
QRELS = "qrels.trec"
MARKDOWN = "report.md"
HTML = "report.html"

NO_ANSWER = SystemResponse(id="", answer="", failed=True, reason="This question was not answered.")


@dataclass(frozen=True, slots=True)
class EvaluationRun:
    """A judged run: its settings, each question with its parts of the measures, and the scores.

    `agreements`: how far a model that also judged agrees with the measures; empty if none did.
    """

    folder: Path
    settings: dict[str, Any]
    scored: list[ScoredQuestion]
    scores: Scores
    agreements: dict[str, Agreement]


def read_run(folder: Path) -> EvaluationRun:
    """Read a run and judge it; writes nothing. Raises BadInput if the folder is not one of a run."""
    settings = read_json(folder / SETTINGS)
    verdicts = read_verdicts(folder)
    scored = score_all(verdicts, settings.get("document_kinds", {}))
    agreed = agreements(verdicts, read_judgements(folder / JUDGEMENTS))
    return EvaluationRun(folder, settings, scored, summarise(scored), agreed)


def read_verdicts(folder: Path) -> list[Verdict]:
    """The verdict on each question of a run; a question without an answer counts as failed."""
    questions, responses = read_gold(folder / GOLD), read_responses(folder / ANSWERS)
    lookups = read_lookups(folder / LOOKUPS)
    return [verdict_on(one, responses.get(one.id, NO_ANSWER), lookups.get(one.id)) for one in questions]


def verdict_on(question: GoldQuestion, response: SystemResponse, lookup: CitationLookup | None) -> Verdict:
    """The verdict on one response."""
    if response.confidence is None and lookup:
        response = replace(response, confidence=lookup.confidence)
    return judge(question, response, resolved_citations(response, lookup))


def run_record(run: EvaluationRun) -> dict[str, Any]:
    """The scores of a run as JSON, with the agreement of a model that also judged."""
    return {**scores_record(run.scores), "judge": agreements_record(run.agreements)}


def write_gold(path: Path, questions: Sequence[GoldQuestion]) -> None:
    """Write gold questions to a file."""
    write_text(path, (json_line(asdict(question)) for question in questions))


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write an indented JSON file."""
    write_text(path, [json.dumps(value, ensure_ascii=False, indent=2), "\n"])


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a run's folder. Raises BadInput if the file is missing or something else."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path.parent} is not the folder of a run: {path.name} cannot be read.") from error
    except ValueError as error:
        raise BadInput(f"{path} cannot be read as JSON: run pincite eval again with another --out.") from error
    if not isinstance(value, dict):
        raise BadInput(f"{path} is not a JSON object: run pincite eval again with another --out.")
    return value
