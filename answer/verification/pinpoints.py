"""Pinpoints and pages in a statement must be where the cited text is, or be mentioned in that text."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from pincite.answer.citation.citation import Citation
from pincite.answer.language.alignment import replacement_of
from pincite.answer.language.parsed_text import ParsedText
from pincite.answer.language.references import PAGE, find_pinpoints
from pincite.answer.verification.findings import Finding, FindingKind, conflicting
from pincite.ingest.structure.pinpoint_grammar import matches, named_pinpoints, path_of

PinpointsOf = Callable[[str], Collection[str]]  # path of a document -> all its pinpoints
HEADING = re.compile(r", ([^:,]+):")
LONGEST_ATTRIBUTION = 300  # characters


def no_pinpoints(_document: str) -> Collection[str]:
    """The `PinpointsOf` for documents of which only the cited text is known."""
    return ()


def check_pinpoints(
    statement: ParsedText, cited: ParsedText, citations: Sequence[Citation], pinpoints_of: PinpointsOf
) -> Iterator[Finding]:
    """Pinpoints and pages of a statement where its citations are not, and that the cited text does not mention."""
    mentioned = named_pinpoints(cited.text)
    for pinpoint in named_pinpoints(statement.text):
        known = any(is_within(one, pinpoint) for one in mentioned)
        if not known and not any(is_at(citation, pinpoint, pinpoints_of) for citation in citations):
            yield misplaced(pinpoint, citations, pinpoints_of)
    for mark in find_pinpoints(statement.text):
        if other := replacement_of(mark, statement, cited, find_pinpoints(cited.text)):
            yield conflicting(FindingKind.PINPOINT, other.written, mark.written)
    yield from check_pages(statement.text, citations)


def check_pages(statement: str, citations: Sequence[Citation]) -> Iterator[Finding]:
    """Pages of a statement that its cited text is not on."""
    pages = {citation.page for citation in citations if citation.page}
    mentioned = {page[1] for citation in citations for page in PAGE.finditer(citation.quote)}
    for match in PAGE.finditer(statement):
        if int(match[1]) not in pages and match[1] not in mentioned:
            yield Finding(FindingKind.PINPOINT, f"The cited text is not on page {match[1]}.", conflict=True)


def check_heading(statement: str, citations: Sequence[Citation], pinpoints_of: PinpointsOf) -> Iterator[Finding]:
    """A heading in an attribution (`According to the report, Scope: …`) that the cited text is not under."""
    heading = HEADING.search(statement, 0, LONGEST_ATTRIBUTION)
    if heading is None or any(is_under(citation.pinpoint or "", heading[1]) for citation in citations):
        return
    if any(heading[1] in pinpoints_of(document) for document in {citation.document for citation in citations}):
        yield Finding(FindingKind.PINPOINT, f"The cited text is not under “{heading[1]}”.", conflict=True)


def is_under(place: str, heading: str) -> bool:
    """Whether a place is a heading, or the provision that an attribution names, or inside it.

    >>> is_under("Scope", "Scope"), is_under("Article 16(2)(a)", "Article 16(2)"), is_under("Scope", "Article 16")
    (True, True, False)
    """
    return place == heading or (path_of(heading) != () and is_within(place, heading))


def is_at(citation: Citation, pinpoint: str, pinpoints_of: PinpointsOf) -> bool:
    """Whether a citation is at a pinpoint."""
    if not citation.pinpoint:
        return has_enumerators(citation.quote, pinpoint)
    if is_within(citation.pinpoint, pinpoint):
        return True
    deeper = matches(pinpoint, citation.pinpoint)
    return deeper and (has_enumerators(citation.quote, pinpoint) or pinpoint in pinpoints_of(citation.document))


def is_within(place: str, pinpoint: str) -> bool:
    """Whether a place is at a pinpoint or inside it.

    >>> is_within("Article 5(1)(a)", "Article 5"), is_within("Article 5", "Article 5(1)")
    (True, False)
    >>> is_within("paragraphs 3-5", "para. 4")
    True
    """
    return matches(pinpoint, place) and len(path_of(place)) >= len(path_of(pinpoint))


def has_enumerators(quote: str, pinpoint: str) -> bool:
    """Whether a text shows the enumerators of a pinpoint itself: `6.` at the start of a line, `(e)`.

    >>> quote = "6. Calls upon States: (e) to act"
    >>> has_enumerators(quote, "para. 6 (e)"), has_enumerators(quote, "para. 7")
    (True, False)
    """
    _, *labels = path_of(pinpoint) or ("",)
    if not labels:
        return False
    first, *inner = (re.escape(label) for label in labels)
    opens = re.search(rf"(?mi)^\W{{0,3}}(?:(?:article|section|para\w*\.?|recital|§)\s?)?{first}(?=[.):\s])", quote)
    return bool(opens or re.search(rf"\({first}\)", quote)) and all(
        re.search(rf"(?i)\({label}\)|(?m:^\W{{0,3}}{label}[.)])|\.{label}\b", quote) for label in inner
    )


def misplaced(pinpoint: str, citations: Sequence[Citation], pinpoints_of: PinpointsOf) -> Finding:
    """The finding for a wrong pinpoint: the document has none such, or the cited text is elsewhere."""
    for citation in citations:
        known = pinpoints_of(citation.document)
        if known and not any(is_within(place, pinpoint) for place in known):
            name = citation.metadata.symbol or citation.document
            return Finding(FindingKind.PINPOINT, f"There is no {pinpoint} in {name}.")
    places = ", ".join(dict.fromkeys(citation.pinpoint for citation in citations if citation.pinpoint))
    if places:
        return Finding(FindingKind.PINPOINT, f"The cited text is at {places}, not at {pinpoint}.", conflict=True)
    return Finding(FindingKind.PINPOINT, f"{pinpoint} does not appear in the cited text.")
