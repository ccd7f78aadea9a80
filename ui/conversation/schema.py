"""Converts turns of a conversation to JSON and back.

::

    {"question": "…", "understood": null, "searched": "…", "filters": {"kinds": ["report"], …}, "error": null,
     "answer": {an answer record, or null if there is an error}}

Records are validated when read, so that the page never meets a missing or malformed field.
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
from pincite.ui.sidebar import SidebarChoice

UNKNOWN = Signals(0.0, 0.0, 0.0, None, None)  # of a passage from an earlier search


@checked(frozen=True, slots=True, config=STRICT)
class FiltersRead:
    """Required fields of the filters of a turn."""

    kinds: tuple[str, ...]
    issuers: tuple[str, ...]
    languages: tuple[str, ...]
    documents: tuple[str, ...]
    after: str
    before: str


@checked(frozen=True, slots=True, config=STRICT)
class TurnRead:
    """Required fields of a turn."""

    question: str
    understood: str | None
    searched: str
    filters: FiltersRead
    error: str | None
    answer: AnswerRecord | None


TURNS = TypeAdapter(Annotated[list[TurnRead], Field(min_length=1)])


def turn_record(turn: Turn, choice: SidebarChoice) -> dict[str, Any]:
    """A turn as JSON; `choice` is the sidebar at the time of the question."""
    filters = asdict(choice)
    del filters["model"]  # the answer names its model
    return {
        "question": turn.question,
        "understood": turn.understood,
        "searched": turn.searched,
        "filters": filters,
        "error": turn.error,
        "answer": answer_record(turn.answer) if turn.answer else None,
    }


def choice_of(record: Mapping[str, Any]) -> SidebarChoice:
    """The filters in the sidebar at the time of a question, from the record of its turn."""
    filters: dict[str, Any] = {
        name: tuple(chosen) if isinstance(chosen, list) else chosen for name, chosen in record["filters"].items()
    }
    return SidebarChoice(**filters)


def turn_of(record: Mapping[str, Any], number: int) -> Turn:
    """A turn from its validated record; `number` is its index in the conversation."""
    answer = answer_of(record["answer"]) if record["answer"] else None
    return Turn(number, record["question"], record["searched"], answer, record["error"], record["understood"])


def answer_of(record: Mapping[str, Any]) -> Answer:
    """An answer from its record; details of retrieval are not part of the record."""
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
        more=record.get("more", 0),
        seconds=record["seconds"],
    )


def evidence_of(record: Mapping[str, Any]) -> Evidence:
    """A piece of evidence from its record."""
    name, place = record["document"], (record["start"], record["end"])
    passage = Passage("", name, *place, record["text"], record["page"], record["pinpoint"], (), "")
    return Evidence(record["rank"], passage, (passage,), record["score"], record["score"], UNKNOWN)
