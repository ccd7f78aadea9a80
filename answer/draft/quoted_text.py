"""The words of a quote as they are shown: without footnote marks, points and table rows on lines of their own."""

import re
from collections.abc import Iterable
from itertools import groupby

from pincite.answer.citation.table_rows import BETWEEN_ROWS
from pincite.answer.query.question import Question
from pincite.ingest.document import BETWEEN_CELLS
from pincite.ingest.structure.pinpoint_grammar import path_of

FOOTNOTE_MARK = re.compile(r"\[\d{1,3}\]")
LINE_OF_A_POINT = re.compile(r"\n+(?=(?:\(?[a-z]{1,4}\)|\(?\d{1,3}[.)]|[-•·▪–—*])\s)")
ENUMERATOR = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*[.)]|“?\(?[a-z]{1,4}\)|[-•–—])\s+")  # at the beginning of a point
BARE_NUMBER = re.compile(r"(\d{1,3}|[a-z]) (?=[A-Z])")  # enumerators in treaties


def clean_quote(text: str) -> str:
    """A quotation without footnote marks, which could be mistaken for citation marks; points keep their lines.

    >>> clean_quote("as endorsed,[7] by\\nthe Council;[8]"), clean_quote("Year | Sites\\n2025 | 3")
    ('as endorsed, by the Council;', 'Year | Sites; 2025 | 3')
    >>> clean_quote("It shall:\\n\\n(a) be\\nopen;\\n\\n(b) be free.")
    'It shall:\\n(a) be open;\\n(b) be free.'
    """
    if BETWEEN_CELLS not in text:
        return "\n".join(filter(None, map(on_one_line, LINE_OF_A_POINT.split(text))))
    parts = groupby(text.split("\n"), key=lambda line: BETWEEN_CELLS in line)
    return BETWEEN_ROWS.join(filter(None, (rows(lines) if are_rows else prose(lines) for are_rows, lines in parts)))


def rows(lines: Iterable[str]) -> str:
    """Rows of a table on one line."""
    return BETWEEN_ROWS.join(map(on_one_line, lines))


def prose(lines: Iterable[str]) -> str:
    """Paragraphs between tables, a line each.

    >>> prose(["It grows", "fast.", "", "Table 1: Sites"])
    'It grows fast.\\nTable 1: Sites'
    """
    return "\n".join(filter(None, map(clean_quote, "\n".join(lines).split("\n\n"))))


def on_one_line(text: str) -> str:
    """A text on one line without footnote marks."""
    return " ".join(FOOTNOTE_MARK.sub("", text).split())


def strip_enumerator(text: str, pinpoint: str | None) -> str:
    """A point without the enumerator that its pinpoint already contains.

    >>> strip_enumerator("(e) be open;", "para. 6 (e)"), strip_enumerator("2 A Party may leave.", "Article 3(2)")
    ('be open;', 'A Party may leave.')
    >>> strip_enumerator("It opens in 2028. It closes later.", "para. 6")
    'It opens in 2028. It closes later.'
    """
    if not pinpoint:
        return text
    mark = ENUMERATOR.match(text)
    text = text[mark.end() :] if mark else text
    bare = BARE_NUMBER.match(text)
    return text[bare.end() :] if bare and re.findall(r"\d+|\b[a-z]\b", pinpoint)[-1:] == [bare[1]] else text


def place_asked_for(question: Question, pinpoint: str | None) -> str | None:
    """The pinpoint of a quote where the question asks for the provision, so that it is part of the answer.

    None for any other question, and for a heading, which is no provision.
    """
    return pinpoint if question.aspects.provision and pinpoint and path_of(pinpoint) else None
