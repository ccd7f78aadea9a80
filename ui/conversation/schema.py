"""A turn of a conversation as JSON, and as a turn again: the contract's answer, and what the page draws besides.

::

    {"question": "…", "understood": null, "searched": "…", "filters": {"kinds": ["report"], …}, "error": null,
     "answer": {an answer by the contract, null where an error stands in its place}}

What is read is checked first: the page never meets a field that is not there or not what it should be.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass as checked

from pincite.answer.pipeline import Answer
from pincite.answer.retrieval.ranking import Signals
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.schema import STRICT, AnswerRecord, answer_record
from pincite.answer.verification.verified_draft import VerifiedDraft
from pincite.briefing.result import citation_of, statement_of
from pincite.ingest.chunking.passages import Passage
from pincite.ui.conversation.turn import Turn
from pincite.ui.sidebar import Choice

UNKNOWN = Signals(0.0, 0.0, 0.0, None, None)  # of a passage that was found earlier


@checked(frozen=True, slots=True, config=STRICT)
class FiltersRead:
    """What the filters of a turn must have, as the sidebar had them."""

    kinds: tuple[str, ...]
    issuers: tuple[str, ...]
    languages: tuple[str, ...]
    documents: tuple[str, ...]
    after: str
    before: str


@checked(frozen=True, slots=True, config=STRICT)
class TurnRead:
    """What a turn must have."""

    question: str
    understood: str | None
    searched: str
    filters: FiltersRead
    error: str | None
    answer: AnswerRecord | None


TURNS = TypeAdapter(Annotated[list[TurnRead], Field(min_length=1)])


def turn_record(turn: Turn, choice: Choice) -> dict[str, Any]:
    """A turn as JSON; `choice` is what the sidebar said when it was asked."""
    filters = asdict(choice)
    del filters["model"]  # who wrote the answer stands in the answer
    return {
        "question": turn.question,
        "understood": turn.understood,
        "searched": turn.searched,
        "filters": filters,
        "error": turn.error,
        "answer": answer_record(turn.answer) if turn.answer else None,
    }


def turn_of(record: Mapping[str, Any], number: int) -> Turn:
    """A turn of its record, which has been checked; `number` is its place in the conversation, from 0."""
    answer = answer_of(record["answer"]) if record["answer"] else None
    return Turn(number, record["question"], record["searched"], answer, record["error"], record["understood"])


def answer_of(record: Mapping[str, Any]) -> Answer:
    """An answer of its record; what the contract does not hold, such as how the search came by a passage, is lost."""
    statements = tuple(map(statement_of, record["statements"]))
    text = VerifiedDraft(statements).text or record["answer"]
    return Answer(
        record["question"],
        text,
        record["abstained"],
        record["reason"],
        statements,
        tuple(citation_of(one, {}) for one in record["citations"]),
        tuple(map(evidence_of, record["evidence"])),
        record["llm"],
        record["index"],
        notes=tuple(record["notes"]),
        seconds=record["seconds"],
    )


def evidence_of(record: Mapping[str, Any]) -> Evidence:
    """A piece of evidence of its record."""
    name, place = record["document"], (record["start"], record["end"])
    passage = Passage("", name, *place, record["text"], record["page"], record["pinpoint"], (), "")
    return Evidence(record["rank"], passage, (passage,), record["score"], record["score"], UNKNOWN)
