"""Words of a paragraph of WordprocessingML as a reader of the document sees them.

Text that is struck by tracked changes or hidden is left out, inserted text is in; raised figures read as exponents or
as marks of footnotes. Knows nothing about styles, lists and tables. Element names: ECMA-376, part 1, 17.
"""

from collections.abc import Callable, Iterator
from typing import Any

from docx.oxml.ns import qn

from pincite.ingest.document import INVISIBLE
from pincite.ingest.readers.superscripts import raised_text

Element = Any  # of lxml, which python-docx builds
Notes = Callable[[Element], str]  # the mark that stands for a reference to a footnote or an endnote

UNREAD = frozenset(
    map(qn, "w:pPr w:rPr w:del w:moveFrom w:delText w:instrText w:sdtPr w:pict w:drawing w:object w:rt".split())
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
SIGNS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
OFF = frozenset({"0", "false", "off"})


def paragraph_text(paragraph: Element, notes: Notes) -> str:
    """The words of a paragraph, tabs as spaces."""
    pieces: list[str] = []
    add_words(paragraph, notes, pieces)
    lines = "".join(pieces).translate(INVISIBLE).split("\n")
    return "\n".join(words for line in lines if (words := " ".join(line.split())))


def add_words(element: Element, notes: Notes, pieces: list[str]) -> None:
    """Add the words of an element's children to those before them."""
    for child in element:
        if child.tag in UNREAD:
            continue
        if child.tag in {qn("w:t"), f"{MATH}t"}:
            pieces.append(child.text or "")
        elif child.tag in {qn("w:footnoteReference"), qn("w:endnoteReference")}:
            pieces.append(notes(child))
        elif child.tag in SIGNS:
            pieces.append(SIGNS[child.tag])
        elif is_raised(child):
            raised: list[str] = []
            add_words(child, notes, raised)
            pieces.append(raised_text("".join(pieces[-3:]), "".join(raised)))
        elif not is_hidden(child):
            add_words(child, notes, pieces)


def is_raised(element: Element) -> bool:
    """Whether a run is set above the line, or an element of a formula is an exponent."""
    if element.tag == f"{MATH}sup":
        return True
    aligned = element.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}") if element.tag == qn("w:r") else None
    return aligned is not None and aligned.get(qn("w:val")) == "superscript"


def is_hidden(element: Element) -> bool:
    """Whether a run is set to be hidden."""
    hidden = element.find(f"{qn('w:rPr')}/{qn('w:vanish')}") if element.tag == qn("w:r") else None
    return hidden is not None and hidden.get(qn("w:val")) not in OFF


def text_boxes(paragraph: Element) -> Iterator[Element]:
    """Contents of the text boxes that hang on a paragraph; of the two forms that Word writes of each, the newer."""
    fallback = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    for box in paragraph.iter(qn("w:txbxContent")):
        if not any(True for _ in box.iterancestors(fallback)):
            yield box
