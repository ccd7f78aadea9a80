"""A row that is ticked in a table is opened in the list of names below it."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial

import streamlit as st


def opens(values: Sequence[str], into: str, state: Hashable = None) -> tuple[str, Callable[[], None]]:
    """A key for a table of these values, and what a tick in it does: it puts the row's value into the session.

    Another list, or another `state` of it, has another key: a tick never moves to another row.
    """
    key = f"{into}-{hash((state, *values))}"
    return key, partial(open_ticked, key, values, into)


def open_ticked(key: str, values: Sequence[str], into: str) -> None:
    """Open what is ticked."""
    rows = st.session_state[key].selection.rows
    if rows:
        st.session_state[into] = values[rows[0]]
