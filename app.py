"""The app and its pages. `pincite serve` runs it; so does `streamlit run app.py -- --index DIR`."""

import argparse
from functools import partial
from pathlib import Path

import streamlit as st

from ingest.index import DEFAULT_FOLDER
from ui.chat import chat_page


def options() -> argparse.Namespace:
    """What stands behind `--` on the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--chroma")
    return parser.parse_known_args()[0]


def main() -> None:
    """Show the page that is chosen."""
    st.set_page_config(page_title="Pincite", page_icon="📌", layout="wide")
    given = options()
    page = partial(chat_page, given.index, given.chroma)
    st.navigation([st.Page(page, title="Chat", icon=":material/chat:", url_path="chat", default=True)]).run()


if __name__ == "__main__":
    main()
