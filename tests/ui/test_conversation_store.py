"""Conversations on disk: kept turn by turn, made turns again as they were, and bad files told."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pincite.answer.pipeline import ask
from pincite.answer.schema import answer_record
from pincite.answer.verification.verify import Support
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BadInput, IndexProblem
from pincite.ingest.index.index import Index
from pincite.ingest.record_store import open_store
from pincite.ui.conversation.owner import conversations_folder, user_identity
from pincite.ui.conversation.schema import turn_of, turn_record
from pincite.ui.conversation.store import (
    FILE,
    KIND,
    TurnRecord,
    delete,
    keep_turn,
    list_conversations,
    new_conversation_id,
    read,
    rename,
)
from pincite.ui.conversation.turn import Turn
from pincite.ui.sidebar import SidebarChoice
from support.briefed import COD, FELLOWSHIPS, PRIVATE

ONE = "0" * 32
CHOICE = SidebarChoice(kinds=("report",), after="2025-06", model="extract")
REFUSED = Turn(0, "…", "", None, "The question is empty: write what you want to know.")
Change = Callable[[list[dict[str, Any]]], object]


def record(question: str) -> TurnRecord:
    told: TurnRecord = json.loads(json.dumps(turn_record(replace(REFUSED, question=question), CHOICE)))
    return told


@pytest.fixture
def kept(sample: Index, embedder: Embedder, tmp_path: Path) -> Path:
    """A folder with one conversation of one real answer."""
    turn = Turn(0, FELLOWSHIPS, "2 of 12 documents were searched.", ask(sample, embedder, FELLOWSHIPS))
    keep_turn(tmp_path, ONE, [turn_record(turn, CHOICE)])
    return tmp_path


@pytest.mark.parametrize("question", [FELLOWSHIPS, COD, PRIVATE], ids=["answer", "abstention", "amended"])
def test_a_turn_comes_back_as_it_was(sample: Index, embedder: Embedder, tmp_path: Path, question: str) -> None:
    turn = Turn(0, question, "2 of 12 documents were searched.", ask(sample, embedder, question), understood="Who?")
    keep_turn(tmp_path, ONE, [turn_record(turn, CHOICE)])
    (kept,) = read(tmp_path, ONE).turns
    again = turn_of(kept, 0)
    assert turn.answer
    assert again.answer
    assert answer_record(again.answer) == answer_record(turn.answer)
    assert (again.answer.text, again.answer.notes) == (turn.answer.text, turn.answer.notes)
    assert [one.reference() for one in again.answer.citations] == [one.reference() for one in turn.answer.citations]
    assert (again.question, again.searched, again.understood) == (question, turn.searched, "Who?")
    assert kept["filters"]["kinds"] == ["report"]


def test_withheld_sentences_and_errors_come_back(sample: Index, embedder: Embedder) -> None:
    answer = ask(sample, embedder, FELLOWSHIPS)
    withheld = replace(answer.statements[0], text="Never.", support=Support.UNSUPPORTED, citations=())
    told = replace(answer, statements=(withheld, *answer.statements), notes=("One.", "Two."))
    again = turn_of(turn_record(Turn(0, "Who?", "", told), CHOICE), 0).answer
    assert again
    assert (again.text, again.notes, again.statements[0].text) == (answer.text, ("One.", "Two."), "Never.")
    assert turn_of(turn_record(REFUSED, CHOICE), 0) == REFUSED


def test_turns_of_two_windows_are_both_kept(tmp_path: Path) -> None:
    keep_turn(tmp_path, ONE, [record("first")])
    with ThreadPoolExecutor(4) as windows:
        list(windows.map(lambda n: keep_turn(tmp_path, ONE, [record("first"), record(str(n))]), range(12)))
    questions = [turn["question"] for turn in read(tmp_path, ONE).turns]
    assert questions[0] == "first"
    assert sorted(questions[1:], key=int) == [str(n) for n in range(12)]
    assert read(tmp_path, ONE).title == "first"
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_title_is_the_first_question_cut_short_until_another_is_given(tmp_path: Path) -> None:
    keep_turn(tmp_path, ONE, [record("Who " + "decides " * 40)])
    first = read(tmp_path, ONE)
    assert (len(first.title) <= 80, first.title[-1]) == (True, "…")
    rename(tmp_path, ONE, "  The\nBoard ")
    keep_turn(tmp_path, ONE, [record("?"), record("And then?")])
    again = read(tmp_path, ONE)
    assert (again.title, len(again.turns)) == ("The Board", 2)
    (listed,) = list_conversations(tmp_path)
    rename(tmp_path, ONE, "Another")
    assert list_conversations(tmp_path) == [replace(listed, title="Another")]
    assert read(tmp_path, ONE) == replace(again, title="Another")
    with pytest.raises(BadInput, match="needs at least one letter"):
        rename(tmp_path, ONE, " \n")


def test_what_is_deleted_is_gone(tmp_path: Path) -> None:
    keep_turn(tmp_path, ONE, [record("Who?")])
    delete(tmp_path, ONE)
    delete(tmp_path, ONE)
    assert b"Who?" not in (tmp_path / FILE).read_bytes()
    assert list_conversations(tmp_path) == []
    with pytest.raises(BadInput, match="not among yours"):
        read(tmp_path, ONE)
    with pytest.raises(BadInput, match="not among yours"):
        rename(tmp_path, ONE, "Who?")


@pytest.mark.parametrize("identity", ["", "..", "../" * 10 + "0" * 32, "0" * 31 + "G", "0" * 32 + "\n"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, identity: str) -> None:
    for act in (read, delete):
        with pytest.raises(BadInput, match="names no conversation"):
            act(tmp_path / "own", identity)
    assert list(tmp_path.iterdir()) == []


BAD: dict[str, tuple[Change, str]] = {
    "no turns": (lambda turns: turns.pop(), "at least 1 item"),
    "text": (lambda turns: turns[0]["answer"]["statements"][0].update(text=5), "text"),
    "support": (lambda turns: turns[0]["answer"]["statements"][0].update(support="sure"), "support"),
    "citation": (lambda turns: turns[0]["answer"].update(citations=[]), "citation 1 is missing"),
    "seconds": (lambda turns: turns[0]["answer"].update(seconds={}), "seconds has no total"),
    "evidence": (lambda turns: turns[0]["answer"]["evidence"][0].pop("rank"), "rank"),
    "filters": (lambda turns: turns[0].pop("filters"), "filters"),
}


@pytest.mark.parametrize(("change", "message"), BAD.values(), ids=BAD)
def test_a_damaged_turn_is_reported(kept: Path, change: Change, message: str) -> None:
    with open_store(kept / FILE, KIND) as store:
        turns = [turn for _, turn in store.items(ONE)]
        change(turns)
        store.clear(ONE)
        for number, turn in enumerate(turns):
            store.put(ONE, str(number), turn)
    with pytest.raises(BadInput, match="damaged or of another version") as refusal:
        read(kept, ONE)
    assert message in str(refusal.value).lower()
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("share", [0.001, 0.5, 0.8])
def test_a_file_that_was_cut_off_is_reported_and_never_written_over(kept: Path, share: float) -> None:
    file = kept / FILE
    cut = file.read_bytes()[: int(share * file.stat().st_size)]
    file.write_bytes(cut)
    for act in (lambda: read(kept, ONE), lambda: keep_turn(kept, ONE, [record("?")]), lambda: rename(kept, ONE, "?")):
        with pytest.raises(IndexProblem, match="damaged"):
            act()
    assert file.read_bytes() == cut


def test_a_turn_is_added_after_the_others(tmp_path: Path) -> None:
    turns = (record("first"), record("second"))
    keep_turn(tmp_path, ONE, turns[:1])
    assert keep_turn(tmp_path, ONE, turns).turns is turns
    assert read(tmp_path, ONE).turns == turns


def test_a_folder_that_cannot_be_written_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "own").write_bytes(b"")
    with pytest.raises(IndexProblem, match="cannot be kept in"):
        keep_turn(tmp_path / "own", ONE, [record("Who?")])


def test_only_the_owner_of_a_folder_may_look_into_it(tmp_path: Path) -> None:
    keep_turn(tmp_path / "own", new_conversation_id(), [record("Who?")])
    assert (tmp_path / "own").stat().st_mode & 0o077 == 0


def test_where_conversations_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PINCITE_CONVERSATIONS", raising=False)
    assert conversations_folder(tmp_path) == tmp_path / "conversations"
    monkeypatch.setenv("PINCITE_CONVERSATIONS", "~/talks")
    assert conversations_folder(tmp_path) == Path.home() / "talks"
    assert conversations_folder(tmp_path, Path("named")) == Path("named")


def test_users_of_two_providers_are_two() -> None:
    known = {"is_logged_in": True, "iss": "https://a.example", "sub": "17"}
    assert user_identity(known) != user_identity(known | {"iss": "https://b.example"})
    assert user_identity(known) == user_identity(known | {"email": "moved@a.example"})
    assert user_identity(known | {"sub": ""}) is None
    assert user_identity(known | {"is_logged_in": False}) is None
