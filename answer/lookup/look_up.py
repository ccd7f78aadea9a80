"""Looks a question up: by what it asks for, in the documents that it names or that are chosen."""

from collections.abc import Sequence

from pincite.answer.lookup.comparisons import Search, find_comparison
from pincite.answer.lookup.definitions import find_definitions
from pincite.answer.lookup.effective_dates import find_effective_dates
from pincite.answer.lookup.found import Found
from pincite.answer.lookup.library_questions import find_documents
from pincite.answer.lookup.lists import find_list
from pincite.answer.lookup.masthead import find_in_masthead
from pincite.answer.lookup.provisions import find_provisions
from pincite.answer.lookup.summaries import find_summary
from pincite.answer.lookup.topics import find_topic
from pincite.answer.query.filters import Filters
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index


def look_up(
    index: Index,
    question: Question,
    filters: Filters,
    search: Search,
    evidence: Sequence[Evidence],
    *,
    whole: bool = False,
) -> Found | None:
    """What stands at the address that a question asks for; None if it asks for none, or nothing stands there.

    `search` finds evidence for a question, and found `evidence` for this one, which tells apart lists that are
    announced in the same words. `whole`: show long provisions and lists whole.
    """
    documents = documents_in_question(index, question, filters)
    return (
        find_documents(index, question, filters, whole=whole)
        or find_comparison(index, question, filters.admitted(index.entries), search, whole=whole)
        or find_provisions(index, question, documents, whole=whole)
        or find_definitions(index, question, documents, whole=whole)
        or find_in_masthead(index, question, documents)
        or find_effective_dates(index, question, documents, evidence)
        or find_topic(index, question, documents, evidence, whole=whole)
        or find_summary(index, question, documents, whole=whole)
        or find_list(index, question, documents, evidence, whole=whole)
    )


def documents_in_question(index: Index, question: Question, filters: Filters) -> Sequence[Entry]:
    """The documents that a question names, if any, or else all, as far as the filters admit them."""
    admitted = filters.admitted(index.entries)
    named = [entry for entry in admitted if entry.path in question.confident_documents]
    return named or admitted
