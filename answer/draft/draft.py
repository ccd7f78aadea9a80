"""A draft of an answer, by either way of writing: from the sources' own sentences, or by a local model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answer.answerability.abstain import Abstention, AbstentionKind, withhold
from pincite.answer.draft.extractive import extract
from pincite.answer.draft.generative import Stream, generate, is_abstention, read_draft
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.index.index import Index

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

LEFT_OUT = "{spec} could not read {count} of the passages found, which do not fit in its context window."
MODEL_FOUND_NOTHING = "The model found no answer in the passages."


@dataclass(frozen=True, slots=True)
class Model:
    """A local model under the SPEC that names it."""

    spec: str
    llm: "LLM"


@dataclass(frozen=True, slots=True)
class Draft:
    """Sentences with the spans that they point at, or the abstention of its writer; `notes` for the reader.

    `withheld`: why the sentences are no answer, where that was found from what they quote.
    """

    sentences: tuple[DraftSentence, ...] = ()
    abstention: Abstention | None = None
    withheld: Abstention | None = None
    notes: tuple[str, ...] = ()


def draft_from_sources(index: Index, question: Question, evidence: Sequence[Evidence]) -> Draft:
    """The extractive draft: the sentences of the evidence that answer."""
    return checked_draft(index, question, extract(index, question, evidence))


def draft_from_model(
    index: Index, question: Question, evidence: Sequence[Evidence], model: Model, stream: Stream
) -> Draft:
    """The draft of a local model. Raises ModelUnavailable when it cannot be reached, breaks off or says nothing."""
    written = generate(model.llm, question.text, evidence, stream)
    notes = (LEFT_OUT.format(count=written.left_out, spec=model.spec),) if written.left_out else ()
    if is_abstention(written.text):
        return Draft(abstention=Abstention(AbstentionKind.MODEL_ABSTAINED, MODEL_FOUND_NOTHING), notes=notes)
    return checked_draft(index, question, read_draft(index.lexical, written.text, written.evidence), notes)


def checked_draft(
    index: Index, question: Question, sentences: Sequence[DraftSentence], notes: tuple[str, ...] = ()
) -> Draft:
    """A draft with why it is no answer, where that is so."""
    spans = [span for sentence in sentences for span in sentence.spans]
    return Draft(tuple(sentences), withheld=withhold(index, question, spans), notes=notes)
