"""Parts of a web page outside its text: hidden elements, navigation, sharing, advertising."""

import re

from lxml import html

from pincite.ingest.data.html_classes import has_class_of
from pincite.ingest.document import BlockKind
from pincite.ingest.readers.html.stylesheet import is_struck

INVISIBLE_CLASSES = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screenreader element-invisible".split()
)
# Words that mark an element as boilerplate in its class, and the fewer that do so in its id.
BOILERPLATE_CLASSES = frozenset(
    "ad ads advert adverts advertisement advertising addthis adslot breadcrumb breadcrumbs consent cookie cookies "
    "lightbox masthead menu nav navbar navigation newsletter pager pagination paywall popup recommended related "
    "share sharebar sharedaddy sharethis sharing sidebar skiplink sponsored subscribe toolbar".split()
)
BOILERPLATE_IDS = frozenset(
    "breadcrumb breadcrumbs cookiebanner masthead menu nav navbar navigation newsletter sidebar".split()
)
BOILERPLATE_ROLES = frozenset("navigation search complementary contentinfo dialog alertdialog menu menubar".split())
NOTE_WORDS = frozenset("footnote footnotes endnote endnotes".split())
NOTE_ROLES = frozenset("doc-footnote doc-footnotes doc-endnote doc-endnotes doc-rearnote doc-rearnotes".split())
ACT_MARGIN = re.compile(r"(?:oj-)?(?:hd-\w+|doc-end)", re.IGNORECASE)
BOILERPLATE_PHRASES = re.compile(
    r"(?:skip to (?:the )?(?:main )?(?:content|navigation)|share(?: this)?(?: (?:page|article|post|story|on .{1,20}))?"
    r"|tweet|advertisement|sponsored(?: content)?|back to top|top|menu|print(?: this page)?|accept (?:all )?cookies"
    r"|(?:this (?:web)?site|we) uses? cookies.{0,200}|sign up for our newsletter.{0,60}|listen to this article)\W*",
    re.IGNORECASE,
)
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
MAIN_SHARE = 0.4  # of the page's text: an element with more is not boilerplate, whatever its name
FEWEST_LINKS, WORDS_OF_LINK = 5, 4  # a menu has at least so many links, of at most so many words on average
LINK_SHARE = 0.9
FEWEST_ENTRIES = 2  # of a table of contents


def kind_of_element(element: html.HtmlElement) -> BlockKind | None:
    """Kind of all parts of an element, by its markup: quote, footnote, boilerplate, or None for plain text."""
    if element.tag in {"body", "html", "main", "article"}:
        return None
    if element.tag == "blockquote":
        return BlockKind.QUOTE
    classes = (element.get("class") or "").split()
    role = element.get("role") or f"doc-{element.get('epub:type')}"
    if role in NOTE_ROLES or has_class_of("footnotes", classes) or NOTE_WORDS & name_words(classes):
        return BlockKind.FOOTNOTE
    if any(ACT_MARGIN.fullmatch(name) for name in classes) or has_class_of("boilerplate", classes):
        return BlockKind.BOILERPLATE
    named = (
        BOILERPLATE_CLASSES & name_words(classes)
        or BOILERPLATE_IDS & name_words([element.get("id") or ""])
        or role in BOILERPLATE_ROLES
    )
    boilerplate = element.tag == "aside" or named or is_menu(element) or is_contents(element)
    return BlockKind.BOILERPLATE if boilerplate and not contains_main_text(element) else None


def name_words(names: list[str]) -> set[str]:
    """Words in the names of classes, in lower case.

    >>> sorted(name_words(["site-shareBar", "col_2"]))
    ['2', 'bar', 'col', 'share', 'site']
    """
    return {word.lower() for name in names for word in WORDS.findall(name)}


def contains_main_text(element: html.HtmlElement) -> bool:
    """Whether an element contains the title or much of the text of its page."""
    if element.find(".//h1") is not None:
        return True
    remaining = len(element.text_content()) / MAIN_SHARE
    for piece in element.getroottree().getroot().itertext():
        remaining -= len(piece)
        if remaining <= 0:
            return False
    return True


def is_menu(element: html.HtmlElement) -> bool:
    """Whether an element is a list of hardly anything but short links."""
    if element.tag not in {"ul", "ol"}:
        return False
    links = [link.text_content() for link in element.iter("a")]
    words = sum(len(link.split()) for link in links)
    all_words = len(element.text_content().split())
    return len(links) >= FEWEST_LINKS and words >= LINK_SHARE * all_words and words <= WORDS_OF_LINK * len(links)


def is_contents(element: html.HtmlElement) -> bool:
    """Whether an element is a list of nothing but links to places on the same page."""
    if element.tag not in {"ul", "ol"}:
        return False
    links = [link for link in element.iter("a") if len(link.get("href") or "") > 1]
    inside = all((link.get("href") or "").startswith("#") for link in links)
    words = sum(len(link.text_content().split()) for link in links)
    return inside and len(links) >= FEWEST_ENTRIES and words >= LINK_SHARE * len(element.text_content().split())


def is_hidden(element: html.HtmlElement) -> bool:
    """Whether an element is invisible to a reader of the page, struck, or a mark that is no text."""
    if is_struck(element) or has_class_of("left_out", (element.get("class") or "").split()):
        return True
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    invisible = not INVISIBLE_CLASSES.isdisjoint((element.get("class") or "").lower().split())
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None or invisible


def is_page_header_or_footer(element: html.HtmlElement) -> bool:
    """Whether an element is the header or footer of the page; those of an article contain its title and notes."""
    return (
        element.tag in {"header", "footer"} and next(element.iterancestors("main", "article", "section"), None) is None
    )
