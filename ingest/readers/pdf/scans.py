"""Pages of a PDF without a text layer: detection, OCR results, and messages to users."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pincite.ingest.readers.pdf.lines import PdfLine
from pincite.ingest.readers.pdf.ocr import recognise_pages
from pincite.ingest.readers.pdf.ocr_extra import is_installed
from pincite.ingest.readers.pdf.pages import PageContent

SHARE_OF_SCAN = 0.7  # of a scanned page, at least, is covered by an image
FEW_LETTERS = 30  # a scan with fewer has a stamp or a page number, not a text layer
INSTALL_EXTRA = 'install the extra that reads scans: pip install "pincite[ocr]"'
RUN_OCR = "run OCR on it first (for example with ocrmypdf)"


@dataclass(frozen=True, slots=True)
class ScannedPages:
    """Pages without a text layer, those of them with drawings, and the lines recognised by OCR, by page."""

    without_text: tuple[int, ...]
    drawn: tuple[int, ...]
    read: dict[int, list[PdfLine]]

    def lines_of(self, number: int, content: PageContent | None) -> list[PdfLine]:
        """The lines of a page, from OCR if it found any."""
        return self.read.get(number) or (content.lines if content else [])

    def rejection(self) -> str:
        """Why the file has no readable text, and what to do."""
        if not self.drawn:
            return "no page has a text layer, and all pages are blank; export it again"
        advice = RUN_OCR if is_installed() else f"{INSTALL_EXTRA}, or {RUN_OCR}"
        return f"no page has a text layer; {advice}"

    def warnings(self, damaged: Sequence[int]) -> tuple[str, ...]:
        """Warnings about pages read by OCR or not at all."""
        found: list[str] = []
        by_ocr = [number for number, lines in self.read.items() if lines]
        if by_ocr:
            found.append(f"pages {ranges(by_ocr)} read by OCR; check quotes against the page")
        if left := [number for number in self.without_text if number not in by_ocr]:
            advice = f"; {INSTALL_EXTRA}" if not is_installed() and set(left) & set(self.drawn) else ""
            found.append(f"no text layer on pages {ranges(left)}{advice}")
        if damaged:
            found.append(f"damaged and left out: pages {ranges(damaged)}")
        return tuple(found)


def read_scans(path: Path, contents: Sequence[PageContent | None]) -> ScannedPages:
    """Pages without a text layer, read by OCR if the extra is installed and as far as time allows."""
    without_text = [number for number, content in enumerate(contents, 1) if content and not has_text(content)]
    drawn = [number for number in without_text if (content := contents[number - 1]) and content.drawings.has_objects]
    read = recognise_pages(path, drawn) if drawn and is_installed() else {}
    return ScannedPages(tuple(without_text), tuple(drawn), read)


def has_text(content: PageContent) -> bool:
    """Whether a page has a text layer: text, and more of it than a stamp on a scan."""
    if not content.lines or content.drawings.image_share < SHARE_OF_SCAN:
        return bool(content.lines)
    return sum(letter.isalpha() for line in content.lines for letter in line.text) >= FEW_LETTERS


def ranges(numbers: Sequence[int]) -> str:
    """Page numbers with consecutive ones as ranges.

    >>> ranges([2, 3, 4, 7])
    '2-4, 7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
