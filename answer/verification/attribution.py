"""The attribution in front of a quote (`According to A/RES/78/265, para. 6 (e): …`), and whether it is right."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pincite.answer.citation.citation import Citation
from pincite.answer.language.dates import years_of
from pincite.answer.language.masking import plainly
from pincite.answer.language.parsed_text import Worded, stem, worded
from pincite.answer.language.references import places, symbols
from pincite.answer.verification.facts import wrong_dates, wrong_figures, wrong_symbols
from pincite.answer.verification.pinpoints import PinpointsOf, wrong_places
from pincite.answer.verification.verbatim import is_verbatim

ATTRIBUTING = (
    "according accordance as per under in by from its stated states provides reads says declares sets out adopted "
    "issued published dated entitled titled called named resolution report document law statement article paper text "
    "act regulation recommendation decision section chapter annex paragraph para point recital preamble page et al"
)
ENDS = re.compile(r"[:,](?=\s)(?! \d{4}\b)|\bthat\b")  # not within `March 21, 2024`
LONGEST = 300  # characters
SHORTEST_QUOTE = 3  # words


def attribution_of_quote(text: str, quotes: str, about: Worded) -> str | None:
    """What stands in front of a verbatim quote and only says who speaks; None where a statement is no such quote.

    >>> attribution_of_quote("According to the report, chips are scarce.", "Chips are scarce;", worded(""))
    'According to the report'
    >>> attribution_of_quote("In the report's absence, chips are scarce.", "Chips are scarce;", worded(""))
    """
    parted = ((head, body) for head, body in heads_and_bodies(text) if only_attributes(head, about))
    return next((head for head, body in parted if is_verbatim(body, quotes)), None)


def heads_and_bodies(text: str) -> Iterator[tuple[str, str]]:
    """The ways to take a text for an attribution and what is attributed.

    >>> list(heads_and_bodies("According to A/RES/78/265, para. 6: States share chips."))[-1]
    ('According to A/RES/78/265, para. 6', 'States share chips.')
    """
    for match in ENDS.finditer(text, 0, LONGEST):
        body = text[match.end() :].strip(' “"‘”')
        if len(body.split()) >= SHORTEST_QUOTE:
            yield text[: match.start()], body


def only_attributes(head: str, about: Worded) -> bool:
    """Whether a text only says who speaks and where: nothing but what is known of the document and words for saying.

    >>> only_attributes("In paragraph 6 of the report", worded("")), only_attributes("In 2024", worded(""))
    (True, False)
    """
    stems = {word.stem for word in worded(plainly(head)).words if word.stem and not word.text[0].isdigit()}
    named = stems or symbols(head) or places(head)
    return bool(named) and stems <= about.stems() | attributing()


@lru_cache(maxsize=1)
def attributing() -> frozenset[str]:
    """The stems of words that attribute."""
    return frozenset(map(stem, ATTRIBUTING.split()))


def wrong_attribution(
    head: str, citations: Sequence[Citation], about: Worded, pinpoints_of: PinpointsOf
) -> Iterator[str]:
    """What an attribution says of its source and is not so, a sentence each; its names are known to be right."""
    yield from wrong_places(worded(head), worded(""), citations, pinpoints_of)
    yield from wrong_symbols(head, about.text)
    yield from wrong_dates(worded(head), about, "")
    yield from wrong_figures(worded(head), about, years_of(about.text))


def known_of(citations: Sequence[Citation]) -> str:
    """What is known of the cited passages and may stand in an attribution."""
    facts: list[str | None] = []
    for citation in citations:
        known = citation.metadata
        facts += [known.title, known.symbol, known.issuer, known.date, *known.authors]
        facts.append(citation.pinpoint)
    return "\n".join(dict.fromkeys(fact for fact in facts if fact))
