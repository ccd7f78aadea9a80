"""A briefing book of real answers over the sample corpus, with one of each outcome."""

from typing import Any

from pincite.answer.batch import failed_record
from pincite.answer.pipeline import ask
from pincite.answer.schema import answer_record
from pincite.briefing.book import BriefingBook
from pincite.briefing.questions.questions import BriefingQuestion
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index

FELLOWSHIPS = "How many fellowships were awarded and what share went to women?"
ACCELERATORS = "How many accelerators were installed at the three host sites on 30 June 2025?"
COD = "Which fishing quotas apply to cod in the North Sea?"
FORMULA = "=HYPERLINK(1) Who decides?"
PRIVATE = "What share of computing time may private applicants have under MF/RES/2/4?"
AMENDED = "MF/RES/2/4 was amended by MF/RES/3/2"


def book_of(index: Index, embedder: Embedder) -> BriefingBook:
    """Two sections; the second question is only partly answered, the third not, the fourth failed."""
    asked = (
        BriefingQuestion("a", FELLOWSHIPS, "Money"),
        BriefingQuestion("b", ACCELERATORS, "Machines"),
        BriefingQuestion("c", COD, "Money"),
        BriefingQuestion("d", FORMULA, "Machines"),
        BriefingQuestion("e", PRIVATE, "Machines"),
    )
    records: dict[str, dict[str, Any]] = {
        one.id: answer_record(ask(index, embedder, one.question), one.id) for one in asked
    }
    first = records["b"]["statements"][0]
    first |= {
        "support": "partly",
        "reasons": ["Only 60% of its words appear in the cited text."],
        "text": "\x01+1 is no sum",
    }
    records["d"] = failed_record("d", FORMULA, "The server went away.", "extract", index.id, 0.0)
    library = {entry.path: entry.metadata for entry in index.entries}
    settings = {"index": index.id, "llm": "extract"}
    return BriefingBook("Briefing & more", "2026-03-01", settings, asked, lambda one: records[one.id], library)
