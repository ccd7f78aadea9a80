"""Answers many questions over one library, several at once, with a record for each, even one that fails."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from time import perf_counter
from typing import Any

from pincite.answer.draft.draft import Model
from pincite.answer.models.open_model import EXTRACT, open_llm
from pincite.answer.pipeline import Answer, OptionalModels, ask
from pincite.answer.query.filters import NO_FILTERS, Filters
from pincite.answer.retrieval.cross_encoder import open_reranker
from pincite.answer.schema import SCHEMA, answer_record
from pincite.answer.verification.entailment import open_entailment
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import PinciteError
from pincite.ingest.index.index import Index, open_index

SERVED = ("ollama:", "openai-like:")  # prefixes of SPECs of served models, which may answer several questions at once
STAGES = ("ingest", "answer")  # stages whose code affects answers

Progress = Callable[[int, int], None]  # (questions answered, questions in all)


def no_progress(_done: int, _of: int) -> None:
    """Ignores progress."""


@dataclass(frozen=True, slots=True)
class System:
    """What answers: an index, by folder and Chroma server, and the models; `whole`: long lists and provisions whole."""

    folder: Path
    server: str | None = None
    spec: str = EXTRACT
    workers: int = 1
    rerank: str | None = None
    entail: str | None = None
    whole: bool = False

    @property
    def concurrency(self) -> int:
        """How many questions may be answered at once."""
        return self.workers if self.spec.startswith(SERVED) else 1


@dataclass(frozen=True, slots=True)
class Session:
    """Open resources: one index for each concurrent question, and the models, shared; `whole` as in its System."""

    indexes: SimpleQueue[Index]
    embedder: Embedder
    model: Model | None
    optional: OptionalModels
    whole: bool = False


@contextmanager
def open_session(system: System, count: int) -> Iterator[Session]:
    """A session with `count` indexes. Raises what opening the index or a model raises."""
    with ExitStack() as stack:
        indexes = SimpleQueue[Index]()
        for _ in range(count):
            indexes.put(index := stack.enter_context(open_index(system.folder, server=system.server)))
        model, optional = open_models(system.spec, system.rerank, system.entail)
        yield Session(indexes, Embedder(index.settings.model), model, optional, system.whole)


def open_models(spec: str, rerank: str | None, entail: str | None) -> tuple[Model | None, OptionalModels]:
    """The models named: the one that writes, and the optional ones. Raises UnknownModel, ModelUnavailable."""
    model = None if spec == EXTRACT else Model(spec, open_llm(spec))
    reranker = open_reranker(rerank) if rerank else None
    return model, OptionalModels(reranker, open_entailment(entail) if entail else None)


@contextmanager
def borrow_index(session: Session) -> Iterator[Index]:
    """An index for exclusive use: its catalog connection must not serve two threads at once."""
    index = session.indexes.get()
    try:
        yield index
    finally:
        session.indexes.put(index)


def answer_question(
    session: Session, index: Index, identity: str, question: str, filters: Filters = NO_FILTERS
) -> tuple[dict[str, Any], Answer | None]:
    """The record of an answer, and the answer; for a question that fails, a record with the reason and None."""
    began = perf_counter()
    try:
        optional, whole = session.optional, session.whole
        answer = ask(index, session.embedder, question, filters, session.model, optional=optional, whole=whole)
    except Exception as error:  # noqa: BLE001  recorded, so that the other questions are still answered
        reason = str(error) if isinstance(error, PinciteError) else f"{type(error).__name__}: {error}"
        spec = session.model.spec if session.model else EXTRACT
        return failed_record(identity, question, reason, spec, index.id, perf_counter() - began), None
    return answer_record(answer, identity), answer


def failed_record(identity: str, question: str, reason: str, spec: str, index: str, seconds: float) -> dict[str, Any]:
    """The record of a question that failed: the contract's fields, and `failed`."""
    record = {"schema": SCHEMA, "id": identity, "question": question, "answer": "", "notes": [], "abstained": False}
    record |= {"reason": reason, "failed": True, "statements": [], "citations": [], "evidence": []}
    return record | {"llm": spec, "index": index, "seconds": {"total": round(seconds, 4)}}


@cache
def code_digest() -> str:
    """12 hex digits that identify the code of this process: other code may give other answers."""
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(path for stage in STAGES for path in (root / stage).rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]
