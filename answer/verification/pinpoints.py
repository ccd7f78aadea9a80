"""The pinpoints of a statement: where its cited text stands, a place that this text itself names, or a wrong one."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from pincite.answer.citation.citation import Citation
from pincite.answer.language.alignment import in_its_place
from pincite.answer.language.parsed_text import Worded
from pincite.answer.language.references import PAGE, places
from pincite.ingest.structure.pinpoint_grammar import matches, path_of, pinpoints_named

PinpointsOf = Callable[[str], Collection[str]]  # of a document, by its path
HEADING = re.compile(r", ([^:,]+):")
LONGEST_HEAD = 300  # characters of an attribution


def no_pinpoints(_document: str) -> Collection[str]:
    """Where nothing is known of the documents' other places."""
    return ()


def wrong_places(
    statement: Worded, cited: Worded, citations: Sequence[Citation], pinpoints_of: PinpointsOf
) -> Iterator[str]:
    """Pinpoints and pages of a statement at which its citations do not stand, and that the cited text does not name.

    A sentence each; where it can be known it says whether there is such a place.
    """
    held = pinpoints_named(cited.text)
    for pinpoint in pinpoints_named(statement.text):
        if any(within(named, pinpoint) for named in held):
            continue
        if not any(stands_at(pinpoint, citation, pinpoints_of) for citation in citations):
            yield complaint(pinpoint, citations, pinpoints_of)
    for mark in places(statement.text):
        if other := in_its_place(statement, mark, cited, places(cited.text)):
            yield f"the cited text has {other.written} where this has {mark.written}"
    yield from wrong_pages(statement.text, citations)


def wrong_pages(statement: str, citations: Sequence[Citation]) -> Iterator[str]:
    """Pages of a statement on which its cited text does not stand."""
    pages = {citation.page for citation in citations if citation.page}
    named = {page[1] for citation in citations for page in PAGE.finditer(citation.quote)}
    for match in PAGE.finditer(statement):
        if int(match[1]) not in pages and match[1] not in named:
            yield f"the cited text does not stand on page {match[1]}"


def wrong_headings(statement: str, citations: Sequence[Citation], pinpoints_of: PinpointsOf) -> Iterator[str]:
    """A heading in an attribution (`According to the report, Scope: …`) under which the cited text does not stand."""
    heading = HEADING.search(statement, 0, LONGEST_HEAD)
    if heading is None or any(heading[1] == citation.pinpoint for citation in citations):
        return
    if any(heading[1] in pinpoints_of(document) for document in {citation.document for citation in citations}):
        yield f"the cited text does not stand under “{heading[1]}”"


def stands_at(pinpoint: str, citation: Citation, pinpoints_of: PinpointsOf) -> bool:
    """Whether a citation stands at a pinpoint."""
    if not citation.pinpoint:
        return marked(pinpoint, citation.quote)
    if within(citation.pinpoint, pinpoint):
        return True
    deeper = matches(pinpoint, citation.pinpoint)
    return deeper and (marked(pinpoint, citation.quote) or pinpoint in pinpoints_of(citation.document))


def within(place: str, pinpoint: str) -> bool:
    """Whether a place is at a pinpoint or inside it.

    >>> within("Article 5(1)(a)", "Article 5"), within("Article 5", "Article 5(1)"), within("paragraphs 3-5", "para. 4")
    (True, False, True)
    """
    return matches(pinpoint, place) and len(path_of(place)) >= len(path_of(pinpoint))


def marked(pinpoint: str, quote: str) -> bool:
    """Whether a text bears the marks of a pinpoint itself: `6.` at the beginning of a line, `(e)`.

    >>> marked("para. 6 (e)", "6. Calls upon States: (e) to act"), marked("para. 7", "6. Calls upon States")
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


def complaint(pinpoint: str, citations: Sequence[Citation], pinpoints_of: PinpointsOf) -> str:
    """What is wrong with a pinpoint."""
    for citation in citations:
        known = pinpoints_of(citation.document)
        if known and not any(within(place, pinpoint) for place in known):
            return f"there is no {pinpoint} in {citation.metadata.symbol or citation.document}"
    at = ", ".join(dict.fromkeys(citation.pinpoint for citation in citations if citation.pinpoint))
    return f"the cited text stands at {at}, not at {pinpoint}" if at else f"{pinpoint} does not stand in the cited text"
