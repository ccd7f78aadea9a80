"""Shows a question with its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from pincite.answer.citation.citation import Citation, reference_list
from pincite.answer.models.open_model import EXTRACT
from pincite.answer.pipeline import Answer
from pincite.answer.verification.verify import Statement, Support
from pincite.ingest.index.catalog import Entry
from pincite.ui.conversation.clipboard import copy_button
from pincite.ui.conversation.feedback import show_feedback
from pincite.ui.escaping import as_html, as_markdown
from pincite.ui.source.location import SourceLocation, location_of_citation, location_of_evidence
from pincite.ui.source.panel import source_button
from pincite.ui.statement_html import statement_html

REST = "rest"  # in the session: number of the turn whose answer is to be opened whole
NEAREST = 3  # passages shown with an abstention
EXCERPT = 220  # characters of a passage in the list
SUPPORT_SIGNS = {
    Support.SUPPORTED: "✓ Supported by the cited words",
    Support.PARTLY: "◐ Partly supported",
    Support.UNSUPPORTED: "✗ Not supported",
    Support.UNCHECKED: "? Not checked",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, a sentence on the documents searched, and the answer or an error.

    `understood`: a follow-up rewritten as a complete question; None for any other question.
    """

    number: int
    question: str
    searched: str
    answer: Answer | None
    error: str | None = None
    understood: str | None = None


def show_turn(folder: Path, turn: Turn, entries: Sequence[Entry]) -> None:
    """Show a question and its answer; `folder` is that of the index."""
    show_question(turn.question)
    show_answer_of(folder, turn, entries)


def show_question(question: str) -> None:
    """Show a question."""
    st.html(paragraph(question, "question"))


def show_answer_of(folder: Path, turn: Turn, entries: Sequence[Entry]) -> None:
    """Show how a follow-up was understood, and the answer with its thumbs."""
    if turn.understood:
        st.html(paragraph(f"Understood as: {turn.understood}", "small"))
    show_outcome(turn, entries)
    if turn.answer:
        show_feedback(folder, turn.number, turn.answer)


def locations_of(turn: Turn, entries: Sequence[Entry]) -> list[SourceLocation]:
    """The sources that a turn offers to open, in order."""
    if turn.answer is None:
        return []
    if turn.answer.abstained:
        return nearest_locations(turn.answer, entries)
    return [location_of_citation(citation) for citation in turn.answer.citations]


def nearest_locations(answer: Answer, entries: Sequence[Entry]) -> list[SourceLocation]:
    """The nearest passages, shown with an abstention."""
    known = {entry.path: entry for entry in entries}
    return [location_of_evidence(found, known.get(found.passage.document)) for found in answer.evidence[:NEAREST]]


def show_outcome(turn: Turn, entries: Sequence[Entry]) -> None:
    """Show the answer, the abstention or the error."""
    if turn.answer is None:
        st.error(as_markdown(turn.error or ""))
    elif turn.answer.abstained:
        show_abstention(turn, turn.answer, entries)
    else:
        show_answer(turn, turn.answer)


def show_answer(turn: Turn, answer: Answer) -> None:
    """Show statements with citations, withheld sentences, notes and sources."""
    if answer.reason:
        st.info(as_markdown(answer.reason))
    places = {citation.number: location_of_citation(citation) for citation in answer.citations}
    for number, statement in enumerate(answer.statements):
        if statement.support is not Support.UNSUPPORTED:
            show_statement(turn.number, number, statement, places, quoted=answer.llm == EXTRACT)
    show_withheld([statement for statement in answer.statements if statement.support is Support.UNSUPPORTED])
    if answer.notes:
        st.html("".join(paragraph(note, "note") for note in answer.notes))
    show_rest(turn.number, answer.more)
    st.html(sources_html(answer.citations) + paragraph(provenance_line(turn, answer), "small") + copy_button(answer))


def show_rest(turn: int, more: int) -> None:
    """Show a button that opens what an answer leaves out."""
    if more:
        label = f"Show {more} more"
        st.button(label, key=f"rest-{turn}", icon=":material/expand_more:", on_click=open_rest, args=(turn,))


def open_rest(turn: int) -> None:
    """Have an answer opened whole when the page is drawn."""
    st.session_state[REST] = turn


def show_statement(
    turn: int, number: int, statement: Statement, places: dict[int, SourceLocation], *, quoted: bool
) -> None:
    """Show a statement and at its end a button for each citation.

    Its support is shown too, unless it is a quote, which supports itself.
    """
    key = f"statement-{turn}-{number}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=key):
        st.html(statement_html(statement.text) + ("" if quoted else support_line(statement)))
        for citation in statement.citations:
            source_button(turn, places[citation], f"cite-{turn}-{number}-{citation}", f"[{citation}]")


def support_line(statement: Statement) -> str:
    """Support of a statement with reasons, as HTML."""
    reasons = f": {' '.join(statement.reasons)}" if statement.reasons else ""
    return (
        f'<p class="pincite-support pincite-support-{statement.support.value}">'
        f"{as_html(SUPPORT_SIGNS[statement.support] + reasons)}</p>"
    )


def show_withheld(statements: Sequence[Statement]) -> None:
    """Show sentences of a draft that verification rejected, in an expander."""
    if statements:
        with st.expander(f"Withheld because the documents do not support them: {len(statements)}"):
            for statement in statements:
                st.html(paragraph(statement.text, "statement") + support_line(statement))


def sources_html(citations: Sequence[Citation]) -> str:
    """The references of an answer, as HTML."""
    return "".join(paragraph(reference, "reference") for reference in reference_list(citations))


def provenance_line(turn: Turn, answer: Answer) -> str:
    """The model, the documents searched and the time taken."""
    writer = "In the documents' own words." if answer.llm == "extract" else f"Written by {answer.llm}."
    return f"{writer} {turn.searched} {answer.seconds['total']:.2f} s."


def show_abstention(turn: Turn, answer: Answer, entries: Sequence[Entry]) -> None:
    """Show an abstention with its reason and the nearest passages."""
    nearest = paragraph("Nearest passages:", "small") if answer.evidence else ""
    searched = "" if answer.examples else turn.searched
    with st.container(border=True, gap="xsmall"):
        st.html(paragraph(answer.text, "heading") + paragraph(f"{answer.reason} {searched}", "small") + nearest)
        for place in nearest_locations(answer, entries):
            show_nearest(turn.number, place)
    st.html(copy_button(answer))


def show_nearest(turn: int, place: SourceLocation) -> None:
    """Show a passage: reference, beginning, and a button that opens it."""
    st.html(paragraph(place.reference, "nearest") + paragraph(shortened(place.words), "small"))
    source_button(turn, place, f"{place.name}-{turn}".replace(" ", "-"), f"Open {place.name}")


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rsplit(' ', 1)[0]} …"


def paragraph(text: str, style: str) -> str:
    """A text as an HTML paragraph in one of the styles of the page."""
    return f'<p class="pincite-{style}" dir="auto">{as_html(text)}</p>'
