"""Asks Pincite the gold questions and journals each answer, so that a run that was stopped goes on where it stood."""

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pincite.answer.batch import Desk, Progress, System, answered, borrowed, open_desk, silent
from pincite.eval.judging.answers import ANSWERED, read_answer
from pincite.eval.judging.citation_lookup import Check, check, check_record, read_check
from pincite.eval.runs.run_folder import ANSWERS, CHECKS
from pincite.eval.judging.gold import GoldQuestion
from pincite.ingest.atomic_write import write_text
from pincite.ingest.jsonl import append_line, whole_lines


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer as the contract has it, and what stands where its citations point."""

    record: dict[str, Any]
    check: Check


def answer_questions(questions: Sequence[GoldQuestion], system: System) -> Iterator[Asked]:
    """Answers in the questions' order. Several at once where the model is a server's; one index each, one embedder."""
    workers = system.at_once
    with open_desk(system, workers) as desk, ThreadPoolExecutor(workers) as pool:
        task = partial(answer_one, desk)
        yield from map(task, questions) if workers == 1 else pool.map(task, questions)


def answer_one(desk: Desk, question: GoldQuestion) -> Asked:
    """One answer; a question that fails is recorded as failed."""
    with borrowed(desk) as index:
        record, answer = answered(desk, index, question.id, question.question)
        if answer is None:
            return Asked(record, Check(question.id, ()))
        return Asked(record, check(index, ANSWERED.validate_python(record), answer.confidence))


def journal(out: Path, questions: Sequence[GoldQuestion], system: System, progress: Progress = silent) -> None:
    """Answer what is not answered yet in a run's folder; failed questions are asked again."""
    kept = kept_lines(out, questions)
    for name in (CHECKS, ANSWERS):
        write_text(out / name, (lines[name] for lines in kept.values()))
    left = [question for question in questions if question.id not in kept]
    progress(len(kept), len(questions))
    for done, asked in enumerate(answer_questions(left, system) if left else (), len(kept) + 1):
        append_line(out / CHECKS, check_record(asked.check))  # before the answer, which makes the pair count
        append_line(out / ANSWERS, asked.record)
        progress(done, len(questions))
    in_order(out, questions)


def kept_lines(out: Path, questions: Sequence[GoldQuestion]) -> dict[str, dict[str, str]]:
    """Lines of answers and checks by the question's id, of those answered before, not failed, and asked the same."""
    asked = {question.id: question.question for question in questions}
    checks = {read_check(line, str(out / CHECKS)).id: line for line in whole_lines(out / CHECKS)}
    answers = [(read_answer(line, str(out / ANSWERS)), line) for line in whole_lines(out / ANSWERS)]
    return {
        answered.id: {ANSWERS: line, CHECKS: checks[answered.id]}
        for answered, line in answers
        if not answered.failed and answered.id in checks and asked.get(answered.id) == answered.question
    }


def in_order(out: Path, questions: Iterable[GoldQuestion]) -> None:
    """Put a finished run's lines in the order of its questions, whatever order they were answered in."""
    order = {question.id: place for place, question in enumerate(questions)}
    for name in (ANSWERS, CHECKS):
        lines = {json.loads(line)["id"]: line for line in whole_lines(out / name)}
        write_text(out / name, (lines[key] for key in sorted(lines, key=order.__getitem__)))
