"""The attribution before a quotation (`According to A/RES/78/265, para. 6 (e): …`), and whether it is right."""

import re
from collections.abc import Iterator, Sequence

from pincite.answer.citation.citation import Citation
from pincite.answer.language.dates import years_of
from pincite.answer.language.masking import mask_references
from pincite.answer.language.parsed_text import ParsedText, parse_text
from pincite.answer.language.references import find_pinpoints, find_symbols
from pincite.answer.language.word_lists import word_lists
from pincite.answer.verification.coverage import stems_of
from pincite.answer.verification.facts import check_dates, check_figures, check_symbols
from pincite.answer.verification.findings import Finding
from pincite.answer.verification.pinpoints import PinpointsOf, check_pinpoints
from pincite.answer.verification.verbatim import is_verbatim

ENDS = re.compile(r"[:,](?=\s)(?! \d{4}\b)|\bthat\b")  # not within `March 21, 2024`
LONGEST = 300  # characters
SHORTEST_QUOTE = 3  # words


def attribution_of_quote(text: str, quotes: str, source: ParsedText) -> str | None:
    """The attribution before a verbatim quote; None where a statement is not an attributed quote.

    `source`: metadata of the cited documents, whose words an attribution may use.

    >>> attribution_of_quote("According to the report, chips are scarce.", "Chips are scarce;", parse_text(""))
    'According to the report'
    >>> attribution_of_quote("In the report's absence, chips are scarce.", "Chips are scarce;", parse_text(""))
    """
    splits = ((head, body) for head, body in possible_splits(text) if is_attribution(head, source))
    return next((head for head, body in splits if is_verbatim(body, quotes)), None)


def possible_splits(text: str) -> Iterator[tuple[str, str]]:
    """The ways to split a text into an attribution and a quotation.

    >>> list(possible_splits("According to A/RES/78/265, para. 6: States share chips."))[-1]
    ('According to A/RES/78/265, para. 6', 'States share chips.')
    """
    for match in ENDS.finditer(text, 0, LONGEST):
        body = text[match.end() :].strip(' “"‘”')
        if len(body.split()) >= SHORTEST_QUOTE:
            yield text[: match.start()], body


def is_attribution(head: str, source: ParsedText) -> bool:
    """Whether a text only names a source: nothing but words of its metadata and words of attribution.

    >>> is_attribution("In paragraph 6 of the report", parse_text("")), is_attribution("In 2024", parse_text(""))
    (True, False)
    """
    words = parse_text(mask_references(head)).words
    stems = {word.stem for word in words if word.stem and not word.text[0].isdigit()}
    names_something = stems or find_symbols(head) or find_pinpoints(head)
    return bool(names_something) and stems <= source.stems() | stems_of(word_lists()["attribution"])


def check_attribution(
    head: str, citations: Sequence[Citation], source: ParsedText, pinpoints_of: PinpointsOf
) -> Iterator[Finding]:
    """What an attribution says wrongly of its source; its names have been compared already."""
    parsed = parse_text(head)
    yield from check_pinpoints(parsed, parse_text(""), citations, pinpoints_of)
    yield from check_symbols(head, source.text)
    yield from check_dates(parsed, source, "")
    yield from check_figures(parsed, source, years_of(source.text))


def metadata_of(citations: Sequence[Citation]) -> str:
    """The metadata of the cited passages that a statement may mention, one value per line."""
    values: list[str | None] = []
    for citation in citations:
        known = citation.metadata
        values += [known.title, known.symbol, known.issuer, known.date, *known.authors, citation.pinpoint]
    return "\n".join(dict.fromkeys(value for value in values if value))
