"""A briefing book as JSON Lines: an answer a line by the contract, in the order of the questions."""

import json
from pathlib import Path

from briefing.book import Book
from ingest.aside import write_text


def write_jsonl(book: Book, out: Path) -> None:
    """Write a book as .jsonl."""
    write_text(out, (json.dumps(book.record_of(asked), ensure_ascii=False) + "\n" for asked in book.asked))
