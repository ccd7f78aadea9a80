"""The Library page: lists, adds, shows and removes documents."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from pincite.answer.query.filters import make_filters
from pincite.ingest.errors import NoIndex, PinciteError
from pincite.ingest.index.catalog import Entry
from pincite.ingest.names import file_of
from pincite.ui.engine import Engine, Stamp, open_engine
from pincite.ui.escaping import as_html, as_markdown
from pincite.ui.pages.fetch import JOB as FETCH
from pincite.ui.pages.fetch import show_fetch
from pincite.ui.pages.reader import show_document
from pincite.ui.pages.upload import JOB, show_upload, uploads_of
from pincite.ui.row_selection import show_table
from pincite.ui.sidebar import names_of
from pincite.ui.style import STYLE

READING = "document-read"  # in the session: path of the document shown
REMOVAL_MESSAGE = "library-said"  # in the session: message about a removal, shown once


def library_page(folder: Path, server: str | None) -> None:
    """The page."""
    st.html(STYLE)
    st.title("Library", anchor=False)
    engine = open_engine(folder, server)
    entries, stamp = listed(engine)
    with st.expander("Add documents", icon=":material/upload_file:", expanded=not entries or JOB in st.session_state):
        show_upload(engine)
    with st.expander("Fetch public documents", icon=":material/cloud_download:", expanded=FETCH in st.session_state):
        show_fetch(engine, entries)
    if said := st.session_state.pop(REMOVAL_MESSAGE, None):
        st.info(as_markdown(said))
    if not entries or stamp is None:
        st.write("There is no document yet.")
        return
    found = narrowed(entries)
    st.caption(f"{len(found)} of {len(entries)} documents")
    show_documents(found, stamp)
    entry = choose_document(found)
    if entry:
        show_entry(engine, stamp, entry)


def listed(engine: Engine) -> tuple[Sequence[Entry], Stamp | None]:
    """The documents and the state of the library; empty without a library."""
    try:
        entries = engine.entries()
    except NoIndex:
        return (), None
    return entries, engine.listed[0] if engine.listed else None


def narrowed(entries: Sequence[Entry]) -> list[Entry]:
    """Draw search and filters; returns the matching documents."""
    words, kind, issuer, language = st.columns([2, 1, 1, 1])
    searched = words.text_input("Search titles, symbols, issuers and files", key="library-words").casefold().split()
    kinds = kind.multiselect("Kind", sorted({e.metadata.kind for e in entries}), key="library-kind", placeholder="all")
    known = sorted({e.metadata.issuer for e in entries if e.metadata.issuer})
    issuers = issuer.multiselect("Issuer", known, key="library-issuer", placeholder="all")
    spoken = sorted({e.metadata.language for e in entries})
    languages = language.multiselect("Language", spoken, key="library-language", placeholder="all")
    troubled = st.checkbox("Only documents with warnings", key="library-warnings")
    filters = make_filters(tuple(kinds), tuple(issuers), tuple(languages))
    return [
        entry
        for entry in entries
        if filters.admits_metadata(entry)
        and all(word in searchable(entry) for word in searched)
        and (entry.warnings or not troubled)
    ]


def searchable(entry: Entry) -> str:
    """The searched text of a document, casefolded."""
    known = entry.metadata
    return " ".join(filter(None, (known.title, known.symbol, known.issuer, entry.path, *known.authors))).casefold()


def show_documents(entries: Sequence[Entry], stamp: Stamp) -> None:
    """Show the documents; the selected one is opened."""
    rows, paths = [row_of(entry) for entry in entries], [entry.path for entry in entries]
    show_table(rows, paths, READING, widths={"Title": 300}, alt="The documents of the library", state=stamp)


def choose_document(entries: Sequence[Entry]) -> Entry | None:
    """Draw the list of documents by name; returns the chosen one, or None."""
    names = names_of(entries)
    if st.session_state.get(READING) not in names:
        st.session_state[READING] = None
    path = st.selectbox(
        "Read a document",
        sorted(names, key=lambda one: names[one].casefold()),
        format_func=lambda one: names.get(one, one),
        key=READING,
        placeholder="Choose one here, or tick it in the table",
    )
    return next((entry for entry in entries if entry.path == path), None)


def row_of(entry: Entry) -> dict[str, Any]:
    """A document as a table row."""
    known = entry.metadata
    return {
        "Title": known.title or entry.path,
        "Kind": known.kind,
        "Issuer": known.issuer or "",
        "Symbol": known.symbol or "",
        "Date": known.date or "",
        "Language": known.language,
        "Passages": entry.passages,
        "Warnings": len(entry.warnings),
        "Amends, revokes": "; ".join(f"{relation.kind} {relation.target}" for relation in known.relations),
        "Same text as": ", ".join(entry.near_duplicates),
        "File": entry.path,
    }


def show_entry(engine: Engine, stamp: Stamp, entry: Entry) -> None:
    """Show the metadata of a document, a remove button, its outline and its text."""
    st.html(described(entry))
    with st.popover("Remove from the library …", icon=":material/delete:"):
        st.html(f'<p class="pincite-small">{as_html(consequence(engine, entry))}</p>')
        st.button("Remove it", key="remove", type="primary", on_click=remove_document, args=(engine, entry))
    show_document(engine, stamp, entry)


def described(entry: Entry) -> str:
    """The metadata of a document, as HTML."""
    known = entry.metadata
    pages = f"{entry.pages} pages" if entry.pages else ""
    facts = (known.kind, known.issuer, known.symbol, known.date, known.language, pages, f"{entry.passages} passages")
    lines = [" · ".join(filter(None, facts)), entry.path, ", ".join(known.authors), known.url or ""]
    lines += [f"This document {relation.kind} {relation.target}." for relation in known.relations]
    lines += [f"It has the same text as {twin}, or is an extract of it." for twin in entry.near_duplicates]
    lines += [f"⚠ {warning}" for warning in entry.warnings]
    small = "".join(f'<p class="pincite-small" dir="auto">{as_html(line)}</p>' for line in lines if line)
    return f'<p class="pincite-heading" dir="auto">{as_html(known.title or entry.path)}</p>{small}'


def is_kept_here(engine: Engine, entry: Entry) -> bool:
    """Whether a document was uploaded or fetched here, so that its file is removed with it."""
    return Path(entry.root) == uploads_of(engine.folder)


def consequence(engine: Engine, entry: Entry) -> str:
    """A sentence on the consequences of removing a document."""
    if is_kept_here(engine, entry):
        return f"{entry.path} was uploaded or fetched here: the file is deleted too. Answers can no longer cite it."
    return (
        f"Answers can no longer cite {entry.path}. The file itself stays in {entry.root}; "
        "pincite ingest would bring it back."
    )


def remove_document(engine: Engine, entry: Entry) -> None:
    """Remove a document, and its file if it was uploaded or fetched here."""
    try:
        engine.remove(entry.path)
    except PinciteError as error:
        st.session_state[REMOVAL_MESSAGE] = str(error)
        return
    if is_kept_here(engine, entry):
        file_of(entry.root, entry.path).unlink(missing_ok=True)
    st.session_state[READING] = None
    st.session_state[REMOVAL_MESSAGE] = f"{entry.path} is no longer in the library."
