"""Answers a list of questions into a journal, and the journal into a file; what is answered is not asked again."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from queue import SimpleQueue
from time import perf_counter
from typing import Any

from answer.ask import Aids, Model, ask
from answer.checks.entailment import open_entailment
from answer.llm import EXTRACT, open_llm
from answer.record import SCHEMA, answer_record
from answer.rerank import open_reranker
from briefing.answered import Library, Outcome
from briefing.book import Book
from briefing.journal import Journal, Settings, open_journal, unanswered
from briefing.questions import Asked
from briefing.writers import Writer
from ingest.embed import Embedder
from ingest.errors import PinciteError
from ingest.index import Index, open_index

SERVED = ("ollama:", "openai-like:")  # models that a server runs, which may take several questions at once
STAGES = ("ingest", "answer")  # whose code makes an answer

Progress = Callable[[int, int], None]  # told how many questions of how many are answered


def silent(_done: int, _of: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class System:
    """What is asked: an index, by its folder and the address of its Chroma server, and who writes the answers."""

    folder: Path
    server: str | None = None
    spec: str = EXTRACT
    rerank: str | None = None
    entail: str | None = None
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did: outcomes, documents cited, how many answers the journal held, which questions failed and why.

    `anew`: whether the journal was of other settings, so that all was asked again.
    """

    outcomes: Mapping[Outcome, int]
    cited: Library
    kept: int
    failed: tuple[tuple[str, str], ...]
    anew: bool


def run(
    asked: Sequence[Asked], out: Path, title: str, system: System, progress: Progress = silent, *, write: Writer
) -> Done:
    """Answer questions and write them. A question that fails is tried at the next run.

    Raises BadInput while another run writes to the same file, and what opening the index or the model raises.
    """
    with open_index(system.folder, server=system.server) as index:
        settings, library = settings_of(index, system), {entry.path: entry.metadata for entry in index.entries}
    with open_journal(out, settings) as (journal, anew):
        left = unanswered(journal, asked)
        kept = sum(journal.has(one) for one in asked)
        answer_into(journal, left, system, partial(told, progress, len(asked) - len(left), len(asked)))
        book = Book(title, journal.began, settings, tuple(asked), journal.record, library)
        write(book, out)
        failures = tuple((one.id, journal.record(one)["reason"]) for one in asked if not journal.has(one))
        return Done(book.outcomes(), book.cited(), kept, failures, anew)


def told(progress: Progress, before: int, of: int, done: int) -> None:
    """Tell how far a run is, with what was answered before it."""
    progress(before + done, of)


def settings_of(index: Index, system: System) -> Settings:
    """With what answers are made: another index, model or state of the code may give others."""
    return {
        "index": index.id,
        "llm": system.spec,
        "rerank": system.rerank,
        "entail": system.entail,
        "embedding": index.settings.model,
        "version": version("pincite"),
        "code": code_digest(),
    }


@cache
def code_digest() -> str:
    """12 hex digits that stand for the code that answers, as this process has it."""
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(path for stage in STAGES for path in (root / stage).rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def answer_into(journal: Journal, asked: Sequence[Asked], system: System, tell: Callable[[int], None]) -> None:
    """Ask questions, several at once where the model is a server's: one index for each worker, one embedder for all.

    A stop, by whatever comes, waits only for the questions that are being answered.
    """
    tell(0)
    if not asked:
        return
    workers = min(system.workers, len(asked)) if system.spec.startswith(SERVED) else 1
    with ExitStack() as stack:
        indexes = SimpleQueue[Index]()
        for _ in range(workers):
            indexes.put(index := stack.enter_context(open_index(system.folder, server=system.server)))
        task = partial(answer_one, journal, indexes, *open_models(index, system))
        if workers == 1:
            for done, one in enumerate(asked, 1):
                task(one)
                tell(done)
        else:
            in_threads(task, asked, workers, tell)


def open_models(index: Index, system: System) -> tuple[Embedder, Model | None, Aids]:
    """What answers are made with besides an index."""
    model = None if system.spec == EXTRACT else Model(system.spec, open_llm(system.spec))
    reranker = open_reranker(system.rerank) if system.rerank else None
    entailment = open_entailment(system.entail) if system.entail else None
    return Embedder(index.settings.model), model, Aids(reranker, entailment)


def in_threads(
    task: Callable[[Asked], None], asked: Sequence[Asked], workers: int, tell: Callable[[int], None]
) -> None:
    """Do a task for each question in threads; where it is stopped, what was not begun is dropped."""
    pool = ThreadPoolExecutor(workers)
    try:
        waiting: set[Future[None]] = {pool.submit(task, one) for one in asked}
        while waiting:
            finished, waiting = wait(waiting, return_when="FIRST_COMPLETED")
            for one in finished:
                one.result()
            tell(len(asked) - len(waiting))
    finally:
        pool.shutdown(cancel_futures=True)


def answer_one(
    journal: Journal, indexes: SimpleQueue[Index], embedder: Embedder, model: Model | None, aids: Aids, asked: Asked
) -> None:
    """Ask one question and journal the answer; one that fails is journaled with its reason."""
    began = perf_counter()
    with borrowed(indexes) as index:
        try:
            answer = ask(index, embedder, asked.question, asked.filters, model, aids=aids)
            record = answer_record(answer, asked.id)
        except Exception as error:  # noqa: BLE001  whatever it is, it is recorded, and the other questions are asked
            reason = str(error) if isinstance(error, PinciteError) else f"{type(error).__name__}: {error}"
            record = failed(asked, reason, model, index.id, perf_counter() - began)
    journal.add(asked, record)


@contextmanager
def borrowed(indexes: SimpleQueue[Index]) -> Iterator[Index]:
    """An index that nobody else uses meanwhile: a connection to its catalog must not serve two threads at once."""
    index = indexes.get()
    try:
        yield index
    finally:
        indexes.put(index)


def failed(asked: Asked, reason: str, model: Model | None, index: str, seconds: float) -> dict[str, Any]:
    """A question that could not be answered: the contract's fields, and `failed`."""
    record = {"schema": SCHEMA, "id": asked.id, "question": asked.question, "answer": "", "abstained": False}
    record |= {"reason": reason, "failed": True, "statements": [], "citations": [], "evidence": [], "notes": []}
    spec = model.spec if model else EXTRACT
    return record | {"llm": spec, "index": index, "seconds": {"total": round(seconds, 4)}}
