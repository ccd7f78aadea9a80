"""Conversations as the app keeps them: found again after a reload, named, deleted, and seen by their user alone."""

import html
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Protocol

import pytest
import streamlit as st
from docx import Document
from streamlit.testing.v1 import AppTest

from pincite.ingest.pipeline import ingest
from pincite.ingest.record_store import RecordStore, open_store
from pincite.ui.conversation.clipboard import ESCAPES
from pincite.ui.conversation.export import exchange_of, file_content
from pincite.ui.conversation.store import CONVERSATIONS, FILE, KIND

ROOT = Path(__file__).parents[2]
ANNA, BORIS = "anna", "boris"
COD, TUNA, OUTSIDE = (
    "What is the quota for cod?",
    "What is the quota for tuna?",
    "What does HUDERIA say about hospitals?",
)
HOSTILE = "What is the <b>quota</b> for **cod** :red[x] ![p](http://evil.example/a.png)?"


class OpenApp(Protocol):
    """Opens the app in a window of its own; `user` is logged in, "" for nobody."""

    def __call__(self, user: str = ANNA, address: dict[str, str] | None = None) -> AppTest: ...


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for fish, tonnes in (("Cod", 40), ("Tuna", 7)):
        text = f"# {fish}\n\nThe quota for {fish.lower()} is {tonnes} tonnes in 2025.\n"
        (tmp_path / f"{fish}.md").write_text(text, encoding="utf-8")
    ingest([tmp_path], tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def open_app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenApp]:
    monkeypatch.setattr(sys, "argv", ["app.py", "--index", str(folder)])
    monkeypatch.delenv("PINCITE_CONVERSATIONS", raising=False)

    def opened(user: str = ANNA, address: dict[str, str] | None = None) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        app.user = {"is_logged_in": True, "iss": "https://id.example", "sub": user} if user else {}
        app.query_params = dict(address or {})
        return sound(app.run())

    yield opened
    st.cache_resource.clear()
    st.cache_data.clear()


def sound(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def ask(app: AppTest, question: str) -> AppTest:
    return sound(app.chat_input[0].set_value(question).run())


def press(app: AppTest, label: str) -> AppTest:
    return sound(next(button for button in app.button if plain(button.label) == label).click().run())


def plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).replace("\u2060", "")


def shown(app: AppTest) -> str:
    return html.unescape("\n".join(element.body for element in app.html))


def titles(app: AppTest) -> list[str]:
    return [plain(button.label) for button in app.button if (button.key or "").startswith("open-")]


@contextmanager
def stored(folder: Path) -> Iterator[RecordStore]:
    """The only file of conversations."""
    (file,) = folder.rglob(FILE)
    with open_store(file, KIND) as store:
        yield store


def test_of_a_long_conversation_the_last_questions_are_drawn_until_all_are_asked_for(open_app: OpenApp) -> None:
    app = open_app()
    for year in range(2021, 2025):
        ask(app, f"What is the quota for cod in {year}?")
    sound(app.run())
    assert ("cod in 2021?" in shown(app), "cod in 2022?" in shown(app)) == (False, True)
    press(app, "Show 1 earlier question")
    assert "cod in 2021?" in shown(app)


def test_a_reload_finds_the_conversation_with_its_sources(open_app: OpenApp) -> None:
    app = ask(ask(open_app(), COD), "And for tuna?")
    again = open_app(address=app.query_params)
    assert (COD in shown(again), "And for tuna?" in shown(again)) == (True, True)
    assert "Understood as: And for tuna?" in shown(again)
    press(again, "[1]")
    assert re.findall(r"<mark>(.*?)</mark>", shown(again)) == [
        again.session_state["turns"][0].answer.citations[0].quote
    ]
    ask(again, "And in 2025?")
    assert len(open_app(address=app.query_params).session_state["turns"]) == 3


def test_past_conversations_are_listed_and_opened(open_app: OpenApp) -> None:
    app = ask(open_app(), COD)
    press(app, "New conversation")
    assert ("Ask your documents" in app.title[0].value, app.query_params) == (True, {})
    ask(app, OUTSIDE)
    assert titles(app) == [OUTSIDE, COD]
    press(app, COD)
    assert (COD in shown(app), OUTSIDE in shown(app)) == (True, False)
    assert titles(open_app()) == [OUTSIDE, COD]
    ask(app, TUNA)
    assert titles(app) == [COD, OUTSIDE]


@pytest.mark.parametrize("other", [BORIS, ""], ids=["another user", "nobody"])
def test_nobody_else_lists_or_opens_a_conversation(open_app: OpenApp, other: str) -> None:
    app = ask(open_app(), COD)
    stranger = open_app(other, app.query_params)
    assert titles(stranger) == []
    assert COD not in shown(stranger)
    assert "not among yours" in plain(stranger.warning[0].value)
    assert stranger.query_params == {}
    ask(stranger, TUNA)
    assert titles(stranger) == [TUNA]
    assert titles(open_app()) == [COD]


