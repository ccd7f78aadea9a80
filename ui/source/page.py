"""The page that a quote stands on, drawn from the file that was ingested, where it is still the same."""

import base64
from pathlib import Path

import streamlit as st

from pincite.ingest.document import Document
from pincite.ingest.errors import RejectedFile
from pincite.ingest.hashing import hash_file
from pincite.ui.engine import Engine
from pincite.ui.escaping import as_html
from pincite.ui.source.location import Place
from pincite.ui.source.page_image import Picture, picture_of

KEPT = 32  # pictures held for all sessions: some 10 MB


def has_page(document: Document) -> bool:
    """Whether a document has pages that can be drawn."""
    return bool(document.page_starts) and document.path.lower().endswith(".pdf")


def page_of_place(engine: Engine, document: Document, place: Place) -> Picture:
    """The page that a place begins on, its words there marked. Raises RejectedFile where it cannot be drawn."""
    number, start, end = stretch_of(document, place)
    share = (place.start - start) / max(end - start, 1)
    entry = next((entry for entry in engine.entries() if entry.path == document.path), None)
    if entry is None:
        raise RejectedFile("the document is no longer in the library; ask again")
    file = Path(entry.root, entry.path)
    words = document.text[place.start : min(place.end, end)]
    try:
        state = file.stat()
        return drawn(file, (state.st_mtime_ns, state.st_size), document.id, number, words, share)
    except OSError as error:
        raise RejectedFile(
            f"{file} cannot be opened ({error.strerror}); put the file back, or ingest it from where it is now"
        ) from error


def stretch_of(document: Document, place: Place) -> tuple[int, int, int]:
    """Number of the page that a place begins on, and the offsets of that page's text."""
    number = document.page_at(place.start) or 1
    return number, *(document.page_span(number) or (0, len(document.text)))


@st.cache_data(show_spinner="Drawing the page …", max_entries=KEPT)
def drawn(file: Path, state: tuple[int, int], digest: str, page: int, words: str, share: float) -> Picture:  # noqa: ARG001  the state is part of the cache's key
    """A page of a file with this sha256. Raises RejectedFile when the file has changed or cannot be drawn, OSError."""
    if hash_file(file) != digest:
        raise RejectedFile(f"{file} has changed since it was ingested; ingest it again and ask anew")
    return picture_of(file, page, words, share)


def page_html(document: Document, place: Place, picture: Picture) -> str:
    """The picture with what there is to say about it, as HTML."""
    number, _, _ = stretch_of(document, place)
    name = f"Page {number} of {len(document.page_starts)}"
    mark = "" if picture.spot is None else f", marked: “{' '.join(place.words.split())}”"
    source = base64.b64encode(picture.png).decode()
    return (
        f'<p class="pincite-small">{as_html(said(document, place, picture))}</p>'
        f'<figure class="pincite-page" tabindex="0" aria-label="{name}"><img src="data:image/png;base64,{source}" '
        f'alt="{as_html(f"{name} of {place.title}{mark}")}" width="{picture.width}" height="{picture.height}">'
        f"{spot_html(picture)}</figure>"
    )


def spot_html(picture: Picture) -> str:
    """What is scrolled into view: the place in the picture where the mark begins, as HTML."""
    if picture.spot is None:
        return ""
    left, top = picture.spot
    return f'<span class="pincite-spot" style="left: {left:.1%}; top: {top:.1%}"></span>'


def said(document: Document, place: Place, picture: Picture) -> str:
    """Which page it is, whether the quote is marked on it, and whether it goes on over its end."""
    number, _, end = stretch_of(document, place)
    found = "are framed" if picture.spot is not None else "were not found on it, so that nothing is framed"
    over = f" The quote goes on on page {number + 1}." if document.text[end : place.end].strip() else ""
    return f"Page {number} of {len(document.page_starts)} in the file; the quoted words {found}.{over}"
