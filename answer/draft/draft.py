"""A draft of an answer, extractive or by a local model."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answer.answerability.abstain import Abstention, AbstentionKind, reason_to_withhold
from pincite.answer.citation.short_reference import short_name
from pincite.answer.draft.extractive import ExtractSettings, extract
from pincite.answer.draft.generative import Stream, generate, is_abstention, read_draft
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.index.index import Index

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

LEFT_OUT = "{count} of the passages found did not fit in the context window of {spec}."
MORE_POINTS = "The list goes on after {place}: {count} more point{s}."
MODEL_FOUND_NOTHING = "The model found no answer in the passages."


@dataclass(frozen=True, slots=True)
class Model:
    """A local model and the SPEC that names it."""

    spec: str
    llm: "LLM"


@dataclass(frozen=True, slots=True)
class Draft:
    """Sentences with their spans, or the abstention of the model; `notes` for the reader.

    `withheld`: the reason why the quotes of the sentences are no answer, if so.
    """

    sentences: tuple[DraftSentence, ...] = ()
    abstention: Abstention | None = None
    withheld: Abstention | None = None
    notes: tuple[str, ...] = ()

    @property
    def left_out(self) -> int:
        """How many items of lists and provisions did not fit."""
        return sum(sentence.left_out for sentence in self.sentences)


def draft_from_sources(index: Index, question: Question, evidence: Sequence[Evidence], *, whole: bool = False) -> Draft:
    """The extractive draft: sentences of the evidence; `whole`: lists whole, however long."""
    settings = ExtractSettings(list_words=sys.maxsize) if whole else ExtractSettings()
    sentences = extract(index, question, evidence, settings)
    spans = [span for sentence in sentences for span in sentence.spans]
    withheld = reason_to_withhold(index, question, spans, len(evidence))
    return Draft(tuple(sentences), withheld=withheld, notes=tuple(list_notes(index, sentences)))


def list_notes(index: Index, sentences: Sequence[DraftSentence]) -> Iterator[str]:
    """A note for each list of which only the first points are quoted."""
    for sentence in sentences:
        if sentence.left_out:
            span = sentence.spans[0]
            name = short_name(index.document(span.document).metadata, span.document)
            place = ", ".join(filter(None, [name, span.pinpoint]))
            yield MORE_POINTS.format(place=place, count=sentence.left_out, s="s" if sentence.left_out > 1 else "")


def draft_from_model(
    index: Index, question: Question, evidence: Sequence[Evidence], model: Model, stream: Stream
) -> Draft:
    """The draft of a local model. Raises ModelUnavailable if it cannot be reached, breaks off or returns nothing."""
    written = generate(model.llm, question.text, evidence, stream)
    notes = (LEFT_OUT.format(count=written.left_out, spec=model.spec),) if written.left_out else ()
    if is_abstention(written.text):
        return Draft(abstention=Abstention(AbstentionKind.MODEL_ABSTAINED, MODEL_FOUND_NOTHING), notes=notes)
    sentences = read_draft(index.lexical, written.text, written.evidence)
    spans = [span for sentence in sentences for span in sentence.spans]
    return Draft(tuple(sentences), withheld=reason_to_withhold(index, question, spans), notes=notes)
