"""Numbers of ordered lists as a browser shows them; the text of the page does not contain them."""

from lxml import html

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.readers.html.stylesheet import declared
from pincite.ingest.readers.list_numbers import format_number
from pincite.ingest.structure.provisions import article_of

STYLES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
CSS = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
       "upper-roman": "I", "decimal": "1"}  # fmt: skip

CONVENTION = ("lower-alpha", "lower-roman")  # of lists inside the numbered paragraphs of an act


def item_number(item: html.HtmlElement) -> str:
    """The number in front of an item, empty if none is shown."""
    parent = item.getparent()
    style = "" if parent is None else list_style(parent)
    if parent is None or parent.tag != "ol" or style == "none":
        return ""
    number = attribute_number(parent.get("start"), 1)
    for sibling in parent.iterchildren("li"):
        number = attribute_number(sibling.get("value"), number)
        if sibling is item:
            break
        number += 1
    return f"{format_number(number, STYLES.get(CSS.get(style, parent.get('type') or '1'), 'decimal'))}."


def list_style(element: html.HtmlElement) -> str:
    """The numbering style of a list by its CSS, empty if it states none."""
    words = declared(element, "list-style", "list-style-type").split()
    return next((word for word in words if word == "none" or word in CSS), "")


def apply_conventional_marks(root: html.HtmlElement) -> None:
    """Mark lists nested in the numbered paragraphs of an article as acts do: 1., a., i.

    Only where the page leaves their style to a style sheet that was not saved with it.
    """
    if not root.xpath("//link[contains(@rel, 'stylesheet')][not(starts-with(@href, 'data:'))]"):
        return
    titles = (" ".join(title.text_content().split()) for title in root.iter("h1", "h2", "h3", "h4"))
    if not any(article_of(Part(BlockKind.HEADING, title)) for title in titles):
        return
    for element in root.iter("ol"):
        depth = sum(1 for _ in element.iterancestors("ol"))
        if 0 < depth <= len(CONVENTION) and not element.get("type") and not list_style(element):
            element.set("style", f"{element.get('style') or ''};list-style-type:{CONVENTION[depth - 1]}")


def list_depth(item: html.HtmlElement) -> int:
    """How deeply an item is nested in lists, from 1."""
    return sum(1 for _ in item.iterancestors("ol", "ul"))


def attribute_number(text: str | None, otherwise: int) -> int:
    """The number that an attribute states, `otherwise` if it states none."""
    stated = (text or "").strip()
    return int(stated) if stated.isdecimal() and len(stated) < 6 else otherwise  # noqa: PLR2004  no list is so long
