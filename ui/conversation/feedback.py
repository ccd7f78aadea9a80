"""Thumbs and a comment under an answer, stored beside the index."""

from pathlib import Path

import streamlit as st

from pincite.answer.feedback import FILE, Feedback, digest, store_feedback, timestamp
from pincite.answer.pipeline import Answer
from pincite.answer.schema import answer_record
from pincite.ingest.errors import PinciteError
from pincite.ui.escaping import as_html, as_markdown

JUDGED = "judged"  # in the session: judgements stored, by widget key
LONGEST = 500  # characters of a comment
LABELS = ("What was wrong? (optional)", "Anything to add? (optional)")  # by thumb: down, up


def show_feedback(folder: Path, turn: int, answer: Answer) -> None:
    """Draw thumbs and, once one is chosen, a comment field; both are stored immediately."""
    key = f"thumbs-{turn}-{digest(answer.question, answer.text)[:8]}"
    judged: dict[str, Feedback] = st.session_state.setdefault(JUDGED, {})
    before = judged.get(key)
    thumb = choose_thumb(key, before)
    if thumb is None:
        return
    comment = write_comment(key, thumb, before)
    if before is None or (before.helpful, before.comment) != (bool(thumb), comment):
        judgement = Feedback(bool(thumb), comment, timestamp(), answer_record(answer))
        try:
            store_feedback(folder, judgement)
        except PinciteError as error:
            st.error(as_markdown(str(error)))
            return
        judged[key] = judgement
    st.html(f'<p class="pincite-small">{as_html(thanks(folder, comment))}</p>')


def choose_thumb(key: str, before: Feedback | None) -> int | None:
    """Draw the thumbs: 1 is up, 0 is down. A second click does not withdraw a judgement."""
    if before and st.session_state.get(key) is None:
        st.session_state[key] = int(before.helpful)
    return st.feedback("thumbs", key=key)


def write_comment(key: str, thumb: int, before: Feedback | None) -> str:
    """Draw the comment field; each thumb has its own."""
    field = f"{key}-{thumb}"
    if before and before.helpful == bool(thumb):
        st.session_state.setdefault(field, before.comment)
    return st.text_input(LABELS[thumb], key=field, max_chars=LONGEST).strip()


def thanks(folder: Path, comment: str) -> str:
    """A confirmation with the file where the judgement is stored."""
    return f"Thank you. Stored {'with your comment ' if comment else ''}on this machine only, in {folder / FILE}."
