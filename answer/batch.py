"""Many questions asked of one library: with what, by how many at once, and a record for each, also where one fails."""

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

SERVED = ("ollama:", "openai-like:")  # models that a server runs, which may take several questions at once
STAGES = ("ingest", "answer")  # whose code makes an answer

Progress = Callable[[int, int], None]  # told how many questions of how many are answered


def no_progress(_done: int, _of: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class System:
    """What is asked: an index, by its folder and the address of its Chroma server, and who writes the answers."""

    folder: Path
    server: str | None = None
    spec: str = EXTRACT
    workers: int = 1
    rerank: str | None = None
    entail: str | None = None

    @property
    def concurrency(self) -> int:
        """How many questions may be asked at once."""
        return self.workers if self.spec.startswith(SERVED) else 1


@dataclass(frozen=True, slots=True)
class Session:
    """Where questions are answered: an index for each that is asked at once, and the models, which all share."""

    indexes: SimpleQueue[Index]
    embedder: Embedder
    model: Model | None
    optional: OptionalModels


@contextmanager
def open_session(system: System, count: int) -> Iterator[Session]:
    """A session at which so many are answered at once. Raises what opening the index or a model raises."""
    with ExitStack() as stack:
        indexes = SimpleQueue[Index]()
        for _ in range(count):
            indexes.put(index := stack.enter_context(open_index(system.folder, server=system.server)))
        model, optional = open_models(system.spec, system.rerank, system.entail)
        yield Session(indexes, Embedder(index.settings.model), model, optional)


def open_models(spec: str, rerank: str | None, entail: str | None) -> tuple[Model | None, OptionalModels]:
    """The models that are named: who writes, and those that may help. Raises UnknownModel, ModelUnavailable."""
    model = None if spec == EXTRACT else Model(spec, open_llm(spec))
    reranker = open_reranker(rerank) if rerank else None
    return model, OptionalModels(reranker, open_entailment(entail) if entail else None)


@contextmanager
def borrow_index(session: Session) -> Iterator[Index]:
    """An index that nobody else uses meanwhile: a connection to its catalog must not serve two threads at once."""
    index = session.indexes.get()
    try:
        yield index
    finally:
        session.indexes.put(index)


def answer_question(
    session: Session, index: Index, identity: str, question: str, filters: Filters = NO_FILTERS
) -> tuple[dict[str, Any], Answer | None]:
    """The record of an answer, and the answer; of a question that fails the record alone, with its reason."""
    began = perf_counter()
    try:
        answer = ask(index, session.embedder, question, filters, session.model, optional=session.optional)
    except Exception as error:  # noqa: BLE001  whatever it is, it is recorded, and the other questions are asked
        reason = str(error) if isinstance(error, PinciteError) else f"{type(error).__name__}: {error}"
        spec = session.model.spec if session.model else EXTRACT
        return failed_record(identity, question, reason, spec, index.id, perf_counter() - began), None
    return answer_record(answer, identity), answer


def failed_record(identity: str, question: str, reason: str, spec: str, index: str, seconds: float) -> dict[str, Any]:
    """A question that could not be answered: the contract's fields, and `failed`."""
    record = {"schema": SCHEMA, "id": identity, "question": question, "answer": "", "notes": [], "abstained": False}
    record |= {"reason": reason, "failed": True, "statements": [], "citations": [], "evidence": []}
    return record | {"llm": spec, "index": index, "seconds": {"total": round(seconds, 4)}}


@cache
def code_digest() -> str:
    """12 hex digits that stand for the code that answers, as this process has it: another may give other answers."""
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(path for stage in STAGES for path in (root / stage).rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]
