"""Whether gold stands in the library: every quote in its document, with its page and pinpoint, and every nugget in one.

A quote that is not there makes gold worthless, so it is an error; what may be meant so is a remark.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import partial_ratio_alignment

from pincite.eval.judging.gold import GoldEvidence, GoldQuestion
from pincite.eval.judging.matching import ALIGNED, aligned, same_pinpoint, states
from pincite.eval.judging.normalisation import fold
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.document import Document
from pincite.ingest.index.index import Index

FEWEST, MOST = 6, 60  # words of a quote
NEAREST = 160  # characters shown of what comes nearest


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a question's gold, and where; `error` when the gold cannot be used so."""

    question: str
    field: str
    text: str
    error: bool


def check_gold(index: Index, questions: Sequence[GoldQuestion]) -> Iterator[Finding]:
    """Everything that is wrong with gold in this library, in the questions' order."""
    documents = {entry.path: entry.number for entry in index.entries}
    for question in questions:
        for number, piece in enumerate(question.evidence):
            field = f"evidence.{number}"
            if piece.document in documents:
                passages = [stored.passage for stored in index.catalog.passages_of(documents[piece.document])]
                yield from check_evidence(question.id, field, piece, index.document(piece.document), passages)
            else:
                text = f"there is no document {piece.document} in the library"
                yield Finding(question.id, f"{field}.document", text, error=True)
        yield from check_nuggets(question)


def check_evidence(
    question: str, field: str, piece: GoldEvidence, document: Document, passages: Sequence[Passage]
) -> Iterator[Finding]:
    """What is wrong with a piece of evidence."""
    words, quote, text = len(piece.quote.split()), fold(piece.quote), fold(document.text)
    if not FEWEST <= words <= MOST:
        yield Finding(question, f"{field}.quote", f"has {words} words, {FEWEST} to {MOST} are asked for", error=False)
    if quote not in text:
        yield not_there(question, f"{field}.quote", piece, quote, text)
        return
    holding = [passage for passage in passages if aligned(quote, fold(passage.text))]
    yield from check_place(question, field, piece, holding)


def not_there(question: str, field: str, piece: GoldEvidence, quote: str, text: str) -> Finding:
    """That a quote does not stand in its document to the word: an error unless it aligns, with what comes nearest."""
    near = partial_ratio_alignment(quote, text)
    score, place = (near.score, text[near.dest_start : near.dest_end]) if near else (0.0, "")
    if score >= ALIGNED:
        return Finding(question, field, f"stands in {piece.document} only nearly: “{place[:NEAREST]}”", error=False)
    nearest = f" (nearest: “{place[:NEAREST]}”)" if place else ""
    return Finding(question, field, f"does not stand in {piece.document}{nearest}", error=True)


def check_place(question: str, field: str, piece: GoldEvidence, holding: Sequence[Passage]) -> Iterator[Finding]:
    """Where a quote stands against where gold says that it does."""
    pages = sorted({passage.page for passage in holding if passage.page})
    if piece.page and pages and piece.page not in pages:
        yield Finding(question, f"{field}.page", f"is {piece.page}, the quote stands on {listed(pages)}", error=False)
    places = sorted({passage.pinpoint for passage in holding if passage.pinpoint})
    if piece.pinpoint and places and not any(same_pinpoint(place, piece.pinpoint) for place in places):
        text = f"is {piece.pinpoint}, the library has {listed(places)}"
        yield Finding(question, f"{field}.pinpoint", text, error=False)


def check_nuggets(question: GoldQuestion) -> Iterator[Finding]:
    """Nuggets that neither quotes nor pinpoints state: they may be computed from several, or be a slip."""
    quotes = fold(" ".join(f"{piece.quote} {piece.pinpoint or ''}" for piece in question.evidence))
    for number, nugget in enumerate(question.nuggets):
        if question.evidence and not states(quotes, nugget):
            text = f"“{nugget.any_of[0]}” stands in no quote of the evidence"
            yield Finding(question.id, f"nuggets.{number}", text, error=False)


def listed(values: Sequence[object]) -> str:
    """Values as a sentence lists them."""
    return " or ".join(map(str, values))
