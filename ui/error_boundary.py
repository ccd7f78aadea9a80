"""What a page shows when something goes wrong in it: one sentence. The reason of a bug goes to the server's log."""

import logging
from collections.abc import Callable

import streamlit as st

from pincite.ingest.errors import PinciteError
from pincite.ui.escaping import as_markdown

LOGGER = logging.getLogger(__name__)
BUG = (
    "Something went wrong on this page. Reload it; if it happens again, tell whoever runs this server: "
    "the reason is in its log."
)


def guarded(page: Callable[[], None]) -> None:
    """Show a page."""
    try:
        page()
    except Exception as error:  # noqa: BLE001  whatever it is, the reader gets a sentence and the log the rest
        st.error(as_markdown(told(error)))


def told(error: Exception) -> str:
    """An error as a sentence for the reader; one that is a bug is logged."""
    if isinstance(error, PinciteError):
        return str(error)
    LOGGER.error("a page of the app failed", exc_info=error)
    return BUG
