"""Text of a WordprocessingML paragraph as displayed, with tracked changes accepted and hidden text left out.

Superscript numbers become exponents or footnote markers. Element names: ECMA-376, part 1, 17.
"""

from collections.abc import Callable, Iterator, Mapping

from docx.oxml.ns import qn

from pincite.ingest.readers.docx.numbering import OFF
from pincite.ingest.readers.superscripts import superscript_text
from pincite.ingest.readers.whitespace import collapse_lines
from pincite.ingest.readers.zip_xml import Element

NoteMarker = Callable[[Element], str]  # reference to a footnote or an endnote -> its marker in the text

SKIPPED = frozenset(
    map(qn, "w:pPr w:rPr w:del w:moveFrom w:delText w:instrText w:sdtPr w:pict w:drawing w:object w:rt".split())
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
CHARACTERS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
STRIKES = ("w:strike", "w:dstrike")
EMPHASIS = ("w:b", "w:u")


def paragraph_text(paragraph: Element, note_marker: NoteMarker) -> str:
    """The text of a paragraph, tabs as spaces."""
    pieces: list[str] = []
    add_text(paragraph, note_marker, pieces)
    return collapse_lines("".join(pieces))


def add_text(element: Element, note_marker: NoteMarker, pieces: list[str]) -> None:
    """Append the text of the children of an element."""
    for child in element:
        if child.tag in SKIPPED:
            continue
        if child.tag in {qn("w:t"), f"{MATH}t"}:
            pieces.append(child.text or "")
        elif child.tag in {qn("w:footnoteReference"), qn("w:endnoteReference")}:
            pieces.append(note_marker(child))
        elif child.tag in CHARACTERS:
            pieces.append(CHARACTERS[child.tag])
        elif is_superscript(child):
            superscript: list[str] = []
            add_text(child, note_marker, superscript)
            pieces.append(superscript_text("".join(pieces[-3:]), "".join(superscript)))
        elif not is_hidden(child):
            add_text(child, note_marker, pieces)


def is_superscript(element: Element) -> bool:
    """Whether a run is superscript, or an element of a formula is an exponent."""
    if element.tag == f"{MATH}sup":
        return True
    aligned = element.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}") if element.tag == qn("w:r") else None
    return aligned is not None and aligned.get(qn("w:val")) == "superscript"


def is_hidden(element: Element) -> bool:
    """Whether a run is hidden or struck through."""
    return element.tag == qn("w:r") and any(states(element, name) for name in ("w:vanish", *STRIKES))


def states(element: Element, name: str) -> bool | None:
    """Whether the run properties of a run or a style switch a property on or off, None if they do neither."""
    found = element.find(f"{qn('w:rPr')}/{qn(name)}")
    return None if found is None else found.get(qn("w:val")) not in OFF | {"none"}


def apply_styles(root: Element, styles: Mapping[str, frozenset[str]]) -> None:
    """Write properties of styles into the runs that do not state them themselves. `styles`: by property, style ids."""
    used = {name: ids for name, ids in styles.items() if ids}
    for paragraph in root.iter(qn("w:p")) if used else ():
        paragraph_style = style_id(paragraph, "w:pPr/w:pStyle")
        for run in paragraph.iter(qn("w:r")):
            for name, ids in used.items():
                if states(run, name) is None and {paragraph_style, style_id(run, "w:rPr/w:rStyle")} & ids:
                    properties = run.find(qn("w:rPr"))
                    properties = run.makeelement(qn("w:rPr"), {}) if properties is None else properties
                    properties.append(properties.makeelement(qn(name), {}))
                    run.insert(0, properties)


def style_id(element: Element, path: str) -> str | None:
    """The style that an element refers to."""
    found = element.find("/".join(map(qn, path.split("/"))))
    return None if found is None else found.get(qn("w:val"))


def is_emphasised(paragraph: Element) -> bool:
    """Whether all words of a paragraph are bold, or all are underlined."""
    runs = [run for run in paragraph.iter(qn("w:r")) if any((text.text or "").strip() for text in run.iter(qn("w:t")))]
    return bool(runs) and any(all(states(run, name) for run in runs) for name in EMPHASIS)


def text_boxes(paragraph: Element) -> Iterator[Element]:
    """Contents of the text boxes anchored in a paragraph; of the two forms that Word writes of each, the newer."""
    fallback = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    for box in paragraph.iter(qn("w:txbxContent")):
        if not any(True for _ in box.iterancestors(fallback)):
            yield box