def test_two_browsers_without_login_are_two_users(open_app: OpenApp) -> None:
    first, second = ask(open_app(""), COD), open_app("")
    assert titles(second) == []
    assert titles(first) == [COD]
    assert len(first.session_state["owner"]) == 43


@pytest.mark.parametrize("address", ["../../catalog", "0" * 32, "%00"])
def test_an_address_that_names_no_conversation_gives_a_sentence(open_app: OpenApp, address: str) -> None:
    app = open_app(address={"conversation": address})
    assert "conversation" in app.warning[0].value
    assert app.title[0].value == "Ask your documents"
    assert not sound(app.run()).warning


def test_filters_go_with_their_turn(open_app: OpenApp, folder: Path) -> None:
    app = open_app()
    app.multiselect("document").select("Cod.md").run()
    ask(app, COD)
    app.multiselect("document").unselect("Cod.md").run()
    ask(app, TUNA)
    again = open_app(address=app.query_params)
    assert "1 of 2 documents were searched (Cod.md)." in shown(again)
    assert "2 of 2 documents were searched." in shown(again)
    with stored(folder) as store:
        turns = store.items(app.session_state["conversation"].id)
    assert [turn["filters"]["documents"] for _, turn in turns] == [["Cod.md"], []]


def test_a_damaged_conversation_is_reported_and_the_others_are_there(open_app: OpenApp, folder: Path) -> None:
    app = ask(open_app(), COD)
    damaged = app.session_state["conversation"].id
    press(app, "New conversation")
    ask(app, TUNA)
    with stored(folder) as store:
        store.put(damaged, "0", {"<b>": ""})
    again = open_app(address={"conversation": damaged})
    assert titles(again) == [TUNA, COD]
    (warning,) = again.warning
    assert ("damaged" in warning.value, "<b>" in warning.value) == (True, False)
    assert again.title[0].value == "Ask your documents"


def test_a_file_that_holds_no_conversations_is_reported_and_left_as_it_is(open_app: OpenApp, folder: Path) -> None:
    ask(open_app(), COD)
    (file,) = folder.rglob(FILE)
    file.write_bytes(b"something else " * 1000)
    app = ask(open_app(), TUNA)
    assert all("move it away" in warning.value for warning in app.warning)
    assert "tuna is 7 tonnes" in shown(app)
    assert file.read_bytes() == b"something else " * 1000


def test_a_conversation_that_cannot_be_kept_goes_on(open_app: OpenApp, folder: Path) -> None:
    (folder / "conversations").write_bytes(b"")
    app = ask(open_app(), COD)
    assert "cannot be kept" in app.warning[0].value
    ask(app, "And for tuna?")
    assert len(app.session_state["turns"]) == 2
    assert not app.session_state["turns"][1].error
    (folder / "conversations").unlink()
    ask(app, OUTSIDE)
    assert not app.warning
    assert len(open_app(address=app.query_params).session_state["turns"]) == 3


def test_a_question_that_failed_is_kept_with_its_reason(open_app: OpenApp) -> None:
    app = ask(open_app(), "…")
    again = open_app(address=app.query_params)
    assert again.error[0].value == app.error[0].value
    assert not again.get("download_button")


def test_questions_are_shown_as_text(open_app: OpenApp) -> None:
    app = ask(open_app(), HOSTILE)
    assert titles(app) == [HOSTILE]
    assert "<b>" not in "".join(element.body for element in app.html)
    label = next(button.label for button in app.button if (button.key or "").startswith("open-"))
    assert "\\!\\[p\\]\\(http" in label
    assert f'data-copied="{html.escape(HOSTILE.translate(ESCAPES))}' in "".join(element.body for element in app.html)


def test_the_open_conversation_is_taken_away(open_app: OpenApp) -> None:
    app = ask(ask(open_app(), COD), "…")
    assert [button.label for button in app.get("download_button")] == ["Word", "Markdown"]
    exchanges = [one for turn in app.session_state["turns"] if (one := exchange_of(turn))]
    word = Document(BytesIO(file_content("Fish", exchanges, [], ".docx")))
    assert word.paragraphs[0].text == "Fish"
    assert f"1. {COD}" in [paragraph.text for paragraph in word.paragraphs]
    assert "[^1]" in file_content("Fish", exchanges, [], ".md").decode()


def test_a_long_list_is_shown_in_parts(open_app: OpenApp, folder: Path) -> None:
    app = ask(open_app(), COD)
    with stored(folder) as store:
        for number in range(9):
            store.put(CONVERSATIONS, f"{number:032x}", {"title": "Copy", "changed": number})
    assert len(titles(sound(app.run()))) == 8
    assert len(titles(press(app, "2 older"))) == 10
