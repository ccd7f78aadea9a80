"""Paragraphs, notes and tables of WordprocessingML as elements. Knows nothing about questions.

ECMA-376, part 1, 17: https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

from pincite.briefing.escaping import allowed, runs_leftwards

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {"w": W}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Element = Any  # of lxml


def name(tag: str) -> str:
    """A name of WordprocessingML in full."""
    return f"{{{W}}}{tag}"


def element(tag: str, *children: Element, **attributes: str) -> Element:
    """An element with its attributes and children."""
    made = etree.Element(name(tag), {name(key): value for key, value in attributes.items()}, nsmap=NAMES)
    made.extend(children)
    return made


def run(text: str, *, bold: bool = False, italic: bool = False, colour: str | None = None) -> Element:
    """Words of one look; a line end breaks the line. `colour`: six hex digits."""
    properties = element("rPr")
    if bold:
        properties.append(element("b"))
    if italic:
        properties.append(element("i"))
    if colour:
        properties.append(element("color", val=colour))
    if runs_leftwards(text):
        properties.append(element("rtl"))
    made = element("r", *([properties] if len(properties) else []))
    for number, line in enumerate(allowed(text).split("\n")):
        if number:
            made.append(element("br"))
        words = element("t")
        words.text = line
        words.set(SPACE, "preserve")
        made.append(words)
    return made


def paragraph(*runs: Element, style: str | None = None, keep: bool = False) -> Element:
    """A paragraph; `keep`: on one page with the next. It runs leftwards where its first words do."""
    properties = element("pPr")
    if style:
        properties.append(element("pStyle", val=style))
    if keep:
        properties.append(element("keepNext"))
    if runs_leftwards("".join(text for one in runs for text in one.itertext())):
        properties.append(element("bidi"))
    return element("p", *([properties] if len(properties) else []), *runs)


def note_reference(number: int, style: str) -> Element:
    """The raised mark of a footnote."""
    look = element("rPr", element("rStyle", val=style))
    return element("r", look, element("footnoteReference", id=str(number)))


def note(number: int, runs: Iterable[Element], style: str, mark_style: str) -> Element:
    """A footnote that begins with its mark."""
    mark = element("r", element("rPr", element("rStyle", val=mark_style)), element("footnoteRef"))
    return element("footnote", paragraph(mark, run(" "), *runs, style=style), id=str(number))


def separators() -> list[Element]:
    """The lines between text and footnotes, which Word expects under the first two numbers."""
    kinds = (("-1", "separator", "separator"), ("0", "continuationSeparator", "continuationSeparator"))
    return [
        element("footnote", element("p", element("r", element(tag))), type=kind, id=number)
        for number, kind, tag in kinds
    ]


def table(rows: Iterable[Sequence[str]], widths: Sequence[int], style: str) -> Element:
    """A table whose first row heads it and is repeated on each page; `widths` in twentieths of a point."""
    layout = element("tblLayout", type="fixed")
    width = element("tblW", w=str(sum(widths)), type="dxa")
    grid = element("tblGrid", *(element("gridCol", w=str(one)) for one in widths))
    made = element("tbl", element("tblPr", element("tblStyle", val=style), width, layout), grid)
    for number, cells in enumerate(rows):
        made.append(table_row(cells, widths, head=not number))
    return made


def table_row(cells: Sequence[str], widths: Sequence[int], *, head: bool) -> Element:
    """A row of a table."""
    look = element("trPr", element("cantSplit"), *([element("tblHeader")] if head else []))
    return element(
        "tr",
        look,
        *(
            element("tc", element("tcPr", element("tcW", w=str(width), type="dxa")), paragraph(run(text, bold=head)))
            for text, width in zip(cells, widths, strict=True)
        ),
    )
