"""The list of conversations in the sidebar: start, open, rename and delete."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from pincite.ingest.errors import PinciteError
from pincite.ui.conversation.store import LONGEST, ListedConversation, delete, list_conversations, rename
from pincite.ui.escaping import as_markdown

AT_FIRST = 8  # conversations shown at first
MORE = "more-conversations"  # in the session: how many are shown
RENAME, DELETE = "Rename", "Delete"

STYLE = """<style>
[class*="st-key-past-"] { flex-wrap: nowrap; border-radius: 0.5rem; }
[class*="st-key-past-"]:is(:hover, :focus-within, .st-key-past-now) {
  background: color-mix(in srgb, currentColor 8%, transparent);
}
[class*="st-key-past-"] > :first-child { flex: 1 1 0; min-width: 0; }
[class*="st-key-past-"] button { min-height: 2.25rem; padding: 0.25rem 0.5rem; }
[class*="st-key-open-"] button { justify-content: flex-start; }
[class*="st-key-open-"] button p { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
[class*="st-key-menu-"] button div[aria-hidden="true"] { display: none; }
[class*="st-key-menu-"] button [data-testid="stMarkdownContainer"] { position: absolute; clip-path: inset(50%); }
</style>"""

Open = Callable[[str | None], None]  # opens a conversation; None starts a new one


def show_past(folder: Path, current: str, begun: bool, open_one: Open) -> list[ListedConversation]:  # noqa: FBT001  a state
    """Draw the conversations of a user and return them, the newest first.

    `begun`: whether the open conversation has a question, so that a new one can be started.
    """
    st.button(
        "New conversation", icon=":material/edit_square:", on_click=open_one, args=(None,), disabled=not begun,
        width="stretch",
    )  # fmt: skip
    try:
        past = list_conversations(folder)
    except PinciteError as error:
        st.warning(as_markdown(str(error)))
        return []
    if past:
        st.html(STYLE)
        with st.container(key="past", gap=None):
            shown: int = st.session_state.setdefault(MORE, AT_FIRST)
            for one in past[:shown]:
                show_row(folder, one, one.id == current, open_one)
            if len(past) > shown:
                st.button(f"{len(past) - shown} older", type="tertiary", icon=":material/expand_more:", on_click=more)
    return past


def more() -> None:
    """Show more conversations."""
    st.session_state[MORE] += 4 * AT_FIRST


def show_row(folder: Path, one: ListedConversation, current: bool, open_one: Open) -> None:  # noqa: FBT001  a state
    """A conversation in the list, with a menu to rename or delete it."""
    with st.container(
        horizontal=True, gap=None, vertical_alignment="center", key="past-now" if current else f"past-{one.id}"
    ):
        st.button(
            as_markdown(one.title), key=f"open-{one.id}", type="tertiary",
            on_click=open_one, args=(one.id,), width="stretch",
        )  # fmt: skip
        chosen = st.menu_button(
            "Rename or delete", [RENAME, DELETE], key=f"menu-{one.id}", type="tertiary", icon=":material/more_horiz:",
        )  # fmt: skip
    if chosen == RENAME:
        ask_title(folder, one)
    elif chosen == DELETE:
        ask_whether(folder, one, current, open_one)


@st.dialog("Rename this conversation")
def ask_title(folder: Path, one: ListedConversation) -> None:
    """Ask for a new title."""
    with st.form("rename-form", border=False):
        title = st.text_input("Title", value=one.title, max_chars=LONGEST, key=f"title-{one.id}")
        if st.form_submit_button("Rename", type="primary") and done(partial(rename, folder, one.id, title)):
            st.rerun()


@st.dialog("Delete this conversation?")
def ask_whether(folder: Path, one: ListedConversation, current: bool, open_one: Open) -> None:  # noqa: FBT001  a state
    """Ask for confirmation before deleting a conversation."""
    st.write(as_markdown(one.title))
    st.caption("Its questions and answers will be deleted permanently. The documents stay.")
    with st.container(horizontal=True):
        if st.button("Delete", type="primary", key="delete-it") and done(partial(delete, folder, one.id)):
            if current:
                open_one(None)
            st.rerun()
        if st.button("Keep it", key="keep-it"):
            st.rerun()


def done(change: Callable[[], object]) -> bool:
    """Make a change; show an error and return False if that fails."""
    try:
        change()
    except PinciteError as error:
        st.error(as_markdown(str(error)))
        return False
    return True
