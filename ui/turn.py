"""A question with its answer, as the conversation shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from answer.ask import Answer
from answer.verify import Statement, Support
from ingest.catalog import Entry
from ui.engine import Engine
from ui.feedback import show_feedback
from ui.inert import as_html, as_markdown
from ui.place import Place, place_of_citation, place_of_evidence
from ui.source import opened_place, place_button, show_source

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


@dataclass(frozen=True, slots=True)
class Room:
    """Where a turn is drawn: what is said of its question, below it the answer, and a source beside them."""

    question: DeltaGenerator
    answer: DeltaGenerator
    source: DeltaGenerator


def show_turn(engine: Engine, turn: Turn, entries: Sequence[Entry]) -> None:
    """A question, its answer, and beside it the source that is open."""
    show_answered(engine, turn, entries, show_asked(turn.number, turn.question))


def show_asked(number: int, question: str) -> Room:
    """What was asked, with room for its answer."""
    answer, source = st.container(key=f"turn-{number}").columns([3, 2], gap="large")
    asked = answer.chat_message("user", avatar=":material/help:")
    asked.html(paragraph(question, "question"))
    return Room(asked, answer, source)


def show_answered(engine: Engine, turn: Turn, entries: Sequence[Entry], room: Room) -> None:
    """How a follow-up was understood, its answer, and beside it the source that is open, where the question stands."""
    if turn.understood:
        room.question.html(paragraph(f"Understood as: {turn.understood}", "small"))
    with room.answer:
        show_outcome(turn, entries)
        if turn.answer:
            show_feedback(engine.folder, turn.number, turn.answer)
    with room.source:
        if place := opened_place(turn.number):
            show_source(engine, turn.number, place, places_of(turn, entries))
        else:
            st.empty()  # takes away at once what was open, even while a model writes


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
    st.html(list_of_sources(places.values()))
    st.html(paragraph(f"{written_by(answer)} {turn.searched} {answer.seconds['total']:.2f} s.", "small"))


def show_statement(turn: int, number: int, statement: Statement, places: dict[int, Place]) -> None:
    """A statement, the buttons of its citations, and its support."""
    with st.container(gap="xsmall"):
        st.html(paragraph(statement.text, "statement"))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            for citation in statement.citations:
                place_button(turn, places[citation], f"cite-{turn}-{number}-{citation}", f"[{citation}]")
            st.html(support_line(statement), width="content")


def support_line(statement: Statement) -> str:
    """What the check of a statement found, in words, as HTML."""
    reasons = f": {'; '.join(statement.reasons)}" if statement.reasons else ""
    return (
        f'<span class="pincite-support pincite-support-{statement.support.value}">'
        f"{as_html(SIGNS[statement.support] + reasons)}</span>"
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


def written_by(answer: Answer) -> str:
    """Who wrote an answer."""
    return "In the documents' own words." if answer.llm == "extract" else f"Written by {answer.llm}."


def show_abstention(turn: Turn, answer: Answer, entries: Sequence[Entry]) -> None:
    """That the library does not answer, why, and the passages that come nearest."""
    with st.container(border=True):
        st.html(paragraph(answer.text, "heading") + paragraph(f"{answer.reason} {turn.searched}", "small"))
        if answer.evidence:
            st.html(paragraph("What comes nearest:", "small"))
        for place in nearest_places(answer, entries):
            show_nearest(turn.number, place)


def show_nearest(turn: int, place: Place) -> None:
    """A passage in the list: its reference, how it begins, and a button that opens it."""
    with st.container(gap="xsmall"):
        st.html(paragraph(place.reference, "heading") + paragraph(shortened(place.words), "small"))
        place_button(turn, place, f"{place.name}-{turn}".replace(" ", "-"), f"Open {place.name}")


def shortened(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rsplit(' ', 1)[0]} …"


def paragraph(text: str, style: str) -> str:
    """A text as an HTML paragraph of one of the page's styles."""
    return f'<p class="pincite-{style}" dir="auto">{as_html(text)}</p>'
