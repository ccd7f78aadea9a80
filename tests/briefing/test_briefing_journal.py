from pathlib import Path

import pytest

from pincite.answer.query.filters import Filters
from pincite.briefing.journal import journal_path, open_journal, unanswered
from pincite.briefing.questions.questions import BriefingQuestion
from pincite.ingest.errors import BadInput, BrokenIndex

WHO, WHY = BriefingQuestion("a", "Who?"), BriefingQuestion("b", "Why?")
SETTINGS = {"index": "x", "llm": "extract"}


def test_answers_are_kept_and_failures_asked_again(tmp_path: Path) -> None:
    out = tmp_path / "o.docx"
    with open_journal(out, SETTINGS) as (journal, anew):
        journal.add(WHO, {"answer": "They"})
        journal.add(WHY, {"answer": "", "failed": True})
        assert not anew
    with open_journal(out, SETTINGS) as (journal, anew):
        assert unanswered(journal, [WHO, WHY]) == [WHY]
        assert journal.record(WHO) == {"answer": "They", "id": "a"}
        journal.add(WHY, {"answer": "So"})
        assert unanswered(journal, [WHO, WHY]) == []
    assert sorted(file.name for file in tmp_path.iterdir()) == [journal_path(out).name]


def test_other_settings_begin_anew_and_other_filters_are_another_question(tmp_path: Path) -> None:
    with open_journal(tmp_path / "o.md", SETTINGS) as (journal, _):
        journal.add(WHO, {"answer": "They"})
        of_laws = BriefingQuestion("c", "Who?", filters=Filters(kinds=("law",)))
        assert unanswered(journal, [WHO, of_laws, BriefingQuestion("d", "Who?")]) == [of_laws]
    with open_journal(tmp_path / "o.md", SETTINGS | {"llm": "ollama:x"}) as (journal, anew):
        assert (anew, unanswered(journal, [WHO])) == (True, [WHO])


def test_two_runs_do_not_write_to_one_journal(tmp_path: Path) -> None:
    with open_journal(tmp_path / "o.md", SETTINGS), pytest.raises(BadInput, match=r"Another run is writing .*o\.md"):
        open_journal(tmp_path / "o.md", SETTINGS).__enter__()


def test_a_file_that_is_no_journal_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    out = tmp_path / "o.md"
    journal_path(out).write_text("My own notes, kept under an unlucky name.\n" * 100, encoding="utf-8")
    before = journal_path(out).read_bytes()
    with pytest.raises(BrokenIndex, match="move it away"), open_journal(out, SETTINGS):
        pass
    assert journal_path(out).read_bytes() == before
