"""Answers a list of questions into a journal, and the journal into a file; what is answered is not asked again."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

from pincite.answer.batch import (
    Progress,
    Session,
    System,
    answer_question,
    borrow_index,
    code_digest,
    no_progress,
    open_session,
)
from pincite.briefing.book import Book
from pincite.briefing.journal import Journal, Settings, open_journal, unanswered
from pincite.briefing.questions.questions import Asked
from pincite.briefing.result import Library, Outcome
from pincite.briefing.writers.registry import Writer
from pincite.ingest.index.index import Index, open_index


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
    asked: Sequence[Asked], out: Path, title: str, system: System, progress: Progress = no_progress, *, write: Writer
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


def answer_into(journal: Journal, asked: Sequence[Asked], system: System, tell: Callable[[int], None]) -> None:
    """Ask questions, several at once where the model is a server's: one index for each worker, one embedder for all.

    A stop, by whatever comes, waits only for the questions that are being answered.
    """
    tell(0)
    if not asked:
        return
    workers = min(system.concurrency, len(asked))
    with open_session(system, workers) as session:
        task = partial(answer_one, journal, session)
        if workers == 1:
            for done, one in enumerate(asked, 1):
                task(one)
                tell(done)
        else:
            in_threads(task, asked, workers, tell)


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


def answer_one(journal: Journal, session: Session, asked: Asked) -> None:
    """Ask one question and journal the answer; one that fails is journaled with its reason."""
    with borrow_index(session) as index:
        record, _ = answer_question(session, index, asked.id, asked.question, asked.filters)
    journal.add(asked, record)
