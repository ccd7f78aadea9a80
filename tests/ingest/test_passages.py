"""Passages: the document's own words, all of them, short enough for the embedding model to read whole."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pincite.ingest.chunking.passages import MeasuredSpan, Passage, PassageRules, cut_passages, pack, shorten
from pincite.ingest.discovery import find_files
from pincite.ingest.document import Block, BlockKind, Document, Metadata, Part, join_parts
from pincite.ingest.embedding.embedder import MAX_TOKENS, TokenCounter
from pincite.ingest.reading import read_document

HEADING, PARAGRAPH, TABLE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE
RULES = PassageRules()
MARKS = 2  # the model's own, at the start and the end


@pytest.fixture(scope="module")
def count_tokens() -> TokenCounter:
    return TokenCounter()


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def document(*parts: Part, title: str = "A title") -> Document:
    text, page_starts, blocks = join_parts(parts)
    return Document("0" * 64, "a.md", text, page_starts, blocks, Metadata(title=title))


def texts(passages: Sequence[Passage]) -> list[str]:
    return [passage.text for passage in passages]


def uncovered(made: Document, passages: Sequence[Passage]) -> Iterator[str]:
    """Letters of blocks other than headings that stand in no passage."""
    held = {offset for passage in passages for offset in range(passage.start, passage.end)}
    for block in made.blocks:
        if block.kind is not HEADING:
            yield "".join(made.text[at] for at in range(block.start, block.end) if at not in held).strip()


def check(made: Document, count_tokens: TokenCounter) -> list[Passage]:
    """The passages of a document, once everything that must hold of them has been seen to hold."""
    passages = cut_passages(made, RULES, count_tokens)
    assert all(made.text[passage.start : passage.end] == passage.text for passage in passages)
    assert all(passage.text.strip() == passage.text for passage in passages)
    assert max(count_tokens(texts(passages))) <= RULES.text
    whole = [f"{passage.context}\n{passage.text}" for passage in passages]
    assert max(count_tokens(whole)) + MARKS <= MAX_TOKENS
    assert set(uncovered(made, passages)) <= {""}
    assert len({passage.id for passage in passages}) == len(passages)
    return passages


def test_every_document_of_the_sample_corpus(corpus: Path, count_tokens: TokenCounter) -> None:
    for source in find_files([corpus]).files:
        made = read_document(source.path, source.name)
        passages = check(made, count_tokens)
        assert [passage.page for passage in passages] == [made.page_at(passage.start) for passage in passages]


def test_every_real_document(shared: Path, count_tokens: TokenCounter) -> None:
    for source in find_files([shared / "corpus"]).files:
        check(read_document(source.path, source.name), count_tokens)


def test_blocks_are_joined_while_they_fit_and_never_over_a_heading() -> None:
    made = document(
        Part(PARAGRAPH, "one two"), Part(PARAGRAPH, "three four"), Part(PARAGRAPH, "five six"), Part(HEADING, "New", 1),
        Part(PARAGRAPH, "seven"),
    )  # fmt: skip
    passages = cut_passages(made, PassageRules(text=4), words)
    assert texts(passages) == ["one two\n\nthree four", "five six", "New\n\nseven"]


def test_headings_lead_to_a_passage_and_one_alone_is_left_to_those_below() -> None:
    made = document(
        Part(HEADING, "Chapter I", 1),
        Part(HEADING, "Article 1", 2),
        Part(PARAGRAPH, "Text."),
        Part(HEADING, "Annex", 1),
    )
    passages = cut_passages(made, RULES, words)
    assert texts(passages) == ["Article 1\n\nText.", "Annex"]
    assert [passage.headings for passage in passages] == [("Chapter I", "Article 1"), ("Annex",)]
    assert passages[0].context == "A title | Chapter I | Article 1"


def test_the_symbol_stands_in_the_context_once() -> None:
    made = document(Part(PARAGRAPH, "Text."))
    for symbol, title, context in (("X/1", "On trust", "X/1 On trust"), ("X/1", "x/1 on trust", "x/1 on trust")):
        (passage,) = cut_passages(replace(made, metadata=Metadata(title=title, symbol=symbol)), RULES, words)
        assert passage.context == context


def test_headings_of_one_level_that_follow_each_other_are_all_kept() -> None:
    made = document(Part(HEADING, "First", 2), Part(HEADING, "Second", 2), Part(PARAGRAPH, "Text."))
    assert texts(cut_passages(made, RULES, words)) == ["First\n\nSecond\n\nText."]


def test_a_long_block_is_cut_at_sentences_and_a_long_sentence_at_words() -> None:
    made = document(Part(PARAGRAPH, "One two three. Four five six. Very " + "long " * 9 + "end."))
    passages = cut_passages(made, PassageRules(text=6), words)
    assert texts(passages)[0] == "One two three. Four five six."
    assert max(words(texts(passages))) <= 6
    assert " ".join(texts(passages)).split() == made.text.split()


def test_a_sentence_of_a_thousand_words(count_tokens: TokenCounter) -> None:
    passages = check(document(Part(PARAGRAPH, "recognizing the importance of capacity " * 200)), count_tokens)
    assert len(passages) > 5


def test_ukrainian_text_takes_more_pieces_and_still_fits(count_tokens: TokenCounter) -> None:
    sentence = "Генеральна Асамблея закликає держави-члени посилювати співпрацю у сфері штучного інтелекту. "
    made = document(Part(HEADING, sentence * 2, 1), Part(PARAGRAPH, sentence * 20), title=sentence)
    passages = check(made, count_tokens)
    assert len(passages) >= 5
    assert all(passage.text.endswith(".") for passage in passages)


@pytest.mark.parametrize(
    "text", ["規則は政策を定める" * 200, "https://example.org/" + "path/" * 400, "\ufffd\ufffd", "a" * 5000]
)
def test_text_without_spaces(text: str, count_tokens: TokenCounter) -> None:
    check(document(Part(HEADING, text, 1), Part(PARAGRAPH, text), title=text), count_tokens)


def test_tables_are_cut_between_rows(count_tokens: TokenCounter) -> None:
    rows = [f"State number {n} | {n},450 accelerators | {n}.5 per cent of all" for n in range(60)]
    passages = check(document(Part(TABLE, "\n".join(rows))), count_tokens)
    assert [line for passage in passages for line in passage.text.split("\n")] == rows


def test_a_passage_that_is_a_third_full_ends_with_its_page() -> None:
    parts = Part(PARAGRAPH, "one two", page=1), Part(PARAGRAPH, "three four", page=2)
    short, long = (cut_passages(document(*parts), PassageRules(text=text), words) for text in (9, 6))
    assert [(passage.page, passage.text) for passage in short] == [(1, "one two\n\nthree four")]
    assert [(passage.page, passage.text) for passage in long] == [(1, "one two"), (2, "three four")]


def test_ids_are_of_place_and_content_so_that_a_second_run_changes_nothing() -> None:
    made = document(Part(PARAGRAPH, "one"), Part(HEADING, "H", 1), Part(PARAGRAPH, "one"))
    first, second = cut_passages(made, RULES, words), cut_passages(made, RULES, words)
    assert first == second
    assert first[0].id != first[1].id


def test_what_counts_as_nothing_is_not_lost() -> None:
    assert list(pack([MeasuredSpan(0, 2, 0), MeasuredSpan(4, 6, 3), MeasuredSpan(8, 9, 0)], limit=3)) == [(0, 9, 3)]
    assert list(pack([MeasuredSpan(0, 2, 0)], limit=3)) == [(0, 2, 0)]
    assert list(pack([], limit=3)) == []


def test_a_long_title_keeps_its_ends(count_tokens: TokenCounter) -> None:
    title = (
        "Regulation laying down harmonised rules " + "and amending Regulations " * 40 + "(Artificial Intelligence Act)"
    )
    short = shorten(title, 30, count_tokens)
    assert short.startswith("Regulation laying down")
    assert short.endswith("(Artificial Intelligence Act)")
    assert count_tokens([short])[0] in range(25, 31)


def test_a_document_without_blocks_has_no_passages() -> None:
    assert cut_passages(document(), RULES, words) == []
    lone = Document("0", "a", "Heading", (), (Block(HEADING, 0, 7, 1),), Metadata())
    assert texts(cut_passages(lone, RULES, words)) == ["Heading"]
