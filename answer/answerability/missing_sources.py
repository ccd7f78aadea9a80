"""Documents and provisions that a question is about and the library lacks.

A question about the content of a document is not answered from what other documents say about it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pincite.answer.query.aliases import Aliases
from pincite.answer.query.named_sources import distinctive_words
from pincite.answer.query.question import Question
from pincite.answer.query.tokens import content_words, expand_acronyms, normalised_words, tokenize
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.retrieval.term_weights import document_name_stems
from pincite.ingest.index.index import Index
from pincite.ingest.structure.pinpoint_grammar import matches, path_of

YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
MIN_CONFIDENCE = 0.3  # confidence from which a symbol refers to a document of the library
TELLING_PASSAGES = 3  # closest passages that may tell of an instrument


@dataclass(frozen=True, slots=True)
class SilentDocument:
    """The path of a document, and the words that it does not contain, in quotation marks."""

    path: str
    words: tuple[str, ...]


def missing_sources(question: Question, aliases: Aliases, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Sources that the question names and the library lacks; none if it also names a document of the library."""
    if question.confident_documents:
        return
    known = [(one.start, one.end) for one in question.documents if one.confidence >= MIN_CONFIDENCE]
    for symbol in question.sources.symbols:
        if not any(start < symbol.end and symbol.start < end for start, end in known):
            yield symbol.text
    for title in question.sources.titles:
        if not has_title(title, aliases):
            yield f"“{title}”"
    for publication in question.sources.publications:
        if lacks_year(publication.body, publication.year, aliases):
            yield f"anything that {publication.body} published in {publication.year}"
    yield from missing_instruments(question, aliases, evidence)


def has_title(title: str, aliases: Aliases) -> bool:
    """Whether the title of a document, or another of its names, contains these words."""
    words = content_words(normalised_words(title))
    further = aliases.title_names.get(words[0], ()) if words else ()
    text = f" {' '.join(words)} "
    return any(text in f" {known} " for known in aliases.normalised_titles) or any(words == name for name, _ in further)


def lacks_year(body: str, year: str, aliases: Aliases) -> bool:
    """Whether all documents of a body are dated, but none from this year."""
    alias = " ".join(normalised_words(body))
    issuers = next((found for called, found in aliases.issuer_names.items() if alias.endswith(called)), ())
    dates = [entry.metadata.date for entry in aliases.entries if entry.metadata.issuer in issuers]
    return bool(dates) and all(date and not date.startswith(year) for date in dates)


def missing_provision(index: Index, question: Question) -> str | None:
    """A provision that a question names and no document in question has, though they have its kind; else None."""
    if not question.pinpoints:
        return None
    named: tuple[str | None, ...] = question.confident_documents
    known_places = [pinpoint for path in named or (None,) for pinpoint in index.catalog.pinpoints(path)]
    for place in question.pinpoints:
        kind = path_of(place)[:1]
        alike = [pinpoint for pinpoint in known_places if path_of(pinpoint)[:1] == kind]
        if (alike or not named) and kind and not any(matches(place, pinpoint) for pinpoint in known_places):
            return place
    return None


def silent_document(index: Index, question: Question) -> SilentDocument | None:
    """The one document that a question names, if its text has none of the other words.

    All are looked for by their stems, in compounds and written apart, too.

    None for a document in another language, for one without a symbol, whose title may name what it is about, and for
    questions about the document itself, such as its date.
    """
    named, aspects = question.confident_documents, question.aspects
    about_itself = aspects.document_facts or aspects.status or question.answer_type == "date"
    if len(named) != 1 or question.comparison or about_itself:
        return None
    entry = index.entry(named[0])
    naming = document_name_stems(index.lexical, question)
    asked = [one.raw for one in tokenize(question.text) if set(index.lexical.words(one.raw)) - naming]
    if not asked or not entry.metadata.symbol or entry.metadata.language != question.language:
        return None
    found = index.lexical.search(" ".join(asked), 1, [entry.number]) or is_written_apart(
        set(index.lexical.words(" ".join(asked))) - naming, index.document(entry.path).text
    )
    return None if found else SilentDocument(entry.path, tuple(f"“{word}”" for word in asked))


def is_written_apart(stems: Iterable[str], text: str) -> bool:
    """Whether a text has one of some stems in a compound or written apart.

    >>> is_written_apart({"deepfak"}, "A Deep-fake tool"), is_written_apart({"vote"}, "A Deep-fake tool")
    (True, False)
    """
    letters = re.sub(r"[\W_]+", "", text.casefold())
    return any(stem in letters for stem in stems)


def missing_year(index: Index, question: Question, evidence: Sequence[Evidence]) -> str | None:
    """A year of a question that none of the closest passages names, nor the title or date of their documents."""
    texts = [found.passage.text for found in evidence] + [found.passage.context for found in evidence]
    texts += [index.entry(found.passage.document).metadata.date or "" for found in evidence]
    said = set(YEAR.findall(" ".join(texts)))
    return next((year for year in question.sources.years if year not in said), None) if evidence else None


def missing_instruments(question: Question, aliases: Aliases, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Instruments that a question asks about and the library lacks, as written in the question.

    None if it names a document of the library, compares, or asks what others report about an instrument; nor if one of
    the closest passages names the instrument, unless a provision of it is asked for.
    """
    if question.confident_documents or question.comparison or question.sources.as_reported:
        return
    for one in question.sources.instruments:
        told = not question.pinpoints and is_named(one.name, evidence)
        if not told and not has_instrument(one.name, aliases):
            yield f"“{one.written}”"


def is_named(name: str, evidence: Sequence[Evidence]) -> bool:
    """Whether one of the closest passages has all words of the name of an instrument."""
    words = set(content_words(normalised_words(name)))
    return any(words <= set(normalised_words(one.passage.text)) for one in evidence[:TELLING_PASSAGES])


def has_instrument(name: str, aliases: Aliases) -> bool:
    """Whether one document has all words of a name in its title, issuer, authors or file name."""
    words = distinctive_words(name)
    return not words or bool(frozenset.intersection(*(documents_described_by(word, aliases) for word in words)))


def documents_described_by(word: str, aliases: Aliases) -> frozenset[int]:
    """Positions of the documents that a word describes."""
    described = frozenset.intersection(
        *(aliases.descriptive_words.get(one, frozenset()) for one in expand_acronyms((word,), aliases.acronym_words))
    )
    bodies = aliases.issuer_names.get(word, ())
    issued = frozenset(n for n, entry in enumerate(aliases.entries) if entry.metadata.issuer in bodies)
    return described | issued | aliases.author_surnames.get((word,), frozenset())
