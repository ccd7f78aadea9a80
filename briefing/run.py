"""Answers questions into a journal, then writes the journal as a file; answered questions are not asked again."""

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
from pincite.briefing.book import BriefingBook
from pincite.briefing.journal import Journal, Settings, open_journal, unanswered
from pincite.briefing.questions.questions import BriefingQuestion
from pincite.briefing.result import MetadataByPath, QuestionOutcome
from pincite.briefing.writers.registry import Writer
from pincite.ingest.index.index import Index, open_index


@dataclass(frozen=True, slots=True)
class RunSummary:
    """Outcomes, documents cited, number of answers reused from the journal (`kept`), and failed questions with reasons.

    `anew`: whether the journal was made with other settings, so that all questions were asked again.
    """

    outcomes: Mapping[QuestionOutcome, int]
    cited: MetadataByPath
    kept: int
    failed: tuple[tuple[str, str], ...]
    anew: bool


def run(
    asked: Sequence[BriefingQuestion],
    out: Path,
    title: str,
    system: System,
    progress: Progress = no_progress,
    *,
    write: Writer,
) -> RunSummary:
    """Answer questions and write them to `out`. A question that fails is asked again in the next run.

    Raises BadInput while another run writes to the same file, and errors of opening the index or the model.
    """
    with open_index(system.folder, server=system.server) as index:
        settings, library = settings_of(index, system), {entry.path: entry.metadata for entry in index.entries}
    with open_journal(out, settings) as (journal, anew):
        left = unanswered(journal, asked)
        kept = sum(journal.has(one) for one in asked)
        answer_into(journal, left, system, partial(shifted_progress, progress, len(asked) - len(left), len(asked)))
        book = BriefingBook(title, journal.began, settings, tuple(asked), journal.record, library)
        write(book, out)
        failures = tuple((one.id, journal.record(one)["reason"]) for one in asked if not journal.has(one))
        return RunSummary(book.outcomes(), book.cited_documents(), kept, failures, anew)


def shifted_progress(progress: Progress, before: int, of: int, done: int) -> None:
    """Report progress including the answers of earlier runs."""
    progress(before + done, of)


def settings_of(index: Index, system: System) -> Settings:
    """The settings that answers depend on, including a digest of the code."""
    return {
        "index": index.id,
        "llm": system.spec,
        "rerank": system.rerank,
        "entail": system.entail,
        "whole": system.whole,
        "embedding": index.settings.model,
        "version": version("pincite"),
        "code": code_digest(),
    }


def answer_into(
    journal: Journal, asked: Sequence[BriefingQuestion], system: System, tell: Callable[[int], None]
) -> None:
    """Answer questions, several at once if a server runs the model; each worker has its own index.

    When a run is stopped, only the questions being answered are finished.
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
    task: Callable[[BriefingQuestion], None],
    asked: Sequence[BriefingQuestion],
    workers: int,
    tell: Callable[[int], None],
) -> None:
    """Run a task for each question in threads; when stopped, tasks not yet started are cancelled."""
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


def answer_one(journal: Journal, session: Session, asked: BriefingQuestion) -> None:
    """Answer one question and add the record to the journal; a failure is added with its reason."""
    with borrow_index(session) as index:
        record, _ = answer_question(session, index, asked.id, asked.question, asked.filters)
    journal.add(asked, record)
