"""The conversations of a user in the sidebar: begin one, open one of the past, give it another title, delete it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import streamlit as st

from pincite.ingest.errors import BadInput, PinciteError
from pincite.ui.conversation.store import LONGEST, SUFFIX, delete, read_title, rename
from pincite.ui.escaping import as_markdown

AT_FIRST = 8  # conversations shown before the reader asks for more
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

Open = Callable[[str | None], None]  # opens a conversation; None: begins a new one


@dataclass(frozen=True, slots=True)
class Past:
    """A conversation in the list, or the complaint about its file. `changed`: when its last turn came, in ns."""

    id: str
    title: str = ""
    changed: int = 0
    complaint: str | None = None


def past_conversations(folder: Path) -> list[Past]:
    """The conversations of a user, the newest first."""
    found = [past_conversation(file, stamp_of(file)) for file in folder.glob(f"*{SUFFIX}")]
    return sorted(found, key=lambda one: one.changed, reverse=True)


def stamp_of(file: Path) -> tuple[int, int]:
    """Which state a file is in; zeros when there is none."""
    try:
        state = file.stat()
    except OSError:
        return 0, 0
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=5000)
def past_conversation(file: Path, stamp: tuple[int, int]) -> Past:
    """A conversation by its file, whose state is part of the cache's key."""
    try:
        return Past(file.stem, read_title(file), stamp[0])
    except BadInput as error:
        return Past(file.stem, complaint=str(error))


def title_now(folder: Path, identity: str) -> str:
    """The title of a conversation; empty where it is not kept."""
    file = folder / f"{identity}{SUFFIX}"
    return past_conversation(file, stamp_of(file)).title


def show_past(folder: Path, current: str, begun: bool, open_one: Open) -> bool:  # noqa: FBT001  a state
    """Draw the list, and tell whether the open conversation is its first.

    `begun`: whether there is anything to begin anew from.
    """
    past = past_conversations(folder)
    whole = [one for one in past if one.complaint is None]
    st.button(
        "New conversation", icon=":material/edit_square:", on_click=open_one, args=(None,), disabled=not begun,
        width="stretch",
    )  # fmt: skip
    if whole:
        st.html(STYLE)
        with st.container(key="past", gap=None):
            shown: int = st.session_state.setdefault(MORE, AT_FIRST)
            for one in whole[:shown]:
                show_row(folder, one, one.id == current, open_one)
            if len(whole) > shown:
                st.button(f"{len(whole) - shown} older", type="tertiary", icon=":material/expand_more:", on_click=more)
    for one in past:
        if one.complaint:
            st.warning(as_markdown(one.complaint))
    return bool(whole) and whole[0].id == current


def more() -> None:
    """Show more of the list."""
    st.session_state[MORE] += 4 * AT_FIRST


def show_row(folder: Path, one: Past, current: bool, open_one: Open) -> None:  # noqa: FBT001  a state
    """A conversation in the list: its title opens it, the menu beside it gives another title or deletes it."""
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
def ask_title(folder: Path, one: Past) -> None:
    """Ask for another title."""
    with st.form("rename-form", border=False):
        title = st.text_input("Title", value=one.title, max_chars=LONGEST, key=f"title-{one.id}")
        if st.form_submit_button("Rename", type="primary") and done(partial(rename, folder, one.id, title)):
            st.rerun()


@st.dialog("Delete this conversation?")
def ask_whether(folder: Path, one: Past, current: bool, open_one: Open) -> None:  # noqa: FBT001  a state
    """Ask whether a conversation is to go for good."""
    st.write(as_markdown(one.title))
    st.caption("Its questions and answers will be gone for good. The documents stay.")
    with st.container(horizontal=True):
        if st.button("Delete", type="primary", key="delete-it") and done(partial(delete, folder, one.id)):
            if current:
                open_one(None)
            st.rerun()
        if st.button("Keep it", key="keep-it"):
            st.rerun()


def done(change: Callable[[], object]) -> bool:
    """Make a change; a sentence where it cannot be made."""
    try:
        change()
    except PinciteError as error:
        st.error(as_markdown(str(error)))
        return False
    return True
