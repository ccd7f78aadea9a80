"""The panel beside an answer: the cited text in its surroundings, exactly the quoted words marked."""

import streamlit as st

from ingest.document import Document
from ingest.errors import UnknownDocument
from ui.engine import Engine
from ui.inert import as_html
from ui.place import Place, surroundings
from ui.scroll import scroll_to_mark

OPENED = "opened"  # in the session: the turn and the place whose source is shown


def opened_place(turn: int) -> Place | None:
    """The place that is open in a turn."""
    opened: tuple[int, Place] | None = st.session_state.get(OPENED)
    return opened[1] if opened and opened[0] == turn else None


def open_place(turn: int, place: Place) -> None:
    """Show a place beside its turn."""
    st.session_state[OPENED] = turn, place


def close_place() -> None:
    """Show no source."""
    st.session_state[OPENED] = None


def place_button(turn: int, place: Place, key: str, label: str) -> None:
    """A button that opens a place; it is filled while the place is open."""
    current = opened_place(turn) == place
    st.button(
        label,
        key=key,
        type="primary" if current else "secondary",
        on_click=open_place,
        args=(turn, place),
    )


def show_source(engine: Engine, place: Place) -> None:
    """The panel of a place."""
    with st.container(border=True, key="source"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.html(f'<p class="pincite-small">Opened from {as_html(place.name)}</p>', width="content")
            st.button("Close", key="close-source", type="tertiary", icon=":material/close:", on_click=close_place)
        st.html(heading(place))
        with st.container(key="source-text"):
            st.html(cited_text(engine, place))
            scroll_to_mark(place.start, place.end)
            st.caption("To copy, with the reference:")
            st.code(f"“{' '.join(place.words.split())}” ({place.reference})", language=None, wrap_lines=True)


def heading(place: Place) -> str:
    """Title, reference and file of a place, as HTML."""
    facts = (place.reference, place.document)
    lines = "".join(f'<p class="pincite-small" dir="auto">{as_html(fact)}</p>' for fact in facts)
    return f'<p class="pincite-heading" dir="auto">{as_html(place.title)}</p>{lines}'


def cited_text(engine: Engine, place: Place) -> str:
    """The text of a place with its surroundings, as HTML; where the document has changed since, its words alone."""
    try:
        document = engine.document(place.document)
    except UnknownDocument as error:
        return changed(str(error), place)
    if document.text[place.start : place.end] != place.words:
        return changed("The document has changed since this answer was given: ask again.", place)
    return marked(document, place)


def changed(reason: str, place: Place) -> str:
    """Words that can no longer be shown where they stood, as HTML."""
    return (
        f'<p class="pincite-small"><strong>{as_html(reason)}</strong> It then said:</p>'
        f'<p class="pincite-source-text" dir="auto">{as_html(place.words)}</p>'
    )


def marked(document: Document, place: Place) -> str:
    """A place in its surroundings, as HTML: its words marked, by their offsets."""
    before, after = surroundings(document, place)
    words = document.text[place.start : place.end]
    return (
        f'<p class="pincite-source-text" dir="auto">{as_html(before)}<mark>{as_html(words)}</mark>{as_html(after)}</p>'
    )
