"""The folder of a run: what stands in it, read and written. A run can be judged again from its folder alone.

::

    RUN/
    ├── gold.jsonl        the questions
    ├── answers.jsonl     an answer a line, by the contract
    ├── checks.jsonl      what stands in the library where each citation points
    ├── settings.json     with what the answers were made
    ├── judge.jsonl       what a model thinks of the answers, where one was asked
    ├── scores.json       the measures
    ├── retrieval.trec    what was retrieved, qrels.trec what of it is relevant
    └── report.html, report.md
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pincite.eval.judging.gold import GoldQuestion
from pincite.ingest.atomic_write import write_text
from pincite.ingest.errors import BadInput
from pincite.ingest.jsonl import json_line

GOLD = "gold.jsonl"
ANSWERS = "answers.jsonl"
CHECKS = "checks.jsonl"
SETTINGS = "settings.json"
JUDGE = "judge.jsonl"
SCORES = "scores.json"
RETRIEVAL = "retrieval.trec"
QRELS = "qrels.trec"
MARKDOWN = "report.md"
HTML = "report.html"


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write a JSON file for people to read, too."""
    write_text(path, [json.dumps(value, ensure_ascii=False, indent=2), "\n"])


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object of a run. Raises BadInput where it is missing or is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path.parent} is not the folder of a run: {path.name} cannot be read.") from error
    except ValueError as error:
        raise BadInput(f"{path} cannot be read as JSON: run pincite eval again with another --out.") from error
    if not isinstance(value, dict):
        raise BadInput(f"{path} holds no JSON object: run pincite eval again with another --out.")
    return value


def write_gold(path: Path, questions: Sequence[GoldQuestion]) -> None:
    """The questions of a run as gold."""
    write_text(path, (json_line(asdict(question)) for question in questions))
