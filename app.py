"""The Streamlit app: `pincite serve`, or `streamlit run app.py -- --index DIR`."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from pincite.ingest.index.index import DEFAULT_FOLDER
from pincite.ui.authentication import has_access, login_settings, require_user
from pincite.ui.error_boundary import show_guarded
from pincite.ui.pages.chat import chat_page
from pincite.ui.sidebar import LISTED

CHOICES = ("kind", "issuer", "language", "document", "after", "before", "model")  # keys of sidebar fields
WRITTEN = ("questions-text", "draft-text")  # keys of text fields


def options() -> argparse.Namespace:
    """Options after `--` on the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--chroma")
    parser.add_argument("--conversations", type=Path)
    parser.add_argument("--allow-llm", action="append", default=[], metavar="SPEC")
    parser.add_argument("--runs", type=Path, default=Path("runs"))
    return parser.parse_known_args()[0]


def library(given: argparse.Namespace) -> None:
    """The Library page."""
    from pincite.ui.pages.library import library_page  # noqa: PLC0415  pages are imported when opened: Chat starts sooner

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
    """Keep the input of fields while another page is open: Streamlit drops fields that are not drawn."""
    for key in (*CHOICES, *WRITTEN):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def show_pages() -> None:
    """Show the chosen page, once access is granted."""
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
        position="sidebar" if has_access(login) else "hidden",
    )
    require_user(login)
    st.session_state[LISTED] = tuple(given.allow_llm)
    keep_choices()
    chosen.run()


def disable_garbage_collection() -> None:
    """Turn off Streamlit's garbage collection after each run of a page; Python's own stays on.

    It would scan every object of the models and libraries for a tenth of a second, blocking all sessions.
    """
    if st.get_option("runner.postScriptGC"):
        st.config.set_option("runner.postScriptGC", False)  # noqa: FBT003  the option's value


def main() -> None:
    """Run the app."""
    disable_garbage_collection()
    st.set_page_config(page_title="Pincite", page_icon="📌", layout="wide")
    show_guarded(show_pages)


if __name__ == "__main__":
    main()
