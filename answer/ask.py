"""One question, one answer: retrieve, decide, draft, cite, verify."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING

from answer.abstain import NOT_IN_CORPUS, confidence_in, reason_to_abstain
from answer.cite import Citation, Span, cite
from answer.draft import DraftSentence
from answer.extract import extract
from answer.filters import NO_FILTERS, Filters
from answer.llm import EXTRACT
from answer.rerank import Reranker
from answer.retrieve import Evidence, RetrieveSettings, check_question, retrieve
from answer.verify import Statement, Support, verify
from answer.write import Stream, abstains, ignore_stream, read_draft, write
from ingest.embed import Embedder
from ingest.index import Index

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


@dataclass(frozen=True, slots=True)
class Answer:
    """A verified answer. `text` carries marks such as [1]; an abstention has a reason and no statements.

    `llm` is who wrote it; where a model's draft did not survive the checks it is `extract`, and `reason` says so.
    `confidence`, 0 to 1, is how sure the search is that the library answers; below a threshold Pincite abstains.
    """

    question: str
    text: str
    abstained: bool
    reason: str | None
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    evidence: tuple[Evidence, ...]
    llm: str
    index: str
    confidence: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Model:
    """A local model under the SPEC that names it."""

    spec: str
    llm: "LLM"


# An answer is drawn from the first passages; more are shown, so that a reader sees what else was near.
SHOWN = RetrieveSettings(words=1500)
MODEL_FOUND_NOTHING = "The model found no answer in the passages."
DRAFT_FAILED = "The draft of {spec} did not survive the checks; these are the documents' own sentences instead."


def ask(
    index: Index,
    embedder: Embedder,
    question: str,
    filters: Filters = NO_FILTERS,
    model: Model | None = None,
    stream: Stream = ignore_stream,
    *,
    reranker: Reranker | None = None,
) -> Answer:
    """The answer to a question. Raises BadInput for a bad question, ModelUnavailable when the model gives none."""
    clock = Clock()
    question = check_question(question)
    with clock.stage("retrieve"):
        evidence = retrieve(index, embedder, question, filters, SHOWN, reranker)
        nearest = evidence[: SHOWN.top]
        confidence = confidence_in(nearest)
        reason = reason_to_abstain(index, question, nearest, confidence)
    checked = Checked()
    if reason is None and model:
        checked, reason = from_model(index, question, nearest, model, stream, clock)
    writer = model.spec if model else EXTRACT
    if not checked.statements and (reason is None or reason == failed(model)):
        writer = EXTRACT
        checked = from_sources(index, question, nearest, clock)
    abstained = not checked.statements
    return Answer(
        question,
        NOT_IN_CORPUS if abstained else checked.text,
        abstained,
        (reason or NOT_IN_CORPUS) if abstained else reason,
        checked.statements,
        checked.citations,
        tuple(evidence),
        writer,
        index.id,
        confidence,
        clock.seconds(),
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """Statements after the checks, with the citations that those shown rest on."""

    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def text(self) -> str:
        """The statements that are shown, a line each, with their marks; unsupported ones are withheld."""
        shown = (statement for statement in self.statements if statement.support is not Support.UNSUPPORTED)
        return "\n".join(f"{s.text} {''.join(f'[{number}]' for number in s.citations)}" for s in shown)

    def survives(self) -> bool:
        """Whether at least half of the statements may be shown."""
        withheld = sum(statement.support is Support.UNSUPPORTED for statement in self.statements)
        return bool(self.statements) and withheld * 2 <= len(self.statements)


def from_model(
    index: Index, question: str, evidence: Sequence[Evidence], model: Model, stream: Stream, clock: "Clock"
) -> tuple[Checked, str | None]:
    """The model's draft after the checks; or nothing and the reason, when it abstains or does not survive."""
    with clock.stage("draft"):
        text = write(model.llm, question, evidence, stream)
    if abstains(text):
        return Checked(), MODEL_FOUND_NOTHING
    with clock.stage("verify"):
        checked = check(index, read_draft(index.lexical, text, evidence))
    return (checked, None) if checked.survives() else (Checked(), failed(model))


def failed(model: Model | None) -> str | None:
    """What is said when a model's draft gives way to the extractive answer."""
    return DRAFT_FAILED.format(spec=model.spec) if model else None


def from_sources(index: Index, question: str, evidence: Sequence[Evidence], clock: "Clock") -> Checked:
    """The extractive draft after the checks."""
    with clock.stage("draft"):
        draft = extract(index, question, evidence)
    with clock.stage("verify"):
        return check(index, draft)


def check(index: Index, draft: Sequence[DraftSentence]) -> Checked:
    """Cite and verify each sentence; a span that several rest on is cited once, unsupported ones leave no citation."""
    citations: dict[Span, Citation] = {}
    statements: list[Statement] = []
    for sentence in draft:
        new = [span for span in dict.fromkeys(sentence.spans) if span not in citations]
        cited = citations | {span: cite(index, span, len(citations) + n) for n, span in enumerate(new, 1)}
        statement = verify(index.lexical, sentence.text, [cited[span] for span in dict.fromkeys(sentence.spans)])
        if statement.support is Support.UNSUPPORTED:
            statement = replace(statement, citations=())
        else:
            citations = cited
        statements.append(statement)
    return Checked(tuple(statements), tuple(citations.values()))


class Clock:
    """Seconds by stage; a stage that runs twice adds up."""

    def __init__(self) -> None:
        self.began = perf_counter()
        self.stages = {"retrieve": 0.0, "draft": 0.0, "verify": 0.0}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what runs inside."""
        began = perf_counter()
        yield
        self.stages[name] += perf_counter() - began

    def seconds(self) -> dict[str, float]:
        """Seconds by stage and in all."""
        return {**self.stages, "total": perf_counter() - self.began}
