"""A draft of an answer, extractive or by a local model."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite.answer.answerability.abstain import Abstention, AbstentionKind, reason_to_withhold
from pincite.answer.citation.citation import Span
from pincite.answer.citation.short_reference import short_name
from pincite.answer.draft.extractive import ExtractSettings, extract
from pincite.answer.draft.generative import Stream, generate, read_draft
from pincite.answer.draft.numbered import NumberedSentence
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.document import BETWEEN_CELLS
from pincite.ingest.index.index import Index

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

LIST = 3  # quotes: the rule behind an exception and the sides of a comparison are two
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
    def spans(self) -> list[Span]:
        """What its sentences rest on."""
        return [span for sentence in self.sentences for span in sentence.spans]

    @property
    def is_list(self) -> bool:
        """Whether it quotes a list or a table, which no model writes better."""
        return len(self.sentences) >= LIST or any(BETWEEN_CELLS in one.text for one in self.sentences)

    @property
    def left_out(self) -> int:
        """How many items of lists and provisions did not fit."""
        return sum(sentence.left_out for sentence in self.sentences)


def draft_from_sources(index: Index, question: Question, evidence: Sequence[Evidence], *, whole: bool = False) -> Draft:
    """The extractive draft: sentences of the evidence; `whole`: lists whole, however long."""
    settings = ExtractSettings(list_words=sys.maxsize) if whole else ExtractSettings()
    sentences = extract(index, question, evidence, settings)
    draft = Draft(tuple(sentences), notes=tuple(list_notes(index, sentences)))
    return replace(draft, withheld=reason_to_withhold(index, question, draft.spans, len(evidence)))


def list_notes(index: Index, sentences: Sequence[DraftSentence]) -> Iterator[str]:
    """A note for each list of which only the first points are quoted."""
    for sentence in sentences:
        if sentence.left_out:
            span = sentence.spans[0]
            name = short_name(index.document(span.document).metadata, span.document)
            place = ", ".join(filter(None, [name, span.pinpoint]))
            yield MORE_POINTS.format(place=place, count=sentence.left_out, s="s" if sentence.left_out > 1 else "")


def draft_from_model(
    index: Index, question: Question, given: Sequence[NumberedSentence], model: Model, stream: Stream
) -> Draft:
    """The draft of a local model. Raises ModelUnavailable if it cannot be reached, breaks off or returns nothing."""
    if not given:
        return Draft()
    written = generate(model.llm, question.text, given, stream)
    if not written.points:
        return Draft(abstention=Abstention(AbstentionKind.MODEL_ABSTAINED, MODEL_FOUND_NOTHING))
    draft = Draft(tuple(read_draft(index.lexical, written)))
    return replace(draft, withheld=reason_to_withhold(index, question, draft.spans))
