"""Plain text files: paragraphs, headings, tables; form feeds separate pages; evident Markdown is read as such."""

import re
from dataclasses import replace
from pathlib import Path

from pincite.ingest.document import Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.encoding.decode import decode
from pincite.ingest.readers.markdown.reader import is_markdown, markdown_reading
from pincite.ingest.readers.running_lines import without_running_lines
from pincite.ingest.readers.text.broken_paragraphs import with_rejoined_paragraphs
from pincite.ingest.readers.text.contents import with_contents_marked
from pincite.ingest.readers.text.heading_lines import with_capitals_joined, with_chapters_joined
from pincite.ingest.readers.text.headings import with_headings
from pincite.ingest.readers.text.marks import NO_MARKS
from pincite.ingest.readers.text.notes import with_notes_marked
from pincite.ingest.readers.text.parts import page_parts, text_spelling
from pincite.ingest.readers.text.printed import prepared, without_printed_marks
from pincite.ingest.readers.text.printed_folios import page_ends, without_folios
from pincite.ingest.readers.text.split_letters import with_bullets_apart, with_initials, with_whole_words
from pincite.ingest.readers.text.titles import with_titles_marked

BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
SHORTEST_CODE = 40  # characters of base64


def read_text(path: Path) -> Reading:
    """Parts of a text file. Raises RejectedFile for bytes that are not text."""
    text, warnings = decode(path.read_bytes())
    text = re.sub(r"\n{4,}", "\n\n\n", text)
    if is_base64(text):
        raise RejectedFile("it contains base64 instead of text; decode it first and save the result")
    spelling = text_spelling(text)
    if is_markdown(text):
        reading = markdown_reading(text, warnings)
        return replace(reading, parts=with_rejoined_paragraphs(reading.parts, spelling))
    text = text.replace("\f", "\n\f\n")
    text, contents = with_contents_marked(with_bullets_apart(text.translate(NO_MARKS)))
    text = with_notes_marked(text, page_ends(text))
    text = prepared(with_initials(with_whole_words(without_folios(text) if "\f" not in text else text), spelling))
    text = "\f".join(without_running_lines(text.split("\f")))
    text = with_chapters_joined(with_titles_marked(text, contents, spelling))
    pages = with_capitals_joined(text).split("\f")
    parts = [
        part
        for number, page in enumerate(pages, 1)
        for part in page_parts(page, number if len(pages) > 1 else None, spelling)
    ]
    return Reading(with_headings(with_rejoined_paragraphs(without_printed_marks(parts), spelling)), {}, warnings)


def is_base64(text: str) -> bool:
    """Whether a text is binary data or mail encoded in base64.

    >>> is_base64("UGluY2l0ZSBhbnN3ZXJzIHF1ZXN0aW9ucyBvdmVyIHBvbGljeSB0ZXh0cy4="), is_base64("A" * 50 + " is a word")
    (True, False)
    """
    code = re.sub(r"\s", "", text) if len(text.split()) <= text.count("\n") + 1 else ""
    mixed = re.search("[a-z]", code) and re.search("[A-Z]", code) and re.search(r"[\d+/=]", code)
    return len(code) >= SHORTEST_CODE and mixed is not None and BASE64.fullmatch(code) is not None
