"""What an answer leaves out is opened in the app, and stays open in the conversation, its copies and exports."""

import html
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pincite.ui.conversation.export import exchange_of, file_content
from support.families import LAST_RULE, RULES, library_of_rules
from support.paged import press, shown

ROOT = Path(__file__).parents[2]
BERTHS = "eu/berths.md"

OpenApp = Callable[..., AppTest]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return library_of_rules(tmp_path)


@pytest.fixture
def open_app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenApp]:
    monkeypatch.setattr(sys, "argv", ["app.py", "--index", str(folder)])

    def opened(address: dict[str, str] | None = None) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        app.user = {"is_logged_in": True, "iss": "https://id.example", "sub": "anna"}
        app.query_params = dict(address or {})
        app.run()
        assert not app.exception
        return app

    yield opened
    st.cache_resource.clear()
    st.cache_data.clear()


def ask(app: AppTest, question: str) -> AppTest:
    app.chat_input[0].set_value(question).run()
    assert not app.exception
    return app


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def copied(app: AppTest) -> list[str]:
    """The texts behind the buttons that copy an answer."""
    mark = 'data-copied="'
    return [html.unescape(one.body.split(mark)[1]) for one in app.html if mark in one.body]


def test_what_is_left_out_is_counted_and_opened_in_its_place(open_app: OpenApp) -> None:
    app = ask(ask(open_app(), RULES), "What does the survey find on lanterns?")
    assert "15 of 40 items are shown." in shown(app)
    assert LAST_RULE not in shown(app)
    press(app, "Show 25 more")
    assert shown(app).index(LAST_RULE) < shown(app).index("What does the survey find")
    assert "items are shown." not in shown(app)
    assert "[40]" in labels(app)
    assert not any(label.startswith("Show ") for label in labels(app))


def test_it_is_open_after_a_reload_and_in_copies_and_exports(open_app: OpenApp) -> None:
    app = press(open_app(ask(open_app(), RULES).query_params), "Show 25 more")  # of a conversation on disk
    again = open_app(app.query_params)
    for one in (app, again):
        assert LAST_RULE in shown(one)
        assert LAST_RULE in copied(one)[0]
        exchanges = [exchange for turn in one.session_state["turns"] if (exchange := exchange_of(turn))]
        assert "[^40]" in file_content("Berths", exchanges, [], ".md").decode()
    assert "25 more" not in " ".join(labels(again))


def test_it_is_asked_of_the_documents_that_the_question_was_asked_of(open_app: OpenApp) -> None:
    app = open_app()
    app.multiselect("document").select(BERTHS).run()
    ask(app, RULES)
    app.multiselect("document").unselect(BERTHS).select("reports/lanterns.md").run()
    press(app, "Show 25 more")
    assert LAST_RULE in shown(app)
    assert f"1 of 2 documents were searched ({BERTHS})." in shown(app)


def test_follow_ups_are_understood_as_before(open_app: OpenApp) -> None:
    app = press(ask(open_app(), "What does Article 1 of the Berths Act say?"), "Show 31 more")
    assert LAST_RULE in shown(app)
    ask(app, "And Article 2?")
    assert "Article 2" in app.session_state["turns"][1].understood


def test_a_conversation_that_cannot_be_kept_opens_it_all_the_same(open_app: OpenApp, folder: Path) -> None:
    (folder / "conversations").write_bytes(b"")
    app = press(ask(open_app(), RULES), "Show 25 more")
    assert LAST_RULE in shown(app)


def test_a_conversation_deleted_in_another_window_is_told(open_app: OpenApp, folder: Path) -> None:
    app = ask(open_app(), RULES)
    for file in (folder / "conversations").rglob("*.sqlite"):
        file.unlink()
    press(app, "Show 25 more")
    assert "not among yours" in app.warning[0].value.replace("\\", "")
    assert LAST_RULE in shown(app)
