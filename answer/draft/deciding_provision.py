"""The provision that decides a yes/no question: a point of a list with the words that announce it.

`The following practices are prohibited:` decides, and the point below it says what; neither is an answer alone.
"""

from collections.abc import Sequence

from pincite.answer.citation.citation import Span
from pincite.answer.citation.short_reference import with_name
from pincite.answer.draft.quoted_text import clean_quote, place_asked_for
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.index.index import Index
from pincite.ingest.places.enumerations import EnumeratedItem, Enumeration
from pincite.ingest.places.store import stored_enumerations

MOST_WORDS = 150  # of the announcement and the point


def deciding_point(index: Index, question: Question, evidence: Sequence[Evidence]) -> list[DraftSentence]:
    """The point that the best evidence is in, with its announcement; empty for evidence that is in no list."""
    if question.answer_type != "yes/no" or not evidence:
        return []
    best = max(zip(evidence[0].parts, evidence[0].cosines, strict=False), key=lambda pair: pair[1], default=None)
    passage = best[0] if best else evidence[0].parts[0]
    found = outermost_point(
        stored_enumerations(index.catalog.connection, index.entry(passage.document).number), passage
    )
    if found is None:
        return []
    (lead, item), document = found, index.document(passage.document)
    words = [clean_quote(document.text[one.start : one.end]) for one in (lead, item)]
    if sum(len(one.split()) for one in words) > MOST_WORDS:
        return []
    spans = tuple(Span(document.path, one.start, one.end, one.pinpoint) for one in (lead, item))
    between = " …\n" if document.text[lead.end : item.start].strip() else "\n"
    return [DraftSentence(with_name(between.join(words), place_asked_for(question, item.pinpoint)), spans)]


def outermost_point(enumerations: Sequence[Enumeration], passage: Passage) -> tuple[Enumeration, EnumeratedItem] | None:
    """The outermost list around a passage with the item that contains it."""
    inside = (
        (one, item)
        for one in enumerations
        for item in one.items
        if item.start <= passage.start and passage.end <= item.end
    )
    return min(inside, key=lambda pair: pair[0].start, default=None)
