"""Opens what an answer leaves out: it is asked again with long lists whole, and takes the place of the first.

The conversation on disk, copies, exports and follow-ups then have the whole answer.
"""

from dataclasses import replace
from pathlib import Path

import streamlit as st

from pincite.answer.draft.generative import ignore_stream
from pincite.ingest.errors import PinciteError
from pincite.ui.conversation.schema import choice_of
from pincite.ui.conversation.session import keep_instead, record_of
from pincite.ui.conversation.turn import REST, Turn
from pincite.ui.engine import Engine
from pincite.ui.escaping import as_markdown
from pincite.ui.source.panel import close_source


def opened_whole(engine: Engine, own: Path, turn: Turn) -> Turn:
    """A turn, with its whole answer if the reader has just asked for the rest; what fails is told above it."""
    if st.session_state.get(REST) != turn.number:
        return turn
    st.session_state[REST] = None
    close_source()
    whole = turn
    try:
        with st.spinner("Reading the documents …"):
            whole = with_whole_answer(engine, turn)
        keep_instead(own, whole)
    except PinciteError as error:
        st.warning(as_markdown(str(error)))
    return whole


def with_whole_answer(engine: Engine, turn: Turn) -> Turn:
    """A turn asked again within the documents that it was asked of. Raises BadInput, IndexProblem.

    Only answers without a model leave something out; why a model's draft was replaced is still told.
    """
    filters = choice_of(record_of(turn)).filters()
    answer = engine.ask(turn.understood or turn.question, filters, None, ignore_stream, whole=True)
    return replace(turn, answer=replace(answer, reason=turn.answer.reason if turn.answer else None))
