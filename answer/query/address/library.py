"""Questions about the library itself: `latest executive order`, `which documents mention lights`, `how many texts`."""

import re
from dataclasses import dataclass
from functools import cache

from pincite.answer.query.address.remaining_words import remaining_words
from pincite.answer.query.aliases import Aliases
from pincite.answer.query.time_range import Period
from pincite.answer.query.tokens import expand_acronyms, normalise_word, normalised_words
from pincite.ingest.data.document_types import document_types
from pincite.ingest.data.months import month_numbers
from pincite.ingest.data.question_forms import form_words, has_word, pattern_of

NO_PERIOD = Period()
NEWEST, OLDEST = "newest", "oldest"
YEAR = re.compile(r"(?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th)?")


@dataclass(frozen=True, slots=True)
class LibraryRequest:
    """What documents a question asks for.

    `order`: NEWEST or OLDEST, empty for none in particular. `count`: it asks how many there are. `kinds`: types.
    `issuers`: any of these. `described_by`: words that describe them. `mention`: words that they mention.
    """

    order: str = ""
    count: bool = False
    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    described_by: tuple[str, ...] = ()
    period: Period = NO_PERIOD
    mention: str = ""


def library_request(text: str, issuers: tuple[str, ...], period: Period, aliases: Aliases) -> LibraryRequest | None:
    """The documents that a question asks for; None if it asks for something else."""
    head, mention = split_at_mention(text)
    order = NEWEST if has_word("newest", head) else OLDEST if has_word("oldest", head) else ""
    count = has_word("count", head)
    names_documents = has_word("documents", head) or document_word().search(head) is not None
    if not (order or names_documents) or (mention and not names_documents):
        return None
    if has_word("says", head) or not (order or mention or count or has_word("holds", head) or period != NO_PERIOD):
        return None
    left = [
        word
        for word in remaining_words(head, (), (), aliases)
        if word not in library_words() | dates() and not YEAR.fullmatch(word)
    ]
    of_issuers = {word for issuer in issuers for word in issuer_words(issuer, aliases)}
    described_by = expand_acronyms([word for word in left if word not in of_issuers], aliases.acronym_words)
    if described_by and not frozenset.intersection(
        *(aliases.descriptive_words.get(word, frozenset[int]()) for word in described_by)
    ):
        return None
    kinds = tuple(known.name for known in document_types() if known.in_question.search(head))
    return LibraryRequest(order, count, kinds, issuers, described_by, period, mention)


def split_at_mention(text: str) -> tuple[str, str]:
    """A question before a word such as `mention`, and what follows it; the whole and nothing without one.

    >>> split_at_mention("Which documents mention “shore lights”?"), split_at_mention("latest order")
    (('Which documents', 'shore lights'), ('latest order', ''))
    """
    found = mention_word().search(text)
    if not found:
        return text, ""
    return text[: found.start()].strip(), text[found.end() :].strip(" ?.!\"'“”‘’«»„")


@cache
def mention_word() -> re.Pattern[str]:
    """A pattern of the words between documents and what they mention."""
    return pattern_of("mention")


@cache
def document_word() -> re.Pattern[str]:
    """A pattern of words for documents of one type, in questions."""
    return re.compile("|".join(known.in_question.pattern for known in document_types()), re.IGNORECASE)


@cache
def library_words() -> frozenset[str]:
    """Words that ask for documents and say nothing about what they are."""
    kinds = ("newest", "oldest", "count", "documents", "holds")
    return frozenset(normalise_word(part) for kind in kinds for word in form_words(kind) for part in word.split())


@cache
def dates() -> frozenset[str]:
    """Names of months; years and days are numbers."""
    return frozenset(month_numbers())


def issuer_words(issuer: str, aliases: Aliases) -> set[str]:
    """The words by which an issuer may be named."""
    names = [name for name, issuers in aliases.issuer_names.items() if issuer in issuers]
    return {word for name in (*names, issuer.casefold()) for word in normalised_words(name)}
