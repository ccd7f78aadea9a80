"""Reads a question once, before anything is searched: what it names, asks for and compares.

Rules only, no model: the same question over the same library always gives the same result.
"""

import re
from dataclasses import dataclass
from datetime import date

from pincite.answer.language.parsed_text import parse_text
from pincite.answer.query.address.address import Address, read_address
from pincite.answer.query.aliases import Aliases
from pincite.answer.query.answer_types import answer_type_of, asks_for_list, without_value_asked
from pincite.answer.query.aspects import Aspects, asks_effective_date, aspects_of
from pincite.answer.query.decomposition import (
    MIN_WORDS,
    QuestionPart,
    is_comparison,
    remove_spans,
    split_question,
    topic_words,
)
from pincite.answer.query.mentions import CONFIDENT, Mention, mentioned_documents
from pincite.answer.query.named_sources import NamedSources, named_sources
from pincite.answer.query.spelt_out import spelt_out
from pincite.answer.query.time_range import Period, period_named
from pincite.answer.query.tokens import content_words, normalised_words
from pincite.answer.query.transliteration import transliterate_names
from pincite.ingest.data.document_types import document_types
from pincite.ingest.data.stop_words import stop_words
from pincite.ingest.errors import BadInput
from pincite.ingest.metadata.languages import LEAST, by_script, classify, letters
from pincite.ingest.structure.pinpoint_grammar import named_pinpoints

