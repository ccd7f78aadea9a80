"""Asks Pincite the gold questions and appends each answer to a file, so that an interrupted run can be resumed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pincite.answer.batch import Progress, Session, System, answer_question, borrow_index, no_progress, open_session
from pincite.eval.judging.citation_lookup import CitationLookup, look_up, lookup_record, read_lookup
from pincite.eval.judging.gold import GoldQuestion
from pincite.eval.judging.responses import RESPONSE, read_response
from pincite.eval.runs.run_folder import ANSWERS, LOOKUPS
from pincite.ingest.atomic_write import write_text
from pincite.ingest.jsonl import append_line, whole_lines


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """An answer as JSON, and what its citations point to."""

    record: dict[str, Any]
    lookup: CitationLookup


def answer_all(out: Path, questions: Sequence[GoldQuestion], system: System, progress: Progress = no_progress) -> None:
    """Answer the questions that a run's folder has no answer to; failed ones are asked again."""
    finished = finished_lines(out, questions)
    for name in (LOOKUPS, ANSWERS):
        write_text(out / name, (lines[name] for lines in finished.values()))
    remaining = [question for question in questions if question.id not in finished]
    progress(len(finished), len(questions))
    for done, answer in enumerate(answer_questions(remaining, system) if remaining else (), len(finished) + 1):
        append_line(out / LOOKUPS, lookup_record(answer.lookup))  # first: an answer without a lookup is asked again
        append_line(out / ANSWERS, answer.record)
        progress(done, len(questions))
    sort_lines(out, questions)


def answer_questions(questions: Sequence[GoldQuestion], system: System) -> Iterator[RecordedAnswer]:
    """Answers in the order of the questions, several at once if a server runs the model."""
    workers = system.concurrency
    with open_session(system, workers) as session, ThreadPoolExecutor(workers) as pool:
        task = partial(answer_one, session)
        yield from map(task, questions) if workers == 1 else pool.map(task, questions)


def answer_one(session: Session, question: GoldQuestion) -> RecordedAnswer:
    """One answer; a question that fails is recorded as failed."""
    with borrow_index(session) as index:
        record, answer = answer_question(session, index, question.id, question.question)
        if answer is None:
            return RecordedAnswer(record, CitationLookup(question.id, ()))
        return RecordedAnswer(record, look_up(index, RESPONSE.validate_python(record), answer.confidence))


def finished_lines(out: Path, questions: Sequence[GoldQuestion]) -> dict[str, dict[str, str]]:
    """The lines of earlier answers and lookups by question id: not failed, and to the same question."""
    texts = {question.id: question.question for question in questions}
    lookups = {read_lookup(line, str(out / LOOKUPS)).id: line for line in whole_lines(out / LOOKUPS)}
    answers = [(read_response(line, str(out / ANSWERS)), line) for line in whole_lines(out / ANSWERS)]
    return {
        response.id: {ANSWERS: line, LOOKUPS: lookups[response.id]}
        for response, line in answers
        if not response.failed and response.id in lookups and texts.get(response.id) == response.question
    }


def sort_lines(out: Path, questions: Iterable[GoldQuestion]) -> None:
    """Sort the lines of a finished run by the order of its questions."""
    order = {question.id: place for place, question in enumerate(questions)}
    for name in (ANSWERS, LOOKUPS):
        lines = {json.loads(line)["id"]: line for line in whole_lines(out / name)}
        write_text(out / name, (lines[key] for key in sorted(lines, key=order.__getitem__)))
