"""The source panel beside an answer: the quote marked in its context, and its page."""

from collections.abc import Callable, Container, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pincite.ingest.document import Document
from pincite.ingest.errors import RejectedFile, UnknownDocument
from pincite.ui.engine import Engine
from pincite.ui.escaping import as_html
from pincite.ui.scroll import scroll_to_mark, scroll_to_spot
from pincite.ui.source.location import SourceLocation, surroundings
from pincite.ui.source.page import has_page, page_html, page_of_place

OPENED = "opened"  # in the session: turn and location of the source shown
VIEW = "source-view"  # in the session: TEXT or PAGE
TEXT, PAGE = "Text", "Page"


def open_source(turn: int, place: SourceLocation) -> None:
    """Open a source."""
    st.session_state[OPENED] = turn, place


def close_source() -> None:
    """Close the source panel."""
    st.session_state[OPENED] = None


def room_for_source() -> list[DeltaGenerator]:
    """Two columns: for content with source buttons, and for the source."""
    return st.container(key="room-for-source").columns([3, 2], gap="large")


def source_button(turn: int, place: SourceLocation, key: str, label: str) -> None:
    """A button that opens a source; it is highlighted while the source is open."""
    current = st.session_state.get(OPENED) == (turn, place)
    st.button(
        label,
        key=key,
        type="primary" if current else "secondary",
        on_click=open_source,
        args=(turn, place),
    )


def show_opened(engine: Engine, turns: Container[int], locations_of: Callable[[int], Sequence[SourceLocation]]) -> None:
    """Show the open source if it belongs to one of these turns; `locations_of` lists the sources of a turn."""
    opened: tuple[int, SourceLocation] | None = st.session_state.get(OPENED)
    if opened and opened[0] in turns:
        show_source(engine, *opened, locations_of(opened[0]))
    else:
        st.empty()  # removes the old panel at once, even while a model writes


def show_source(engine: Engine, turn: int, place: SourceLocation, places: Sequence[SourceLocation]) -> None:
    """Show the panel of one of the sources of a turn."""
    places = list(dict.fromkeys(places))
    with st.container(border=True, key="source"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
            show_steps(turn, place, places)
            st.button("Close", key="close-source", type="tertiary", icon=":material/close:", on_click=close_source)
        st.html(heading(place))
        document = unchanged(engine, place)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="source-view-row"):
            page = page_view(engine, document, place) if document and has_page(document) else ""
        with st.container(key="source-text"):
            st.html(page or readable(cited_text(engine, place)))
            scroll_to_mark(place.start, place.end, page=bool(page))
            st.caption("To copy, with the reference:")
            st.code(f"“{' '.join(place.words.split())}” ({place.reference})", language=None, wrap_lines=True)


def show_steps(turn: int, place: SourceLocation, places: Sequence[SourceLocation]) -> None:
    """Show the position among the sources of the turn, between previous and next buttons."""
    at = places.index(place) if place in places else 0
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content", key="source-steps"):
        step_button(turn, "Previous", "left", places[at - 1] if at else None)
        st.html(f'<p class="pincite-small" role="status">{as_html(step_name(place, places))}</p>', width="content")
        step_button(turn, "Next", "right", places[at + 1] if at + 1 < len(places) else None)


def step_button(turn: int, label: str, side: str, place: SourceLocation | None) -> None:
    """A button that opens the previous or next source; disabled at the ends."""
    st.button(
        label,
        key=f"source-{label.lower()}",
        type="tertiary",
        icon=f":material/chevron_{side}:",
        icon_position="left" if side == "left" else "right",
        disabled=place is None,
        on_click=open_source,
        args=(turn, place),
    )


def step_name(place: SourceLocation, places: Sequence[SourceLocation]) -> str:
    """The position of a source among those of its turn."""
    if place not in places:
        return f"Opened from {place.name}"
    return f"{place.kind} {places.index(place) + 1} of {len(places)}"


def page_view(engine: Engine, document: Document, place: SourceLocation) -> str:
    """Draw the choice between text and page; returns the page as HTML, or "" for the text."""
    if choose_view() == TEXT:
        return ""
    try:
        picture = page_html(document, place, page_of_place(engine, document, place))
    except RejectedFile as reason:
        unseen = f'<p class="pincite-small"><strong>The page cannot be shown: {as_html(str(reason))}.</strong></p>'
        return readable(unseen + marked(document, place))
    if st.button("Enlarge", key="enlarge-page", icon=":material/zoom_in:", type="tertiary"):
        st.dialog("The cited page", width="large")(show_large)(picture)
    return picture


def choose_view() -> str:
    """Draw the choice between text and page, which applies to all sources until changed."""
    chosen = st.segmented_control(
        "Show the source as",
        (TEXT, PAGE),
        default=TEXT,
        required=True,
        key=VIEW,
        label_visibility="collapsed",
        persist_state="session",
    )
    return chosen or TEXT


def show_large(picture: str) -> None:
    """Show the page in a dialog."""
    st.html(picture)
    scroll_to_spot()


def readable(text: str) -> str:
    """A text that can be focused and scrolled by keyboard, as HTML."""
    return f'<div tabindex="0" role="group" aria-label="The cited text in its context">{text}</div>'


def heading(place: SourceLocation) -> str:
    """Title, reference and file of a source, as HTML."""
    facts = (place.reference, place.document)
    lines = "".join(f'<p class="pincite-small" dir="auto">{as_html(fact)}</p>' for fact in facts)
    return f'<p class="pincite-heading" dir="auto">{as_html(place.title)}</p>{lines}'


def unchanged(engine: Engine, place: SourceLocation) -> Document | None:
    """The document of a source, None if it was removed or no longer contains the quote there."""
    try:
        document = engine.document(place.document)
    except UnknownDocument:
        return None
    return document if document.text[place.start : place.end] == place.words else None


def cited_text(engine: Engine, place: SourceLocation) -> str:
    """The quote in its context, as HTML; only the quote if the document has changed since."""
    try:
        document = engine.document(place.document)
    except UnknownDocument as error:
        return changed(str(error), place)
    if document.text[place.start : place.end] != place.words:
        return changed("The document has changed since this answer was given: ask again.", place)
    return marked(document, place)


def changed(reason: str, place: SourceLocation) -> str:
    """A quote that can no longer be shown in its document, as HTML."""
    return (
        f'<p class="pincite-small"><strong>{as_html(reason)}</strong> It then said:</p>'
        f'<p class="pincite-source-text" dir="auto">{as_html(place.words)}</p>'
    )


def marked(document: Document, place: SourceLocation) -> str:
    """A quote marked in its context by its offsets, as HTML."""
    before, after = surroundings(document, place)
    words = document.text[place.start : place.end]
    return (
        f'<p class="pincite-source-text" dir="auto">{as_html(before)}<mark>{as_html(words)}</mark>{as_html(after)}</p>'
    )
