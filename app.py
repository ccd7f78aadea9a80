"""The app and its pages. `pincite serve` runs it; so does `streamlit run app.py -- --index DIR`."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from pincite.ingest.index.index import DEFAULT_FOLDER
from pincite.ui.authentication import is_let_in, login_settings, require_user
from pincite.ui.error_boundary import guarded
from pincite.ui.pages.chat import chat_page

CHOICES = ("kind", "issuer", "language", "document", "after", "before", "model")  # keys of the sidebar
WRITTEN = ("questions-text", "draft-text")  # keys of what was pasted


def options() -> argparse.Namespace:
    """What stands behind `--` on the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--chroma")
    parser.add_argument("--conversations", type=Path)
    parser.add_argument("--runs", type=Path, default=Path("runs"))
    return parser.parse_known_args()[0]


def library(given: argparse.Namespace) -> None:
    """The Library page."""
    from pincite.ui.pages.library import library_page  # noqa: PLC0415  a page is loaded when it is opened: Chat is there sooner

    library_page(given.index, given.chroma)


def briefing(given: argparse.Namespace) -> None:
    """The Briefing page."""
    from pincite.ui.pages.briefing import briefing_page  # noqa: PLC0415  see library

    briefing_page(given.index, given.chroma)


def check(given: argparse.Namespace) -> None:
    """The Check page."""
    from pincite.ui.pages.check import check_page  # noqa: PLC0415  see library

    check_page(given.index, given.chroma)


def evaluation(given: argparse.Namespace) -> None:
    """The Evaluation page."""
    from pincite.ui.pages.evaluation import evaluation_page  # noqa: PLC0415  see library

    evaluation_page(given.index, given.chroma, given.runs)


def keep_choices() -> None:
    """Keep what was chosen and pasted while another page is open: Streamlit forgets what is not drawn."""
    for key in (*CHOICES, *WRITTEN):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def show_pages() -> None:
    """Show the page that is chosen, to whoever may see it."""
    given, login = options(), login_settings()
    pages: dict[str, tuple[str, Callable[[], None]]] = {
        "Chat": ("chat", partial(chat_page, given.index, given.chroma, given.conversations)),
        "Library": ("folder_open", partial(library, given)),
        "Briefing": ("checklist", partial(briefing, given)),
        "Check": ("fact_check", partial(check, given)),
        "Evaluation": ("monitoring", partial(evaluation, given)),
    }
    chosen = st.navigation(
        [
            st.Page(page, title=title, icon=f":material/{icon}:", url_path=title.lower(), default=title == "Chat")
            for title, (icon, page) in pages.items()
        ],
        position="sidebar" if is_let_in(login) else "hidden",
    )
    require_user(login)
    keep_choices()
    chosen.run()


def spare_garbage() -> None:
    """Leave the collection of garbage to Python, which does it now and then.

    Streamlit would have it done after each run of a page, and look through every object of the models and libraries for
    a tenth of a second, during which nobody is served.
    """
    if st.get_option("runner.postScriptGC"):
        st.config.set_option("runner.postScriptGC", False)  # noqa: FBT003  the option's value


def main() -> None:
    """The app."""
    spare_garbage()
    st.set_page_config(page_title="Pincite", page_icon="📌", layout="wide")
    guarded(show_pages)


if __name__ == "__main__":
    main()
