import pytest

from pincite.answer.citation.citation import Span
from pincite.answer.draft.sentence_windows import Sentence, sentence_window, sentences, whole_list
from pincite.answer.retrieval.retrieve import retrieve
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index

SCORES = {"one": 0.2, "two": 0.9, "three": 0.5, "four": 0.85, "It follows": 0.9}


def sentence(text: str, pinpoint: str, start: int) -> Sentence:
    return Sentence(Span("a.md", start, start + len(text), pinpoint), text, frozenset(), frozenset())


def score(one: Sentence) -> float:
    return SCORES[one.text]


FOUND = [
    sentence("one", "para. 1", 0),
    sentence("two", "para. 1", 10),
    sentence("three", "para. 1", 20),
    sentence("four", "para. 2", 30),
]


@pytest.mark.parametrize(
    ("words", "beyond", "texts"),
    [
        (1, 0.0, ["two"]),
        (2, 0.0, ["two", "three"]),
        (9, 2.0, ["one", "two", "three"]),
        (9, 0.8, ["one", "two", "three", "four"]),
        (9, 0.99, ["one", "two", "three"]),
    ],
)
def test_a_window_grows_around_the_best_sentence(words: int, beyond: float, texts: list[str]) -> None:
    assert [one.text for one in sentence_window(FOUND, score, words, beyond)] == texts


def test_a_window_continues_in_a_passage_it_has_entered() -> None:
    found = [*FOUND, sentence("one", "para. 2", 40), sentence("one", "para. 3", 50)]
    chosen = sentence_window(found, score, 9, 0.8)
    assert [one.span.start for one in chosen] == [0, 10, 20, 30, 40]


def test_cell_separators_are_not_words() -> None:
    assert sentence("All places | 412 | 46", "Table 2", 0).words == 4


def test_a_sentence_that_refers_back_brings_the_one_before_it() -> None:
    found = [FOUND[0], sentence("It follows", "para. 1", 10), FOUND[2]]
    assert [one.text for one in sentence_window(found, score, 3, 2.0)] == ["one", "It follows"]


def test_a_quotation_is_followed_to_its_speaker() -> None:
    texts = ["“A plan came.", "It wins the race.", "That is enough,” said Ana Silva.", "Others spoke."]
    found = [sentence(text, "para. 1", 20 * place) for place, text in enumerate(texts)]
    chosen = sentence_window(found, lambda one: 2.0 - found.index(one) / 10 - (one is found[0]), 10, 0.0)
    assert [one.text for one in chosen] == texts[1:3]


def test_no_sentences_give_no_window() -> None:
    assert sentence_window([], score, 9, 0.0) == []


def test_sentence_spans_match_the_document(sample: Index, embedder: Embedder) -> None:
    for found in retrieve(sample, embedder, "How is computing time shared?"):
        for one in sentences(sample.lexical, found.parts):
            text = sample.document(one.span.document).text
            assert text[one.span.start : one.span.end] == one.text
            assert one.text not in found.passage.headings


def test_a_partial_list_is_completed(sample: Index, embedder: Embedder) -> None:
    question = "May a State leave a system out of its register for national security if a minister decides in writing?"
    found = next(one for one in retrieve(sample, embedder, question) if "para. 6" in (one.passage.pinpoint or ""))
    places = [part.pinpoint for part in whole_list(sample, found)]
    assert places[:1] == ["para. 6"]
    assert {"para. 6 (a)", "para. 6 (b)", "para. 6 (c)"} <= set(places)
