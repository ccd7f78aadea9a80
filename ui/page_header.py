"""The header of pages that need a library."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from pincite.ingest.errors import NoIndex
from pincite.ingest.index.catalog import Entry
from pincite.ui.engine import Engine, open_engine
from pincite.ui.style import STYLE


def open_page(title: str, folder: Path, server: str | None) -> tuple[Engine, Sequence[Entry]]:
    """Draw the header of a page; returns the engine and the documents, of which there are none without a library."""
    st.html(STYLE)
    st.title(title, anchor=False)
    engine = open_engine(folder, server)
    try:
        entries = engine.entries()
    except NoIndex:
        entries = []
    if not entries:
        st.write("There is no library yet: add documents on the Library page.")
    return engine, entries
