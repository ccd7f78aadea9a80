"""Shows an error in a page as one sentence; the traceback of a bug goes to the server's log."""

import logging
from collections.abc import Callable

import streamlit as st

from pincite.ingest.errors import PinciteError
from pincite.ui.escaping import as_markdown

LOGGER = logging.getLogger(__name__)
BUG = (
    "Something went wrong on this page. Reload it; if it happens again, tell the administrator of this server: "
    "the reason is in the log."
)


def show_guarded(page: Callable[[], None]) -> None:
    """Run a page; show an error as a sentence."""
    try:
        page()
    except Exception as error:  # noqa: BLE001  the reader gets a sentence, the log gets the traceback
        st.error(as_markdown(error_message(error)))


def error_message(error: Exception) -> str:
    """The message of an error for the reader; bugs are logged."""
    if isinstance(error, PinciteError):
        return str(error)
    LOGGER.error("a page of the app failed", exc_info=error)
    return BUG
