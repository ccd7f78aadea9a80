"""Answers one question: read it, look up what it asks for by its address, else retrieve and decide; draft, verify."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from pincite.answer.answerability.abstain import NOT_IN_CORPUS, Abstention, AbstentionKind, Decision, decide
from pincite.answer.citation.citation import Citation
from pincite.answer.draft.amendments import amendment_notes
from pincite.answer.draft.draft import Draft, Model, draft_from_model, draft_from_sources
from pincite.answer.draft.generative import Stream, ignore_stream
from pincite.answer.draft.numbered import numbered_sentences
from pincite.answer.examples import example_questions, what_to_ask
from pincite.answer.lookup.evidence import with_places_found
from pincite.answer.lookup.found import Found
from pincite.answer.lookup.look_up import look_up
from pincite.answer.models.open_model import EXTRACT
from pincite.answer.parallel_sources import parallel_notes
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.filters import NO_FILTERS, Filters
from pincite.answer.query.question import Question, check_question, read_question
from pincite.answer.query.small_talk import is_small_talk
from pincite.answer.retrieval.cross_encoder import Reranker
from pincite.answer.retrieval.retrieve import Evidence, RetrieveSettings, evidence_for
from pincite.answer.verification.entailment import Entailment
from pincite.answer.verification.verified_draft import VerifiedDraft, verify_draft
from pincite.answer.verification.verify import Statement
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index


@dataclass(frozen=True, slots=True)
class Answer:
    """A verified answer. `text` has marks such as [1]; an abstention has a reason and no statements.

    `llm` is the writer: a SPEC, or `extract`; if a model's draft failed verification it is `extract`, and `reason` says
    so. `confidence`, 0 to 1, that the library answers; below a threshold Pincite abstains. `notes`: sentences for the
    reader, for example that a cited text was amended. `examples`: questions that the library answers, in reply to small
    talk. `more`: how many items of long lists and provisions are left out.
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
    examples: tuple[str, ...] = ()
    more: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OptionalModels:
    """Optional models: a cross-encoder for reranking, and one for entailment."""

    reranker: Reranker | None = None
    entailment: Entailment | None = None


NOTHING = VerifiedDraft()
NO_QUESTION = "This is no question about the documents."
# Drafts use only the first passages; more are shown to the reader.
SHOWN_EVIDENCE = RetrieveSettings(words=1500)
NOTHING_QUOTED = "None of the closest passages has a sentence that can be quoted."
NOT_WRITTEN = "Lists, and what stands at an address, are quoted as they are; {spec} did not write this answer."
DRAFT_FAILED = "The draft of {spec} failed verification; this answer quotes the documents instead."


