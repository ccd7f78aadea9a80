from dataclasses import replace

from pincite.answer.citation.citation import Citation, Span, cite
from pincite.answer.parallel_sources import parallel_notes
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.question import read_question
from pincite.answer.retrieval.retrieve import Evidence, evidence_for
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index

QUESTION = "What share of computing time may private applicants have under MF/RES/2/4?"
OTHER = "resolutions/MF-RES-1-3-shared-safety-testing.md"


def found(index: Index, embedder: Embedder) -> tuple[Citation, list[Evidence]]:
    evidence = evidence_for(index, embedder, read_question(QUESTION, aliases_of(index)))
    part = max(evidence[0].parts, key=lambda one: len(one.text))
    return cite(index, Span(part.document, part.start, part.end, part.pinpoint), 1), evidence


def moved(part: Passage, path: str) -> Passage:
    return replace(part, document=path, text=part.text.replace(" ", "\n", 2), pinpoint="para. 99")


def test_another_document_with_the_same_text_is_noted(sample: Index, embedder: Embedder) -> None:
    citation, (first, *rest) = found(sample, embedder)
    other = next(moved(part, OTHER) for part in first.parts if part.start == citation.start)
    (note,) = parallel_notes(sample, [citation], [replace(first, duplicates=(other,)), *rest])
    assert note.startswith("MF/RES/2/4, para. ")
    assert note.endswith(": the same text is in MF/RES/1/3 (9 November 2023), para. 99.")


def test_the_cited_document_and_other_texts_are_not_noted(sample: Index, embedder: Embedder) -> None:
    citation, (first, *rest) = found(sample, embedder)
    changed = replace(moved(first.parts[0], OTHER), text="No applicant pays for an hour that a site has promised " * 4)
    assert parallel_notes(sample, [citation], [first, replace(first, duplicates=(changed,)), *rest]) == ()
