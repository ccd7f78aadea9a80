"""Documents that a question asks for: filtered, counted and sorted by the catalog, and by the words they contain."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pincite.answer.citation.citation import Span
from pincite.answer.citation.excerpt import shorten
from pincite.answer.citation.short_reference import dated_name, format_date
from pincite.answer.draft.amendments import PAST_FORMS, changes_to
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.lookup.found import Found
from pincite.answer.query.address.library import NEWEST, OLDEST, LibraryRequest
from pincite.answer.query.aliases import Aliases, aliases_of
from pincite.answer.query.filters import Filters
from pincite.answer.query.question import Question
from pincite.answer.query.time_range import Period
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index

MOST_SHOWN, MOST_OF_NEWEST = 20, 3
LONGEST_TITLE = 110  # characters
MORE = "{shown} of {count} documents are shown."


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document of a list, with the numbers of its passages that mention what was asked."""

    entry: Entry
    passages: tuple[int, ...] = ()


def find_documents(index: Index, question: Question, filters: Filters, *, whole: bool) -> Found | None:
    """The documents that a question asks for; None if it asks for something else, or for none that there are."""
    request = question.address.library
    if request is None:
        return None
    described = documents_described(request, aliases_of(index))
    admitted = [one for one in filters.admitted(index.entries) if one.path in described and fits(one, request)]
    documents = [ListedDocument(entry) for entry in admitted]
    names = [request.mention, *question.expansions]
    if request.mention:
        mentioning = passages_mentioning(index, names)
        documents = [ListedDocument(e, mentioning[e.number]) for e in admitted if e.number in mentioning]
    if not documents:
        return None
    documents.sort(key=lambda one: one.entry.metadata.date or "", reverse=request.order != OLDEST)
    documents.sort(key=lambda one: -len(one.passages))
    one_wanted = request.order and not request.count and request.period == Period()
    most = len(documents) if whole else MOST_OF_NEWEST if one_wanted else MOST_SHOWN
    shown = documents[:most] if whole or not request.count or len(documents) <= MOST_SHOWN else []
    heading = f"{heading_of(documents, request, len(shown))}{':' if shown else '.'}"
    sentences = [DraftSentence(heading, (), from_catalog=True), *(line_of(index, one, names) for one in shown)]
    sentences[-1] = replace(sentences[-1], left_out=len(documents) - len(shown))
    notes = (MORE.format(shown=len(shown), count=len(documents)),) if 0 < len(shown) < len(documents) else ()
    return Found(tuple(sentences), notes)


def documents_described(request: LibraryRequest, aliases: Aliases) -> frozenset[str]:
    """Paths of the documents that all words describe by which a request describes them."""
    having = [aliases.descriptive_words.get(word, frozenset[int]()) for word in request.described_by]
    return frozenset(one.path for n, one in enumerate(aliases.entries) if all(n in numbers for numbers in having))


def fits(entry: Entry, request: LibraryRequest) -> bool:
    """Whether a document is of the kinds, the issuers and the period asked for."""
    known = entry.metadata
    return (
        (not request.kinds or known.kind in request.kinds)
        and (not request.issuers or known.issuer in request.issuers)
        and is_within(known.date or "", request.period)
    )


def is_within(date: str, period: Period) -> bool:
    """Whether a date is in a period; without a period every date is.

    >>> is_within("2024-05", Period((2024,), after="2024-03-01")), is_within("", Period((2024,)))
    (True, False)
    """
    if period.after or period.before:
        return bool(date) and (period.after or "")[: len(date)] <= date and date <= (period.before or "9")
    return not period.years or any(date.startswith(str(year)) for year in period.years)


def passages_mentioning(index: Index, names: Sequence[str]) -> Mapping[int, tuple[int, ...]]:
    """The passages that have one of these names, by the number of their document."""
    found: dict[int, dict[int, None]] = {}
    for name in names:
        for passage, document in index.lexical.passages_with(name):
            found.setdefault(document, {})[passage] = None
    return {document: tuple(passages) for document, passages in found.items()}


def heading_of(documents: Sequence[ListedDocument], request: LibraryRequest, shown: int) -> str:
    """How many documents there are, of what kinds, and which of them or in which order they follow."""
    count = len(documents)
    kinds = Counter(one.entry.metadata.kind for one in documents)
    several = ", ".join(f"{number} {kind_of(kind, number)}" for kind, number in kinds.most_common())
    said = f"{count} document{'s' if count > 1 else ''}" + (f" ({several})" if len(kinds) > 1 else "")
    if request.mention:
        return f"{said} mention{'' if count > 1 else 's'} “{request.mention}”"
    if request.order and 0 < shown < count:
        return f"The {shown} {request.order} of {said}"
    return f"{said}, {request.order} first" if request.order in {NEWEST, OLDEST} and count > 1 else said


def kind_of(kind: str, number: int) -> str:
    """A kind of document in the singular or the plural; `other` has none.

    >>> kind_of("law", 2), kind_of("law", 1), kind_of("other", 2)
    ('laws', 'law', 'other')
    """
    return f"{kind}s" if number > 1 and kind != "other" else kind


def line_of(index: Index, one: ListedDocument, names: Sequence[str]) -> DraftSentence:
    """A point of a list: title, issuer, date, how often it mentions what was asked, and whether it was revoked."""
    known = one.entry.metadata
    facts = [known.issuer, format_date(known.date) if known.date else "no date"]
    facts += [f"{len(one.passages)} passage{'s' if len(one.passages) > 1 else ''}"] if one.passages else []
    name = known.short_title or known.title or one.entry.path
    text = f"- {shorten(name, LONGEST_TITLE)} ({', '.join(filter(None, [known.symbol, *facts]))})"
    revoked = [
        f"{PAST_FORMS[kind]}: see {dated_name(by.metadata, by.path)}"
        for kind, by in changes_to(index, one.entry.path)
        if kind != "amends"
    ]
    return DraftSentence("; ".join([text, *revoked[:1]]), (span_of(index, one, names),), from_catalog=True)


def span_of(index: Index, one: ListedDocument, names: Sequence[str]) -> Span:
    """Where a document mentions what was asked, or else its title, or its first words."""
    path = one.entry.path
    if one.passages:
        (stored,) = index.passages(one.passages[:1])
        passage = stored.passage
        words = [frozenset(index.lexical.words(name)) for name in names]
        spans = sentence_spans(passage.text)
        said = (span for span in spans if any(w <= set(index.lexical.words(passage.text[slice(*span)])) for w in words))
        start, end = next(said, spans[0])
        return Span(path, passage.start + start, passage.start + end, passage.pinpoint)
    title = next((source for source in one.entry.metadata.sources if source.field == "title"), None)
    if title and title.start is not None and title.end is not None:
        return Span(path, title.start, title.end)
    block = index.document(path).blocks[0]
    return Span(path, block.start, block.end)
