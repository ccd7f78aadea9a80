"""An answer as text to be copied, with its references."""

import streamlit as st

from answer.ask import Answer
from briefing.conversation import Exchange, with_references


def show_copy(answer: Answer) -> None:
    """Draw what opens an answer as text; the button that copies it is the code block's own."""
    with st.popover("Copy with references", icon=":material/content_copy:", type="tertiary"):
        st.code(with_references(Exchange(answer.question, answer)), language=None, wrap_lines=True)
