"""A briefing book as text with commas: a row for each question. UTF-8 with its mark, by which Excel knows it."""

import csv
from pathlib import Path

from briefing.book import Book
from briefing.characters import inert
from briefing.packages import aside
from briefing.write_xlsx import ANSWERS, answer_row


def write_csv(book: Book, out: Path) -> None:
    """Write a book as .csv."""
    with aside(out) as new, new.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([name.lower() for name in ANSWERS])
        for one in book.answers():
            rows.writerow([inert(str(value)) for value in answer_row(one)])