ENGLISH_WORDS = stop_words("en", ("telltale",))
MAX_QUESTION = 2000  # characters; a longer text is a document, not a question
MAX_LONG_FORMS = 2  # of one acronym, added to the search


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """A question answered separately: a whole question, one side of a comparison, or one of several clauses.

    `documents`: paths of the documents that it alone is about. `answer_type`: see `answer_types`. `whole_list`: only a
    complete list answers it. `effective_date`: it asks for the date from which a text applies.
    """

    text: str
    documents: tuple[str, ...]
    pinpoints: tuple[str, ...]
    answer_type: str
    whole_list: bool
    effective_date: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question and everything read from its words.

    `answer_type`: a key of `answer_types.QUESTION_PATTERNS`, or `other`. `documents`, `issuers`, `document_types`,
    `period`, `pinpoints`: boosts for ranking, never filters. `sources`: sources named, in the library or not.
    `expansions`: long forms of its acronyms, and the reverse. `parts`: sub-questions, one if it is not split.
    `language`: ISO 639-1. `transliterated`: names and numbers of a Cyrillic question in Latin letters. `stems`: of its
    words, as in verification. `names_a_topic`: whether it says what it is about (`In which year?`
    does not). `address`: what it asks for by its address.
    """

    text: str
    answer_type: str
    aspects: Aspects
    documents: tuple[Mention, ...]
    issuers: tuple[str, ...]
    document_types: tuple[str, ...]
    period: Period
    pinpoints: tuple[str, ...]
    sources: NamedSources
    expansions: tuple[str, ...]
    parts: tuple[SubQuestion, ...]
    comparison: bool
    language: str
    transliterated: tuple[str, ...]
    stems: frozenset[str]
    names_a_topic: bool
    address: Address

    @property
    def confident_documents(self) -> tuple[str, ...]:
        """Paths of the documents named with confidence, each once."""
        return tuple(dict.fromkeys(one.path for one in self.documents if one.confidence >= CONFIDENT))

    @property
    def aspect(self) -> str:
        """The question without the names of its documents: what is asked of them; all of it if nothing else is left."""
        spans = [(one.start, one.end) for one in self.documents if one.confidence >= CONFIDENT]
        rest = remove_spans(self.text, spans) if spans else self.text
        return rest if len(topic_words(rest)) >= MIN_WORDS else self.text

    @property
    def sides(self) -> tuple[SubQuestion, ...]:
        """The questions to answer separately: the sides of a comparison, otherwise the whole question."""
        return self.parts if self.comparison and len(self.parts) > 1 else (sub_question(QuestionPart(self.text)),)


def check_question(question: str) -> str:
    """The question without surrounding white space. Raises BadInput if it is empty or too long."""
    stripped = question.strip()
    if not any(letter.isalnum() for letter in stripped):
        raise BadInput("The question is empty: write what you want to know.")
    if len(stripped) > MAX_QUESTION:
        raise BadInput(
            f"The question has {len(stripped):,} characters, at most {MAX_QUESTION:,} are read: shorten it, "
            "or ingest the text as a document."
        )
    return stripped


def read_question(text: str, aliases: Aliases, today: date | None = None) -> Question:
    """Read a question, given the aliases of the library's documents (`aliases.aliases_of`).

    `today` resolves `last year`; by default it is the current date.
    """
    documents = mentioned_documents(text, aliases)
    language = language_of(text)
    answer_type = answer_type_of(text)
    issuers, period = issuers_named(text, aliases), period_named(text, today or date.today())
    return Question(
        text=text,
        answer_type=answer_type,
        aspects=aspects_of(text, answer_type),
        documents=documents,
        issuers=issuers,
        document_types=document_types_named(text),
        period=period,
        pinpoints=named_pinpoints(text),
        sources=named_sources(text),
        expansions=expansions(text, aliases),
        parts=tuple(map(sub_question, split_question(text, documents))),
        comparison=is_comparison(text),
        language=language,
        transliterated=transliterate_names(text, language),
        stems=frozenset(parse_text(text).stems()),
        names_a_topic=bool(topic_words(without_value_asked(text))) or language != "en",
        address=read_address(text, documents, issuers, period, aliases),
    )


def sub_question(part: QuestionPart) -> SubQuestion:
    """A part of a question, read separately."""
    answer_type = answer_type_of(part.text)
    return SubQuestion(
        text=part.text,
        documents=part.documents,
        pinpoints=named_pinpoints(part.text),
        answer_type=answer_type,
        whole_list=asks_for_list(part.text, answer_type),
        effective_date=asks_effective_date(part.text, answer_type),
    )


def describe_question(question: Question) -> str:
    """How a question was read, as a line for the reader.

    >>> from pincite.answer.query.aliases import collect_aliases
    >>> describe_question(read_question("When was paragraph 6 (e) amended?", collect_aliases((), {})))
    'Question read as: asks for date; names para. 6 (e).'
    """
    named = [f"{one.path} (by its {one.matched_by}, {one.confidence:.2f})" for one in question.documents]
    places = [*named, *question.issuers, *question.document_types, *question.pinpoints]
    said = [
        f"asks for {question.answer_type}" if question.answer_type != "other" else "",
        f"names {', '.join(places)}" if places else "",
        f"also searches for {', '.join([*question.expansions, *question.transliterated])}"
        if question.expansions or question.transliterated
        else "",
        "is a comparison" if question.comparison else "",
    ]
    return f"Question read as: {'; '.join(filter(None, said)) or 'its words only'}."


def expansions(text: str, aliases: Aliases) -> tuple[str, ...]:
    """The long forms of acronyms in a question and the acronyms of long forms, as the library defines them."""
    found: dict[str, None] = {}
    for word in re.findall(r"[^\W_](?:[\w.&-]*[^\W_])?", text):
        short = re.sub(r"(?<=[A-Z]{2})s$", "", word.replace(".", ""))
        if short[1:] != short[1:].lower():
            known = aliases.acronyms.get(short) or tuple(spelt_out(short, aliases.names))
            found |= dict.fromkeys(known[:MAX_LONG_FORMS])
    words = content_words(normalised_words(text))
    for place, word in enumerate(words):
        longs = aliases.long_forms.get(word, ())
        found |= {
            short: None for long, short in longs if words[place : place + len(long)] == long and short not in text
        }
    return tuple(found)


def issuers_named(text: str, aliases: Aliases) -> tuple[str, ...]:
    """The issuers that a question names in full, by acronym, or by a word that no other issuer shares."""
    words = f" {' '.join(normalised_words(text))} "
    capitalised = {
        word
        for raw in re.findall(r"(?:[^\W\d_]\.){2,}|[^\W_]+", text)
        if raw[0].isupper()
        for word in normalised_words(raw)
    }
    found = dict.fromkeys(
        issuer
        for alias, issuers in aliases.issuer_names.items()
        if f" {alias} " in words and (" " in alias or alias in capitalised)
        for issuer in issuers
    )
    return tuple(found)


def document_types_named(text: str) -> tuple[str, ...]:
    """The document types that a question names.

    >>> document_types_named("Which UN resolution and which convention apply?")
    ('resolution', 'law')
    >>> document_types_named("Which article governs it?")
    ()
    """
    return tuple(known.name for known in document_types() if known.in_question.search(text))


def language_of(text: str) -> str:
    """The language of a question, ISO 639-1: from script and common words, or else from a classifier.

    >>> language_of("Що вимагає стаття 5?"), language_of("What does Article 5 require?")
    ('uk', 'en')
    """
    script = by_script(text)
    if script != "en" or len(ENGLISH_WORDS & set(text.casefold().split())) > 1 or letters(text) < LEAST:
        return script
    return classify(text)
