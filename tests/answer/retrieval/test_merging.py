import numpy as np

from pincite.answer.retrieval.merging import merge_adjacent, merged_passage, without_duplicates
from pincite.answer.retrieval.ranking import Candidate, Signals
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.index.catalog import StoredPassage
from pincite.ingest.index.index import Index

TEXT = "Each register shall:\n\n(a) be public;\n\n(b) be free;\n\n(c) be kept. Members report."
STARTS = [(0, 20, "para. 2"), (22, 36, "para. 2 (a)"), (38, 50, "para. 2 (b)"), (52, 64, "para. 2 (c)")]


def candidate(number: int, *, document: str = "a.md", heading: str = "Registers", text: str | None = None) -> Candidate:
    start, end, pinpoint = STARTS[number]
    words = TEXT[start:end] if text is None else text
    passage = Passage(f"p{number}", document, start, end, words, 1, pinpoint, (heading,), "A")
    stored = StoredPassage(number, 1, passage, np.zeros(2, dtype=np.float32))
    return Candidate(stored, Signals(0.5, 0.5, 1.0, 0.5, None, None), 1 - number / 10)


def joined(ranked: list[Candidate], words: int = 200) -> list[list[int]]:
    return [[one.stored.number for one in group] for group in merge_adjacent(ranked, words)]


def test_adjacent_points_are_merged_in_reading_order() -> None:
    two, zero, three = candidate(2), candidate(0), candidate(3)
    assert joined([two, zero, three]) == [[2, 3], [0]]  # (a) did not rank: nothing bridges the gap
    assert joined([two, candidate(1), zero]) == [[0, 1, 2]]


def test_a_group_grows_towards_its_better_neighbour() -> None:
    assert joined([candidate(2), candidate(3), candidate(1)], words=6) == [[2, 3], [1]]
    assert joined([candidate(2), candidate(1), candidate(3)], words=6) == [[1, 2], [3]]


def test_groups_end_at_headings_and_documents() -> None:
    assert joined([candidate(1), candidate(2, heading="Others")]) == [[1], [2]]
    assert joined([candidate(1), candidate(2, document="b.md")]) == [[1], [2]]


def test_a_merged_passage_is_document_text_with_both_pinpoints() -> None:
    passage = merged_passage([candidate(1), candidate(2)], lambda _document, start, end: TEXT[start:end])
    assert passage.text == TEXT[passage.start : passage.end] == "(a) be public;\n\n(b) be free;"
    assert passage.pinpoint == "para. 2 (a) to para. 2 (b)"


def test_repeated_texts_are_dropped() -> None:
    ranked = [candidate(1), candidate(1, document="b.md"), candidate(2)]
    assert [one.stored.passage.document for one in without_duplicates(ranked)] == ["a.md", "a.md"]


def test_cached_excerpts_equal_the_catalog_text(sample: Index) -> None:
    path = sample.entries[0].path
    fresh = sample.excerpt(path, 10, 60)
    assert fresh == sample.document(path).text[10:60] == sample.excerpt(path, 10, 60)
