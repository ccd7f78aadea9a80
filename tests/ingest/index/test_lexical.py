from pathlib import Path

import pytest

from pincite.ingest.errors import BrokenIndex
from pincite.ingest.index.lexical import LexicalIndex


def filled(folder: Path) -> LexicalIndex:
    lexical = LexicalIndex(folder)
    lexical.update(
        [],
        [
            (1, 10, "Providers shall report serious incidents within 15 days.", "AI Act"),
            (2, 10, "Deployers keep logs for six months.", "AI Act"),
            (3, 20, "Три яруси регулювання ШІ.", "Стаття"),
        ],
    )
    return lexical


def test_words_are_found_in_other_forms(tmp_path: Path) -> None:
    assert [number for number, _ in filled(tmp_path).search("reporting of an incident", 5)] == [1]


def test_words_of_title_count_less_than_those_of_text(tmp_path: Path) -> None:
    lexical = filled(tmp_path)
    lexical.update([], [(4, 30, "The act has a hundred articles.", "Law")])
    assert lexical.search("act", 5)[0][0] == 4


def test_ukrainian_words_are_found(tmp_path: Path) -> None:
    assert [number for number, _ in filled(tmp_path).search("яруси", 5)] == [3]


def test_documents_limit_the_search(tmp_path: Path) -> None:
    lexical = filled(tmp_path)
    assert [number for number, _ in lexical.search("logs incidents", 5, [20])] == []
    assert lexical.search("logs", 5, []) == []


def test_query_syntax_in_a_question_means_nothing(tmp_path: Path) -> None:
    assert filled(tmp_path).search('text:logs AND ("', 5)[0][0] == 2


def test_removed_passages_are_gone(tmp_path: Path) -> None:
    lexical = filled(tmp_path)
    lexical.update([2], [])
    assert lexical.numbers().tolist() == [1, 3]
    assert lexical.count() == 2


def test_numbers_are_listed_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pincite.ingest.index.lexical.LISTED", 4)
    lexical = LexicalIndex(tmp_path)
    for start in (0, 10):  # two segments
        lexical.update([], [(number, 1, "logs", "") for number in range(start, start + 10)])
    lexical.update([3, 12], [])
    assert lexical.numbers().tolist() == [number for number in range(20) if number not in {3, 12}]


def test_a_damaged_index_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    LexicalIndex(tmp_path)
    damaged = tmp_path / "lexical" / "meta.json"
    damaged.write_text("{", encoding="utf-8")
    with pytest.raises(BrokenIndex, match="word index"):
        LexicalIndex(tmp_path)
    assert damaged.read_text(encoding="utf-8") == "{"
