"""Shows the page of a quote, drawn from the ingested file if it is unchanged."""

import base64
from pathlib import Path

import streamlit as st

from pincite.ingest.document import Document
from pincite.ingest.errors import RejectedFile
from pincite.ingest.hashing import hash_file
from pincite.ingest.names import file_of
from pincite.ui.engine import Engine
from pincite.ui.escaping import as_html
from pincite.ui.source.location import SourceLocation
from pincite.ui.source.page_image import PageImage, page_image

MAX_CACHED_IMAGES = 32  # images for all sessions: about 10 MB


def has_page(document: Document) -> bool:
    """Whether the pages of a document can be drawn."""
    return bool(document.page_starts) and document.path.lower().endswith(".pdf")


def page_of_place(engine: Engine, document: Document, place: SourceLocation) -> PageImage:
    """The page where a location starts, with the quote marked. Raises RejectedFile if it cannot be drawn."""
    number, start, end = stretch_of(document, place)
    share = (place.start - start) / max(end - start, 1)
    entry = next((entry for entry in engine.entries() if entry.path == document.path), None)
    if entry is None:
        raise RejectedFile("the document is no longer in the library; ask again")
    file = file_of(entry.root, entry.path)
    words = document.text[place.start : min(place.end, end)]
    try:
        state = file.stat()
        return drawn(file, (state.st_mtime_ns, state.st_size), document.id, number, words, share)
    except OSError as error:
        raise RejectedFile(
            f"{file} cannot be opened ({error.strerror}); put the file back, or ingest it from where it is now"
        ) from error


def stretch_of(document: Document, place: SourceLocation) -> tuple[int, int, int]:
    """Number and text offsets of the page where a location starts."""
    number = document.page_at(place.start) or 1
    return number, *(document.page_span(number) or (0, len(document.text)))


@st.cache_data(show_spinner="Drawing the page …", max_entries=MAX_CACHED_IMAGES)
def drawn(file: Path, state: tuple[int, int], digest: str, page: int, words: str, share: float) -> PageImage:  # noqa: ARG001  the state is part of the cache's key
    """A page of a file with this sha256. Raises OSError, RejectedFile if it has changed or cannot be drawn."""
    if hash_file(file) != digest:
        raise RejectedFile(f"{file} has changed since it was ingested; ingest it again and ask anew")
    return page_image(file, page, words, share)


def page_html(document: Document, place: SourceLocation, picture: PageImage) -> str:
    """The image with a caption, as HTML."""
    number, _, _ = stretch_of(document, place)
    name = f"Page {number} of {len(document.page_starts)}"
    mark = "" if picture.mark_start is None else f", marked: “{' '.join(place.words.split())}”"
    source = base64.b64encode(picture.png).decode()
    return (
        f'<p class="pincite-small">{as_html(said(document, place, picture))}</p>'
        f'<figure class="pincite-page" tabindex="0" aria-label="{name}"><img src="data:image/png;base64,{source}" '
        f'alt="{as_html(f"{name} of {place.title}{mark}")}" width="{picture.width}" height="{picture.height}">'
        f"{spot_html(picture)}</figure>"
    )


def spot_html(picture: PageImage) -> str:
    """An empty element where the mark starts, to scroll to, as HTML."""
    if picture.mark_start is None:
        return ""
    left, top = picture.mark_start
    return f'<span class="pincite-mark-start" style="left: {left:.1%}; top: {top:.1%}"></span>'


def said(document: Document, place: SourceLocation, picture: PageImage) -> str:
    """The caption: page number, whether the quote is marked, whether it continues on the next page."""
    number, _, end = stretch_of(document, place)
    found = "are framed" if picture.mark_start is not None else "were not found on it, so nothing is framed"
    over = f" The quote continues on page {number + 1}." if document.text[end : place.end].strip() else ""
    label = document.metadata.page_label(number)
    printed = f" (printed {label})" if label else ""
    return f"Page {number} of {len(document.page_starts)} in the file{printed}; the quoted words {found}.{over}"
