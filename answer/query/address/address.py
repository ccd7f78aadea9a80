"""The address that a question asks for: provisions themselves, or the definition of a term."""

from collections.abc import Sequence
from dataclasses import dataclass

from pincite.answer.query.address.comparison import aspect_of, compared_terms
from pincite.answer.query.address.library import LibraryRequest, library_request
from pincite.answer.query.address.lists import AskedList, asked_list
from pincite.answer.query.address.masthead import asked_of_masthead, asks_for_summary
from pincite.answer.query.address.remaining_words import remaining_words
from pincite.answer.query.address.terms import asked_terms, asked_topic
from pincite.answer.query.aliases import Aliases
from pincite.answer.query.mentions import Mention
from pincite.answer.query.time_range import Period
from pincite.ingest.structure.pinpoint_grammar import pinpoint_spans


@dataclass(frozen=True, slots=True)
class Address:
    """What a question asks for by its address.

    `provisions`: whether it asks for the provisions that it names and nothing else. `terms`: what it asks to define, in
    possible readings, the longest first. `list`: the list that it asks for. `library`: the
    documents that it asks for. `masthead`: DATE or ISSUER, if it asks for nothing but that of a document. `summary`:
    whether it asks for the content of a document as a whole. `compared`: two terms, in a comparison. `aspect`: what is
    asked, without the names of documents and issuers and the words of comparing. `topic`: on which a document is asked.
    """

    provisions: bool = False
    terms: tuple[str, ...] = ()
    list: AskedList | None = None
    library: LibraryRequest | None = None
    masthead: str = ""
    summary: bool = False
    compared: tuple[str, ...] = ()
    aspect: str = ""
    topic: str = ""


def read_address(
    text: str, named: Sequence[Mention], issuers: tuple[str, ...], period: Period, aliases: Aliases
) -> Address:
    """The address in a question that names these documents, issuers and dates."""
    spans = pinpoint_spans(text)
    return Address(
        provisions=bool(spans) and not remaining_words(text, spans, named, aliases),
        terms=asked_terms(text, named),
        list=asked_list(text),
        library=library_request(text, issuers, period, aliases),
        masthead=asked_of_masthead(text, named, aliases),
        summary=asks_for_summary(text, named, aliases),
        compared=compared_terms(text),
        aspect=aspect_of(text, named, issuers, aliases),
        topic=asked_topic(text),
    )
