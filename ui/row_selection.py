"""A table in which selecting a row opens it in the list below."""

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
    """A table; selecting a row writes its value to the session state key `into`. Cells are drawn as text.

    Other values, or another `state`, make a new table, so that a selection never moves to another row.
    """
    key = f"{into}-{hash((state, *values))}"
    st.dataframe(
        rows,
        key=key,
        hide_index=True,
        on_select=partial(select_row, key, values, into),
        selection_mode="single-row",
        column_config={name: st.column_config.TextColumn(width=width) for name, width in widths.items()},
        alt=alt,
    )


def select_row(key: str, values: Sequence[str], into: str) -> None:
    """Write the value of the selected row to the session."""
    rows = st.session_state[key].selection.rows
    if rows:
        st.session_state[into] = values[rows[0]]
