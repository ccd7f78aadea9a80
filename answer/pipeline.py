"""One question, one answer: retrieve, decide, draft, cite, verify."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING

from pincite.answer.answerability.abstain import NOT_IN_CORPUS, confidence_in, reason_to_abstain, reason_to_withhold
from pincite.answer.citation.citation import Citation, Span, cite
from pincite.answer.draft.amendments import changes
from pincite.answer.draft.extractive import extract
from pincite.answer.draft.generative import Stream, abstains, ignore_stream, read_draft, write
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.models.open_model import EXTRACT
from pincite.answer.parallel_sources import elsewhere
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.filters import NO_FILTERS, Filters
from pincite.answer.query.question import Question, read_question
from pincite.answer.retrieval.cross_encoder import Reranker
from pincite.answer.retrieval.retrieve import Evidence, RetrieveSettings, check_question, evidence_for
from pincite.answer.verification.entailment import Entailment
from pincite.answer.verification.verify import Statement, Support, verify
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


@dataclass(frozen=True, slots=True)
class Answer:
    """A verified answer. `text` carries marks such as [1]; an abstention has a reason and no statements.

    `llm` is who wrote it; where a model's draft did not survive the checks it is `extract`, and `reason` says so.
    `confidence`, 0 to 1, is how sure the search is that the library answers; below a threshold Pincite abstains.
    `notes`: what a reader must know besides, such as that a text cited was amended.
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
    notes: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Model:
    """A local model under the SPEC that names it."""

    spec: str
    llm: "LLM"


@dataclass(frozen=True, slots=True)
class Aids:
    """Models that may help, where they are named: one ranks passages anew, one judges what quotes entail."""

    reranker: Reranker | None = None
    entailment: Entailment | None = None


# An answer is drawn from the first passages; more are shown, so that a reader sees what else was near.
SHOWN = RetrieveSettings(words=1500)
LEFT_OUT = "{spec} could not read {count} of the passages found, which do not fit in its context window."
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
    aids: Aids | None = None,
) -> Answer:
    """The answer to a question. Raises BadInput for a bad question, ModelUnavailable when the model gives none."""
    clock, aids = Clock(), aids or Aids()
    question = check_question(question)
    with clock.stage("retrieve"):
        read = read_question(question, aliases_of(index))
        evidence = evidence_for(index, embedder, read, filters, SHOWN, aids.reranker)
        nearest = evidence[: SHOWN.top]
        confidence = confidence_in(nearest)
        reason = reason_to_abstain(index, read, nearest, confidence)
    outcome = Outcome(reason=reason)
    if reason is None and model:
        outcome = from_model(index, read, nearest, model, stream, entailment=aids.entailment, clock=clock)
    writer = model.spec if model else EXTRACT
    if not outcome.checked.statements and outcome.reason in {None, failed(model)}:
        writer, failure = EXTRACT, outcome.reason
        outcome = from_sources(index, read, nearest, aids.entailment, clock)
        outcome = replace(outcome, reason=outcome.reason or failure)
    checked = outcome.checked
    abstained = not checked.statements
    return Answer(
        question,
        NOT_IN_CORPUS if abstained else checked.text,
        abstained,
        (outcome.reason or NOT_IN_CORPUS) if abstained else outcome.reason,
        checked.statements,
        checked.citations,
        tuple(evidence),
        writer,
        index.id,
        confidence,
        (
            *outcome.notes,
            *changes(index, [citation.document for citation in checked.citations]),
            *elsewhere(index, checked.citations, evidence),
        ),
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a way of drafting gave: statements, or the reason for none, and what a reader must know besides."""

    checked: Checked = Checked()
    reason: str | None = None
    notes: tuple[str, ...] = ()


def from_model(
    index: Index,
    question: Question,
    evidence: Sequence[Evidence],
    model: Model,
    stream: Stream,
    *,
    entailment: Entailment | None,
    clock: "Clock",
) -> Outcome:
    """The model's draft after the checks; or nothing and the reason, when it abstains or does not survive."""
    with clock.stage("draft"):
        written = write(model.llm, question.text, evidence, stream)
    notes = (LEFT_OUT.format(count=written.left_out, spec=model.spec),) if written.left_out else ()
    if abstains(written.text):
        return Outcome(reason=MODEL_FOUND_NOTHING, notes=notes)
    with clock.stage("verify"):
        draft = read_draft(index.lexical, written.text, written.evidence)
        checked = check(index, draft, entailment)
        answers = checked.survives() and reason_to_withhold(index, question, draft) is None
    return Outcome(checked, None, notes) if answers else Outcome(reason=failed(model))


def failed(model: Model | None) -> str | None:
    """What is said when a model's draft gives way to the extractive answer."""
    return DRAFT_FAILED.format(spec=model.spec) if model else None


def from_sources(
    index: Index, question: Question, evidence: Sequence[Evidence], entailment: Entailment | None, clock: "Clock"
) -> Outcome:
    """The extractive draft after the checks; or nothing and the reason, when it does not hold what is asked for."""
    with clock.stage("draft"):
        draft = extract(index, question, evidence)
        reason = reason_to_withhold(index, question, draft)
    with clock.stage("verify"):
        return Outcome(reason=reason) if reason else Outcome(check(index, draft, entailment))


def check(index: Index, draft: Sequence[DraftSentence], entailment: Entailment | None = None) -> Checked:
    """Cite and verify each sentence; a span that several rest on is cited once, unsupported ones leave no citation."""
    citations: dict[Span, Citation] = {}
    statements: list[Statement] = []
    for sentence in draft:
        spans = dict.fromkeys(sentence.spans)
        new = [span for span in spans if span not in citations]
        cited = citations | {span: cite(index, span, len(citations) + n) for n, span in enumerate(new, 1)}
        statement = checked_sentence(index, sentence, [cited[span] for span in spans], entailment)
        citations = cited if statement.citations else citations
        statements.append(statement)
    return Checked(tuple(statements), tuple(citations.values()))


def checked_sentence(
    index: Index, sentence: DraftSentence, cited: Sequence[Citation], entailment: Entailment | None
) -> Statement:
    """A sentence with what the checks make of it; an unsupported one keeps no citation."""
    if sentence.missing:
        reasons = tuple(f"passage {number} does not exist" for number in sentence.missing)
        return Statement(sentence.text, (), Support.UNSUPPORTED, 0.0, reasons)
    statement = verify(sentence.text, cited, lambda path: index.document(path).pinpoints, entailment)
    return replace(statement, citations=()) if statement.support is Support.UNSUPPORTED else statement


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
