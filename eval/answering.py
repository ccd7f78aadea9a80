"""Asks Pincite the gold questions and journals each answer, so that a run that was stopped goes on where it stood."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from time import perf_counter
from typing import Any

from answer.ask import Model, ask
from answer.llm import EXTRACT, open_llm
from answer.record import SCHEMA, answer_record
from eval.answers import ANSWERED, read_answer
from eval.checks import Check, check, check_record, read_check
from eval.folder import ANSWERS, CHECKS, append_line, whole_lines
from eval.questions import GoldQuestion
from ingest.aside import write_text
from ingest.embed import Embedder
from ingest.errors import PinciteError
from ingest.index import Index, open_index

SERVED = ("ollama:", "openai-like:")  # models that a server runs, which may take several questions at once

Progress = Callable[[int, int], None]  # told how many questions of how many are answered


def silent(_done: int, _of: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class System:
    """What is asked: an index, by its folder and the address of its Chroma server, and who writes the answers."""

    folder: Path
    server: str | None = None
    spec: str = EXTRACT
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer as the contract has it, and what stands where its citations point."""

    record: dict[str, Any]
    check: Check


def answer_questions(questions: Sequence[GoldQuestion], system: System) -> Iterator[Asked]:
    """Answers in the questions' order. Several at once where the model is a server's; one index each, one embedder."""
    workers = system.workers if system.spec.startswith(SERVED) else 1
    with ExitStack() as stack, ThreadPoolExecutor(workers) as pool:
        indexes = SimpleQueue[Index]()
        for _ in range(workers):
            indexes.put(index := stack.enter_context(open_index(system.folder, server=system.server)))
        embedder = Embedder(index.settings.model)
        model = None if system.spec == EXTRACT else Model(system.spec, open_llm(system.spec))
        task = partial(answer_one, indexes, embedder, model)
        yield from map(task, questions) if workers == 1 else pool.map(task, questions)


def answer_one(indexes: SimpleQueue[Index], embedder: Embedder, model: Model | None, question: GoldQuestion) -> Asked:
    """One answer; a question that fails is recorded as failed."""
    with borrowed(indexes) as index:
        began = perf_counter()
        try:
            answer = ask(index, embedder, question.question, model=model)
        except Exception as error:  # noqa: BLE001  whatever it is, it is recorded, and the other questions are asked
            reason = str(error) if isinstance(error, PinciteError) else f"{type(error).__name__}: {error}"
            spec = model.spec if model else EXTRACT
            return failed(question, reason, spec, index.id, perf_counter() - began)
        record = answer_record(answer, question.id)
        return Asked(record, check(index, ANSWERED.validate_python(record), answer.confidence))


@contextmanager
def borrowed(indexes: SimpleQueue[Index]) -> Iterator[Index]:
    """An index that nobody else uses meanwhile: a connection to its catalog must not serve two threads at once."""
    index = indexes.get()
    try:
        yield index
    finally:
        indexes.put(index)


def failed(question: GoldQuestion, reason: str, spec: str, index: str, seconds: float) -> Asked:
    """A question that could not be answered: the contract's fields, and `failed`."""
    record = {"schema": SCHEMA, "id": question.id, "question": question.question, "answer": "", "abstained": False}
    record |= {"reason": reason, "failed": True, "statements": [], "citations": [], "evidence": []}
    record |= {"llm": spec, "index": index, "seconds": {"total": round(seconds, 4)}}
    return Asked(record, Check(question.id, ()))


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
