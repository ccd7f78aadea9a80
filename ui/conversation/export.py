"""Exports a conversation as a Word or Markdown file with references."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from pincite.briefing.conversation import Exchange, write_conversation
from pincite.ingest.index.catalog import Entry
from pincite.ui.conversation.turn import Turn

FORMS = {".docx": "Word", ".md": "Markdown"}
LONGEST = 60  # characters of a file's name


def show_downloads(title: str, turns: Sequence[Turn], entries: Sequence[Entry]) -> None:
    """Draw download buttons for the open conversation; files are written on demand."""
    title = title or "Conversation"
    exchanges = [exchange for turn in turns if (exchange := exchange_of(turn))]
    if not exchanges:
        return
    st.caption("Download this conversation:")
    with st.container(horizontal=True):
        for suffix, name in FORMS.items():
            st.download_button(
                name, partial(file_content, title, exchanges, entries, suffix), f"{file_name(title)}{suffix}",
                on_click="ignore", icon=":material/download:", key=f"download{suffix}",
            )  # fmt: skip


def exchange_of(turn: Turn) -> Exchange | None:
    """A turn for export, None if it has no answer."""
    if turn.answer is None:
        return None
    understood = (f"Understood as: {turn.understood}",) if turn.understood else ()
    return Exchange(turn.question, turn.answer, (*understood, turn.searched))


def file_content(title: str, exchanges: Sequence[Exchange], entries: Sequence[Entry], suffix: str) -> bytes:
    """The content of an exported conversation."""
    library = {entry.path: entry.metadata for entry in entries}
    with TemporaryDirectory() as folder:
        out = Path(folder, f"conversation{suffix}")
        write_conversation(exchanges, out, title, library)
        return out.read_bytes()


def file_name(title: str) -> str:
    """A title as a portable file name without suffix.

    >>> file_name("What does MF/RES/3/2 decide?"), file_name("…")
    ('What does MF RES 3 2 decide', 'conversation')
    """
    words = re.findall(r"[\w-]+", title)
    return " ".join(words)[:LONGEST].strip() or "conversation"
