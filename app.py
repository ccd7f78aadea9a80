"""The app and its pages. `pincite serve` runs it; so does `streamlit run app.py -- --index DIR`."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from ingest.index import DEFAULT_FOLDER
from ui.chat import chat_page
from ui.guard import guarded

CHOICES = ("kind", "issuer", "language", "document", "after", "before", "model")  # keys of the sidebar


def options() -> argparse.Namespace:
    """What stands behind `--` on the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--chroma")
    parser.add_argument("--runs", type=Path, default=Path("runs"))
    return parser.parse_known_args()[0]


def library(given: argparse.Namespace) -> None:
    """The Library page."""
    from ui.library import library_page  # noqa: PLC0415  a page is loaded when it is opened: Chat is there sooner

    library_page(given.index, given.chroma)


def briefing(given: argparse.Namespace) -> None:
    """The Briefing page."""
    from ui.briefing import briefing_page  # noqa: PLC0415  see library

    briefing_page(given.index, given.chroma)


def evaluation(given: argparse.Namespace) -> None:
    """The Evaluation page."""
    from ui.evaluation import evaluation_page  # noqa: PLC0415  see library

    evaluation_page(given.index, given.chroma, given.runs)


def keep_choices() -> None:
    """Keep what the sidebar says while another page is open: Streamlit forgets what is not drawn."""
    for key in CHOICES:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def main() -> None:
    """Show the page that is chosen."""
    st.set_page_config(page_title="Pincite", page_icon="📌", layout="wide")
    given = options()
    keep_choices()
    pages: dict[str, tuple[str, Callable[[], None]]] = {
        "Chat": ("chat", partial(chat_page, given.index, given.chroma)),
        "Library": ("folder_open", partial(library, given)),
        "Briefing": ("checklist", partial(briefing, given)),
        "Evaluation": ("monitoring", partial(evaluation, given)),
    }
    st.navigation(
        [
            st.Page(
                partial(guarded, page),
                title=title,
                icon=f":material/{icon}:",
                url_path=title.lower(),
                default=title == "Chat",
            )
            for title, (icon, page) in pages.items()
        ]
    ).run()


if __name__ == "__main__":
    main()
