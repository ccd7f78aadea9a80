"""Running headers and footers of the pages of a text, which form feeds separate."""

import re
from collections import Counter

PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|стор\.?|seite|página) )?\d{1,4}(?: ?(?:of|/|de|von|з) ?\d{1,4})?\W*", re.IGNORECASE
)
FEWEST_PAGES = 3  # on which a line must recur to be a running header or footer
MOST_LINES = 4  # of a running header or footer


def without_running_lines(pages: list[str]) -> list[str]:
    """Pages without page numbers and without first and last lines that recur on half of them.

    >>> without_running_lines([f"Fees of {n} crowns\\n\\nEN\\n{n}\\nEN" for n in (7, 8, 9)])
    ['Fees of 7 crowns\\n', 'Fees of 8 crowns\\n', 'Fees of 9 crowns\\n']
    """
    for edge in (0, -1):
        for _ in range(MOST_LINES):
            lines = [page.strip("\n ").split("\n")[edge].strip() for page in pages]
            cut = running(lines)
            pages = [without_line(page, edge) if remove else page for page, remove in zip(pages, cut, strict=True)]
            if not any(cut):
                break
    return pages


def running(lines: list[str]) -> list[bool]:
    """Whether each of the first or the last lines of all pages is a running one."""
    recurring = {line for line, count in Counter(lines).items() if line and count >= max(FEWEST_PAGES, len(lines) / 2)}
    numbered = len(lines) >= FEWEST_PAGES
    return [line in recurring or (numbered and PAGE_NUMBER.fullmatch(line) is not None) for line in lines]


def without_line(page: str, edge: int) -> str:
    """A page without its first (0) or last (-1) line that is not blank."""
    lines = page.strip("\n ").split("\n")
    del lines[edge]
    return "\n".join(lines)
