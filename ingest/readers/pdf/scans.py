"""Pages of a PDF without a text layer: which they are, what OCR made of them, and what the user is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pincite.ingest.readers.pdf.lines import Line, Sheet
from pincite.ingest.readers.pdf.ocr import is_installed, recognised

SHARE_OF_SCAN = 0.7  # of a page is covered by its image, at least
FEW_LETTERS = 30  # a scan that holds fewer has no text layer but a stamp or a page number
INSTALL = 'install the extra that reads scans: pip install "pincite[ocr]"'
ELSEWHERE = "run OCR on it first (for example with ocrmypdf)"


@dataclass(frozen=True, slots=True)
class Scans:
    """Pages without text layer, those on which something is drawn, and the lines that OCR read, by page."""

    bare: tuple[int, ...]
    drawn: tuple[int, ...]
    read: dict[int, list[Line]]

    def lines_of(self, number: int, sheet: Sheet | None) -> list[Line]:
        """The lines of a page, by OCR where it read any."""
        return self.read.get(number) or (sheet.lines if sheet else [])

    def rejection(self) -> str:
        """Why nothing of the file can be read, and what to do."""
        if not self.drawn:
            return "no page has a text layer, and nothing is drawn on any; export it again"
        advice = ELSEWHERE if is_installed() else f"{INSTALL}, or {ELSEWHERE}"
        return f"no page has a text layer; {advice}"

    def warnings(self, damaged: Sequence[int]) -> tuple[str, ...]:
        """What could not be read, or only by OCR, by page."""
        found: list[str] = []
        by_eye = [number for number, lines in self.read.items() if lines]
        if by_eye:
            found.append(f"pages {ranges(by_eye)} read by OCR; check quotes against the page")
        if left := [number for number in self.bare if number not in by_eye]:
            advice = f"; {INSTALL}" if not is_installed() and set(left) & set(self.drawn) else ""
            found.append(f"no text layer on pages {ranges(left)}{advice}")
        if damaged:
            found.append(f"damaged and left out: pages {ranges(damaged)}")
        return tuple(found)


def read_scans(path: Path, sheets: Sequence[Sheet | None]) -> Scans:
    """The pages without text layer, read by OCR where its extra is installed and its time suffices."""
    bare = [number for number, sheet in enumerate(sheets, 1) if sheet and not has_text(sheet)]
    drawn = [number for number in bare if (sheet := sheets[number - 1]) and sheet.drawings.anything]
    read = recognised(path, drawn) if drawn and is_installed() else {}
    return Scans(tuple(bare), tuple(drawn), read)


def has_text(sheet: Sheet) -> bool:
    """Whether a page has a text layer: text, and more than the stamp on a scan."""
    if not sheet.lines or sheet.drawings.image_share < SHARE_OF_SCAN:
        return bool(sheet.lines)
    return sum(letter.isalpha() for line in sheet.lines for letter in line.text) >= FEW_LETTERS


def ranges(numbers: Sequence[int]) -> str:
    """Page numbers as a reader writes them.

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