def ask(  # noqa: PLR0913  what a question may come with
    index: Index,
    embedder: Embedder,
    question: str,
    filters: Filters = NO_FILTERS,
    model: Model | None = None,
    stream: Stream = ignore_stream,
    *,
    optional: OptionalModels | None = None,
    whole: bool = False,
) -> Answer:
    """Answer a question; `whole`: long provisions and lists whole.

    Raises BadInput for a bad question, ModelUnavailable if the model fails.
    """
    clock, optional, asked = Clock(), optional or OptionalModels(), check_question(question)
    if is_small_talk(asked):
        return say_what_to_ask(index, embedder, asked, clock)
    with clock.stage("retrieve"):
        read = read_question(asked, aliases_of(index))

        def search(one: Question, within: Filters) -> list[Evidence]:
            return evidence_for(index, embedder, one, within, SHOWN_EVIDENCE, optional.reranker)

        searched = search(read, filters)
        found = look_up(index, read, filters, search, searched, whole=whole)
        basis = Basis(read, found, tuple(with_places_found(index, found, searched)), whole)
        decision = Decision(1.0) if found and found.certain else decide(index, read, searched[: SHOWN_EVIDENCE.top])
    outcome = DraftOutcome(EXTRACT if model is None else model.spec, abstention=decision.abstention)
    if decision.abstention is None:
        outcome = write_answer(index, basis, model, stream, entailment=optional.entailment, clock=clock)
    return compose(index, basis, outcome, decision.confidence, clock)


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer rests on: the question as it was read, what was looked up, if anything, and all evidence.

    `whole`: whether long lists are drafted whole.
    """

    question: Question
    found: Found | None
    evidence: tuple[Evidence, ...]
    whole: bool = False

    @property
    def nearest(self) -> Sequence[Evidence]:
        """The evidence that is drafted from."""
        return self.evidence[: SHOWN_EVIDENCE.top]

    def draft(self, index: Index) -> Draft:
        """The draft without a model: what was looked up, or else sentences of the evidence."""
        if self.found:
            return Draft(self.found.sentences, notes=self.found.notes)
        return draft_from_sources(index, self.question, self.nearest, whole=self.whole)

    def written(self, index: Index, quoted: Draft, model: Model, stream: Stream) -> Draft:
        """The draft of a model, given what would be `quoted` without it and more of the evidence."""
        given = numbered_sentences(index, self.question, self.nearest, quoted.spans)
        return draft_from_model(index, self.question, given, model, stream)


def say_what_to_ask(index: Index, embedder: Embedder, question: str, clock: "Clock") -> Answer:
    """The reply to a greeting, thanks or a question about the program: what can be asked, as an abstention."""

    def answered(example: str, path: str) -> bool:
        found = ask(index, embedder, example)
        return not found.abstained and path in {citation.document for citation in found.citations}

    examples = example_questions(index, answered)
    text = what_to_ask(examples) if examples else NOT_IN_CORPUS
    return Answer(
        question=question,
        text=text,
        abstained=True,
        reason=NO_QUESTION,
        statements=(),
        citations=(),
        evidence=(),
        llm=EXTRACT,
        index=index.id,
        examples=examples,
        seconds=clock.seconds(),
    )


@dataclass(frozen=True, slots=True)
class DraftOutcome:
    """The result of drafting and verification: a verified draft, or an abstention.

    `writer`: EXTRACT or the SPEC of a model. `failure`: the message if a model's draft was replaced.
    """

    writer: str
    verified: VerifiedDraft = NOTHING
    abstention: Abstention | None = None
    failure: str | None = None
    notes: tuple[str, ...] = ()
    left_out: int = 0


def write_answer(
    index: Index,
    basis: Basis,
    model: Model | None,
    stream: Stream,
    *,
    entailment: Entailment | None,
    clock: "Clock",
) -> DraftOutcome:
    """Draft and verify: what was looked up, the model's draft, or what is extracted if there is none or it fails."""

    def drafted(draft_of: Callable[[], Draft]) -> Draft:
        with clock.stage("draft"):
            return draft_of()

    def verify(draft: Draft) -> VerifiedDraft:
        with clock.stage("verify"):
            return NOTHING if draft.withheld else verify_draft(index, draft.sentences, entailment)

    failure, notes = None, list[str]()
    quoted = drafted(lambda: basis.draft(index))
    if model and (basis.found or quoted.is_list):
        notes = [NOT_WRITTEN.format(spec=model.spec)]
    elif model:
        draft = drafted(lambda: basis.written(index, quoted, model, stream))
        verified = verify(draft)
        if draft.abstention or verified.survives:
            return DraftOutcome(model.spec, verified, draft.abstention, notes=draft.notes)
        failure = DRAFT_FAILED.format(spec=model.spec) if draft.sentences else None
    return quoted_outcome(quoted, verify(quoted), failure, notes)


def quoted_outcome(draft: Draft, verified: VerifiedDraft, failure: str | None, notes: Sequence[str]) -> DraftOutcome:
    """The answer without a model; `failure` says why a model's draft gave way, `notes` why there is none."""
    nothing = None if verified.text.strip() else Abstention(AbstentionKind.NOTHING_DRAFTED, failure or NOTHING_QUOTED)
    abstention = draft.withheld or nothing
    return DraftOutcome(EXTRACT, verified, abstention, failure, (*draft.notes, *notes), draft.left_out)


def compose(index: Index, basis: Basis, outcome: DraftOutcome, confidence: float, clock: "Clock") -> Answer:
    """The answer, with notes on amended texts and on other documents with the same text."""
    verified, abstention = outcome.verified, outcome.abstention
    amended = amendment_notes(index, [citation.document for citation in verified.citations])
    return Answer(
        question=basis.question.text,
        text=NOT_IN_CORPUS if abstention else verified.text,
        abstained=abstention is not None,
        reason=abstention.message if abstention else outcome.failure,
        statements=verified.statements,
        citations=verified.citations,
        evidence=basis.evidence,
        llm=outcome.writer,
        index=index.id,
        confidence=confidence,
        more=0 if abstention else outcome.left_out,
        notes=(*outcome.notes, *amended, *parallel_notes(index, verified.citations, basis.evidence)),
        seconds=clock.seconds(),
    )


class Clock:
    """Measures seconds by stage; a stage that runs twice adds up."""

    def __init__(self) -> None:
        self.began = perf_counter()
        self.stages = {"retrieve": 0.0, "draft": 0.0, "verify": 0.0}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time the block."""
        began = perf_counter()
        yield
        self.stages[name] += perf_counter() - began

    def seconds(self) -> dict[str, float]:
        """Seconds by stage and in total."""
        return {**self.stages, "total": perf_counter() - self.began}
