"""What of a page is no part of its text: hidden, or there to find one's way, to share, to advertise.

Knows nothing about how the text itself is read.
"""

import re

from lxml import html

from pincite.ingest.document import BlockKind

UNSEEN = frozenset("sr-only visually-hidden visuallyhidden screen-reader-text screenreader element-invisible".split())
# Words in the class of an element that is furniture, and the fewer that are as plain in an id.
FURNITURE = frozenset(
    "ad ads advert adverts advertisement advertising addthis adslot breadcrumb breadcrumbs consent cookie cookies "
    "lightbox masthead menu nav navbar navigation newsletter pager pagination paywall popup recommended related "
    "share sharebar sharedaddy sharethis sharing sidebar skiplink sponsored subscribe toolbar".split()
)
FURNITURE_ID = frozenset(
    "breadcrumb breadcrumbs cookiebanner masthead menu nav navbar navigation newsletter sidebar".split()
)
FURNITURE_ROLES = frozenset("navigation search complementary contentinfo dialog alertdialog menu menubar".split())
NOTES = frozenset("footnote footnotes endnote endnotes".split())
NOTE_ROLES = frozenset("doc-footnote doc-footnotes doc-endnote doc-endnotes doc-rearnote doc-rearnotes".split())
NOTE_CLASSES = frozenset({"oj-note", "note"})  # of EUR-Lex, today and formerly
ACT_MARGIN = re.compile(r"(?:oj-)?(?:hd-\w+|doc-end)|linkTop", re.IGNORECASE)
PHRASES = re.compile(
    r"(?:skip to (?:the )?(?:main )?(?:content|navigation)|share(?: this)?(?: (?:page|article|post|story|on .{1,20}))?"
    r"|tweet|advertisement|sponsored(?: content)?|back to top|top|menu|print(?: this page)?|accept (?:all )?cookies"
    r"|(?:this (?:web)?site|we) uses? cookies.{0,200}|sign up for our newsletter.{0,60}|listen to this article)\W*",
    re.IGNORECASE,
)
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
MAIN_SHARE = 0.4  # of the words of the page: what holds more is no furniture, whatever it is called
FEWEST_LINKS, WORDS_OF_LINK = 5, 4  # from which on a list of short links is a menu
LINK_SHARE = 0.9


def marked_kind(element: html.HtmlElement) -> BlockKind | None:
    """What an element marks all in it to be: quote, footnote or boilerplate; None for plain text."""
    if element.tag in {"body", "html", "main", "article"}:
        return None
    if element.tag == "blockquote":
        return BlockKind.QUOTE
    classes = (element.get("class") or "").split()
    role = element.get("role") or f"doc-{element.get('epub:type')}"
    if role in NOTE_ROLES or NOTE_CLASSES & set(classes) or NOTES & named(classes):
        return BlockKind.FOOTNOTE
    if any(ACT_MARGIN.fullmatch(name) for name in classes):
        return BlockKind.BOILERPLATE
    called = FURNITURE & named(classes) or FURNITURE_ID & named([element.get("id") or ""]) or role in FURNITURE_ROLES
    furniture = element.tag == "aside" or called or is_menu(element)
    return BlockKind.BOILERPLATE if furniture and not holds_the_text(element) else None


def named(names: list[str]) -> set[str]:
    """The words in the names of classes, in small letters.

    >>> sorted(named(["site-shareBar", "col_2"]))
    ['2', 'bar', 'col', 'share', 'site']
    """
    return {word.lower() for name in names for word in WORDS.findall(name)}


def holds_the_text(element: html.HtmlElement) -> bool:
    """Whether an element holds the title or much of the text of its page."""
    if element.find(".//h1") is not None:
        return True
    left = len(element.text_content()) / MAIN_SHARE
    for piece in element.getroottree().getroot().itertext():
        left -= len(piece)
        if left <= 0:
            return False
    return True


def is_menu(element: html.HtmlElement) -> bool:
    """Whether an element is a list of short links and hardly anything else."""
    if element.tag not in {"ul", "ol"}:
        return False
    links = [link.text_content() for link in element.iter("a")]
    words = sum(len(link.split()) for link in links)
    whole = len(element.text_content().split())
    return len(links) >= FEWEST_LINKS and words >= LINK_SHARE * whole and words <= WORDS_OF_LINK * len(links)


def is_hidden(element: html.HtmlElement) -> bool:
    """Whether a reader of the page would not see the element."""
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    unseen = not UNSEEN.isdisjoint((element.get("class") or "").lower().split())
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None or unseen


def is_page_furniture(element: html.HtmlElement) -> bool:
    """Whether an element is the header or the footer of the page, not of an article: that holds its title and notes."""
    return (
        element.tag in {"header", "footer"} and next(element.iterancestors("main", "article", "section"), None) is None
    )
