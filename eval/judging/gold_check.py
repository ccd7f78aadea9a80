"""Checks gold against the library: gold quotes missing from the library, wrong pages and pinpoints, unstated nuggets.

A missing quote makes the gold unusable and is an error; everything else may be intended and is a remark.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import partial_ratio_alignment

from pincite.eval.judging.gold import GoldEvidence, GoldQuestion
from pincite.eval.judging.matching import ALIGNED, is_aligned, is_same_pinpoint, states_nugget
from pincite.eval.judging.normalisation import normalise
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.document import Document
from pincite.ingest.index.index import Index

MIN_WORDS, MAX_WORDS = 6, 60  # of a quote
SHOWN_CHARACTERS = 160  # of the nearest text


@dataclass(frozen=True, slots=True)
class GoldProblem:
    """A problem with a field of a gold question; an `error` makes the gold unusable."""

    question: str
    field: str
    text: str
    error: bool


def check_gold(index: Index, questions: Sequence[GoldQuestion]) -> Iterator[GoldProblem]:
    """All problems of gold questions over this library, in the order of the questions."""
    documents = {entry.path: entry.number for entry in index.entries}
    for question in questions:
        for number, piece in enumerate(question.evidence):
            field = f"evidence.{number}"
            if piece.document in documents:
                passages = [stored.passage for stored in index.catalog.passages_of(documents[piece.document])]
                yield from check_evidence(question.id, field, piece, index.document(piece.document), passages)
            else:
                text = f"there is no document {piece.document} in the library"
                yield GoldProblem(question.id, f"{field}.document", text, error=True)
        yield from check_nuggets(question)


def check_evidence(
    question: str, field: str, piece: GoldEvidence, document: Document, passages: Sequence[Passage]
) -> Iterator[GoldProblem]:
    """Problems of one piece of evidence."""
    words, quote, text = len(piece.quote.split()), normalise(piece.quote), normalise(document.text)
    if not MIN_WORDS <= words <= MAX_WORDS:
        message = f"has {words} words; it should have {MIN_WORDS} to {MAX_WORDS}"
        yield GoldProblem(question, f"{field}.quote", message, error=False)
    if quote not in text:
        yield inexact_quote(question, f"{field}.quote", piece, quote, text)
        return
    with_quote = [passage for passage in passages if is_aligned(quote, normalise(passage.text))]
    yield from check_location(question, field, piece, with_quote)


def inexact_quote(question: str, field: str, piece: GoldEvidence, quote: str, text: str) -> GoldProblem:
    """A quote that is not verbatim in its document: an error unless it aligns; the nearest text is shown."""
    near = partial_ratio_alignment(quote, text)
    score, found = (near.score, text[near.dest_start : near.dest_end]) if near else (0.0, "")
    if score >= ALIGNED:
        message = f"is only similar to the text of {piece.document}: “{found[:SHOWN_CHARACTERS]}”"
        return GoldProblem(question, field, message, error=False)
    nearest = f" (nearest: “{found[:SHOWN_CHARACTERS]}”)" if found else ""
    return GoldProblem(question, field, f"is missing from {piece.document}{nearest}", error=True)


def check_location(
    question: str, field: str, piece: GoldEvidence, with_quote: Sequence[Passage]
) -> Iterator[GoldProblem]:
    """Compares the page and pinpoint of a quote with those of the passages that contain it."""
    pages = sorted({passage.page for passage in with_quote if passage.page})
    if piece.page and pages and piece.page not in pages:
        text = f"is {piece.page}, but the quote is on {alternatives(pages)}"
        yield GoldProblem(question, f"{field}.page", text, error=False)
    pinpoints = sorted({passage.pinpoint for passage in with_quote if passage.pinpoint})
    if piece.pinpoint and pinpoints and not any(is_same_pinpoint(found, piece.pinpoint) for found in pinpoints):
        text = f"is {piece.pinpoint}, but the library has {alternatives(pinpoints)}"
        yield GoldProblem(question, f"{field}.pinpoint", text, error=False)


def check_nuggets(question: GoldQuestion) -> Iterator[GoldProblem]:
    """Nuggets that no quote or pinpoint states: they may be derived from several, or be a mistake."""
    quotes = normalise(" ".join(f"{piece.quote} {piece.pinpoint or ''}" for piece in question.evidence))
    for number, nugget in enumerate(question.nuggets):
        if question.evidence and not states_nugget(quotes, nugget):
            text = f"no quote of the evidence states “{nugget.any_of[0]}”"
            yield GoldProblem(question.id, f"nuggets.{number}", text, error=False)


def alternatives(values: Sequence[object]) -> str:
    """Values joined by “or”."""
    return " or ".join(map(str, values))
