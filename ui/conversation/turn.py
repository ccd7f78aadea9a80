"""A question with its answer, as the conversation shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from pincite.answer.pipeline import Answer
from pincite.answer.verification.verify import Statement, Support
from pincite.ingest.index.catalog import Entry
from pincite.ui.conversation.clipboard import copy_button
from pincite.ui.conversation.feedback import show_feedback
from pincite.ui.escaping import as_html, as_markdown
from pincite.ui.source.location import Place, place_of_citation, place_of_evidence
from pincite.ui.source.panel import place_button
from pincite.ui.statement_html import statement_html

NEAREST = 3  # passages shown with an abstention
EXCERPT = 220  # characters of a passage in the list
SIGNS = {
    Support.SUPPORTED: "✓ Supported by the cited words",
    Support.PARTLY: "◐ Partly supported",
    Support.UNSUPPORTED: "✗ Not supported",
    Support.UNCHECKED: "? Not checked",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, how many documents of how many were searched, and the answer, or the error in its place.

    `understood`: a follow-up made whole from the questions before it, as it was asked; None for any other question.
    """

    number: int
    question: str
    searched: str
    answer: Answer | None
    error: str | None = None
    understood: str | None = None


def show_turn(folder: Path, turn: Turn, entries: Sequence[Entry]) -> None:
    """A question and what came of it; `folder` is the index's."""
    show_asked(turn.question)
    show_answered(folder, turn, entries)


def show_asked(question: str) -> None:
    """What was asked."""
    st.html(paragraph(question, "question"))


def show_answered(folder: Path, turn: Turn, entries: Sequence[Entry]) -> None:
    """How a follow-up was understood, and its answer."""
    if turn.understood:
        st.html(paragraph(f"Understood as: {turn.understood}", "small"))
    show_outcome(turn, entries)
    if turn.answer:
        show_feedback(folder, turn.number, turn.answer)


def places_of(turn: Turn, entries: Sequence[Entry]) -> list[Place]:
    """The places that a turn offers to open, in order."""
    if turn.answer is None:
        return []
    if turn.answer.abstained:
        return nearest_places(turn.answer, entries)
    return [place_of_citation(citation) for citation in turn.answer.citations]


def nearest_places(answer: Answer, entries: Sequence[Entry]) -> list[Place]:
    """The passages shown with an abstention."""
    known = {entry.path: entry for entry in entries}
    return [place_of_evidence(found, known.get(found.passage.document)) for found in answer.evidence[:NEAREST]]


def show_outcome(turn: Turn, entries: Sequence[Entry]) -> None:
    """What came of the question."""
    if turn.answer is None:
        st.error(as_markdown(turn.error or ""))
    elif turn.answer.abstained:
        show_abstention(turn, turn.answer, entries)
    else:
        show_answer(turn, turn.answer)


def show_answer(turn: Turn, answer: Answer) -> None:
    """The statements with their citations, those withheld, and the sources."""
    if answer.reason:
        st.info(as_markdown(answer.reason))
    places = {citation.number: place_of_citation(citation) for citation in answer.citations}
    for number, statement in enumerate(answer.statements):
        if statement.support is not Support.UNSUPPORTED:
            show_statement(turn.number, number, statement, places)
    show_withheld([statement for statement in answer.statements if statement.support is Support.UNSUPPORTED])
    for note in answer.notes:
        st.warning(as_markdown(note))
    st.html(list_of_sources(places.values()) + paragraph(made_of(turn, answer), "small") + copy_button(answer))


def show_statement(turn: int, number: int, statement: Statement, places: dict[int, Place]) -> None:
    """A statement with its support, and the buttons of its citations beside it."""
    with st.container(horizontal=True, gap="small", key=f"said-{turn}-{number}"):
        st.html(statement_html(statement.text) + support_line(statement))
        for citation in statement.citations:
            place_button(turn, places[citation], f"cite-{turn}-{number}-{citation}", f"[{citation}]")


def support_line(statement: Statement) -> str:
    """What the check of a statement found, in words, as HTML."""
    reasons = f": {' '.join(statement.reasons)}" if statement.reasons else ""
    return (
        f'<p class="pincite-support pincite-support-{statement.support.value}">'
        f"{as_html(SIGNS[statement.support] + reasons)}</p>"
    )


def show_withheld(statements: Sequence[Statement]) -> None:
    """The sentences of a model's draft that did not stand the check, folded away."""
    if statements:
        with st.expander(f"Withheld, since the documents do not support it: {len(statements)}"):
            for statement in statements:
                st.html(paragraph(statement.text, "statement") + support_line(statement))


def list_of_sources(places: Iterable[Place]) -> str:
    """The references of an answer, as HTML."""
    return "".join(paragraph(f"{place.name} {place.reference}", "reference") for place in places)


def made_of(turn: Turn, answer: Answer) -> str:
    """Who wrote an answer, what was searched, and how long that took."""
    writer = "In the documents' own words." if answer.llm == "extract" else f"Written by {answer.llm}."
    return f"{writer} {turn.searched} {answer.seconds['total']:.2f} s."


def show_abstention(turn: Turn, answer: Answer, entries: Sequence[Entry]) -> None:
    """That the library does not answer, why, and the passages that come nearest."""
    nearest = paragraph("What comes nearest:", "small") if answer.evidence else ""
    with st.container(border=True, gap="xsmall"):
        st.html(paragraph(answer.text, "heading") + paragraph(f"{answer.reason} {turn.searched}", "small") + nearest)
        for place in nearest_places(answer, entries):
            show_nearest(turn.number, place)
    st.html(copy_button(answer))


def show_nearest(turn: int, place: Place) -> None:
    """A passage in the list: its reference, how it begins, and a button that opens it."""
    st.html(paragraph(place.reference, "nearest") + paragraph(shortened(place.words), "small"))
    place_button(turn, place, f"{place.name}-{turn}".replace(" ", "-"), f"Open {place.name}")


def shortened(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rsplit(' ', 1)[0]} …"


def paragraph(text: str, style: str) -> str:
    """A text as an HTML paragraph of one of the page's styles."""
    return f'<p class="pincite-{style}" dir="auto">{as_html(text)}</p>'
