"""How pages begin that need a library."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from pincite.ingest.errors import NoIndex
from pincite.ingest.index.catalog import Entry
from pincite.ui.engine import Engine, open_engine
from pincite.ui.style import STYLE


def begin(title: str, folder: Path, server: str | None) -> tuple[Engine, Sequence[Entry]]:
    """Draw the head of a page; the engine and the documents, none where there is no library, as the page then says."""
    st.html(STYLE)
    st.title(title, anchor=False)
    engine = open_engine(folder, server)
    try:
        entries = engine.entries()
    except NoIndex:
        entries = []
    if not entries:
        st.write("There is no library yet: add documents on the page Library.")
    return engine, entries
