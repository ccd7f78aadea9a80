"""A row that is ticked in a table is opened in the list of names below it."""

from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st


def show_table(
    rows: Sequence[Mapping[str, Any]],
    values: Sequence[str],
    into: str,
    *,
    widths: Mapping[str, Any],
    alt: str,
    state: Hashable = None,
) -> None:
    """A table; a tick puts the row's value into the session. A canvas draws the cells, so that nothing is interpreted.

    Another list, or another `state` of it, is another table: a tick never moves to another row.
    """
    key = f"{into}-{hash((state, *values))}"
    st.dataframe(
        rows,
        key=key,
        hide_index=True,
        on_select=partial(open_ticked, key, values, into),
        selection_mode="single-row",
        column_config={name: st.column_config.TextColumn(width=width) for name, width in widths.items()},
        alt=alt,
    )


def open_ticked(key: str, values: Sequence[str], into: str) -> None:
    """Open what is ticked."""
    rows = st.session_state[key].selection.rows
    if rows:
        st.session_state[into] = values[rows[0]]
