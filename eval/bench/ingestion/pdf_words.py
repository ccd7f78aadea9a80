"""Counts the words of PDFs that reading loses, against the plain text of each page from PDFium: `make bench-words`.

What the reader leaves out on purpose is counted by kind: running headers, line numbers, watermarks. Words that differ
only in a hyphen at a line end or in a repaired space count as read.
"""

import argparse
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from pincite.eval.bench.paths import CORPUS
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.pdf.lines import SYMBOLS, PdfLine, pieces_of
from pincite.ingest.readers.pdf.margins.line_numbers import without_line_numbers
from pincite.ingest.readers.pdf.margins.running_headers import without_running_lines
from pincite.ingest.readers.pdf.margins.watermarks import split_watermarks
from pincite.ingest.readers.pdf.pages import open_pdf, pdf_pages
from pincite.ingest.readers.pdf.paragraphs import join_pieces
from pincite.ingest.readers.pdf.reader import read_pdf

FOLDERS = ("corpus", "domains", "field", "faults")  # of ../shared
MOST_LOST = 0.001  # of the words
HYPHEN = re.compile("[-\\u00ad\\u2010\\x02\\ufffe]+\\s*")
WORD = re.compile(r"[^\W\d_]+|\d+")
SHOWN = 12  # lost words shown for a document


@dataclass(frozen=True, slots=True)
class WordCount:
    """Words of a PDF: how many there are, how many are left out by kind, and those lost without a reason."""

    total: int
    left_out: Counter[str]
    lost: tuple[str, ...]


def count_words(path: Path) -> WordCount:
    """The words of a PDF that its reading lacks. Raises RejectedFile for one that is not read."""
    printed = plain_words(path)
    left = Counter(words_of([part.text for part in read_pdf(path).parts]))
    kinds = {kind: Counter(words_of(texts)) for kind, texts in left_out(path).items()}
    out: Counter[str] = Counter()
    lost: list[str] = []
    for word in unmatched(printed, left):
        kind = next((kind for kind, words in kinds.items() if words[word] > 0), None)
        if kind:
            kinds[kind][word] -= 1
            out[kind] += 1
        else:
            lost.append(word)
    return WordCount(len(printed), out, tuple(lost))


def plain_words(path: Path) -> list[str]:
    """The words of the plain text of all pages, in its order."""
    document = open_pdf(path)
    try:
        texts = [text for number in range(len(document)) if (text := plain_text(document, number))]
    finally:
        document.close()
    return words_of(texts)


def plain_text(document: pypdfium2.PdfDocument, number: int) -> str:
    """The plain text of a page, counted from 0; nothing if it is damaged."""
    try:
        text_page = document[number].get_textpage()
    except pypdfium2.PdfiumError:
        return ""
    return str(text_page.get_text_bounded(errors="replace"))


def words_of(texts: Iterable[str]) -> list[str]:
    """Words of texts in lower case, without hyphens at line ends."""
    whole = "\n".join(texts).translate({ord(symbol): " " for symbol in SYMBOLS})
    return WORD.findall(unicodedata.normalize("NFKC", HYPHEN.sub("", whole)).lower())


def unmatched(printed: Sequence[str], read: Counter[str]) -> list[str]:
    """Printed words that are not among those read, not even joined with the next one or divided in two.

    >>> unmatched(["the", "regu", "lation", "of", "tradein", "ships"], Counter(["the", "regulation", "trade", "in"]))
    ['of', 'ships']
    """
    left = Counter(read)
    missing = [number for number, word in enumerate(printed) if not take(left, word)]
    joined: set[int] = set()
    for number in missing:
        following = printed[number + 1] if number + 1 < len(printed) else ""
        if number not in joined and following and take(left, printed[number] + following):
            joined |= {number, number + 1}
    return [printed[number] for number in missing if number not in joined and not take_halves(left, printed[number])]


def take(left: Counter[str], word: str) -> bool:
    """Take a word from those left, if it is there."""
    found = left[word] > 0
    left[word] -= found
    return found


def take_halves(left: Counter[str], word: str) -> bool:
    """Take a word in two halves from those left, if they are there."""
    for at in range(1, len(word)):
        halves = Counter((word[:at], word[at:]))
        if all(left[half] >= count for half, count in halves.items()):
            left.subtract(halves)
            return True
    return False


def left_out(path: Path) -> dict[str, list[str]]:
    """Texts that reading leaves out on purpose, by kind."""
    contents, _ = pdf_pages(path)
    split = [split_watermarks(content.lines if content else []) for content in contents]
    joined = [join_pieces(lines) for lines, _ in split]
    unnumbered = without_line_numbers(joined)
    bare = without_running_lines(unnumbered, [content.drawings.rules if content else () for content in contents])
    return {
        "running headers, footers and page numbers": difference(unnumbered, bare),
        "line numbers": difference(joined, unnumbered),
        "watermarks": [line.text for _, marks in split for line in marks],
    }


def difference(before: Sequence[list[PdfLine]], after: Sequence[list[PdfLine]]) -> list[str]:
    """Texts of the pieces of lines that pages have before a step and not after it."""
    kept = [{id(piece) for line in lines for piece in pieces_of(line)} for lines in after]
    return [
        piece.text
        for lines, own in zip(before, kept, strict=True)
        for line in lines
        for piece in pieces_of(line)
        if id(piece) not in own
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the words lost of every PDF, and fail if they are more than a thousandth of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[CORPUS.parent / name for name in FOLDERS])
    total, lost, out = 0, 0, Counter[str]()
    for path in sorted(file for folder in parser.parse_args(arguments).folders for file in folder.rglob("*.pdf")):
        try:
            count = count_words(path)
        except RejectedFile as error:
            sys.stdout.write(f"{path.name}: {error}\n")
            continue
        total, lost, out = total + count.total, lost + len(count.lost), out + count.left_out
        sys.stdout.write(f"{len(count.lost):5} of {count.total:6}  {path.name}  {' '.join(count.lost[:SHOWN])}\n")
    sys.stdout.write(f"{lost} of {total} words lost ({lost / max(total, 1):.4%}); left out: {dict(out)}\n")
    return int(lost > MOST_LOST * total)


if __name__ == "__main__":
    sys.exit(main())
