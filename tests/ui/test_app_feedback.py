"""Thumbs under answers as Streamlit runs them: what is stored, when, and what the reader is told."""

import html
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pincite.answer.feedback import FILE, read_feedback
from pincite.answer.schema import answer_record
from pincite.ingest.pipeline import ingest

ROOT = Path(__file__).parents[2]
QUESTION = "What is the quota for cod?"
OUTSIDE = "What does the HUDERIA methodology say about hospitals?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cod.md").write_text("# Cod\n\nThe quota for cod is 40 tonnes in 2025.\n", encoding="utf-8")
    ingest([tmp_path], tmp_path / "<i>index</i>")
    return tmp_path / "<i>index</i>"


@pytest.fixture
def app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setattr(sys, "argv", ["app.py", "--index", str(folder)])
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    st.cache_resource.clear()


def ask(app: AppTest, question: str) -> None:
    app.chat_input[0].set_value(question).run()
    assert not app.exception


def judge(app: AppTest, turn: int, thumb: int | None) -> None:
    app.feedback[turn].set_value(thumb).run()
    assert not app.exception


def comment(app: AppTest, label: str, text: str) -> None:
    next(field for field in app.text_input if field.label.startswith(label)).set_value(text).run()
    assert not app.exception


def page(app: AppTest) -> str:
    return "\n".join(element.body for element in app.html)


def test_a_thumb_is_stored_at_once_and_a_comment_after_it(app: AppTest, folder: Path) -> None:
    ask(app, QUESTION)
    assert not (folder / FILE).exists()
    judge(app, 0, 0)
    (judged,) = read_feedback(folder / FILE)
    assert (judged.helpful, judged.comment) == (False, "")
    assert judged.answer == answer_record(app.session_state["turns"][0].answer)
    assert html.escape(f"Thank you. Stored on this machine only, in {folder / FILE}.") in page(app)
    comment(app, "What was wrong?", " It is <b>55</b> tonnes. ")
    (judged,) = read_feedback(folder / FILE)
    assert (judged.helpful, judged.comment) == (False, "It is <b>55</b> tonnes.")
    assert "Stored with your comment on this machine only" in page(app)
    assert "<b>55</b>" not in page(app)
    assert "<i>" not in page(app)


def test_each_turn_keeps_its_judgement_and_nothing_is_stored_twice(app: AppTest, folder: Path) -> None:
    ask(app, QUESTION)
    judge(app, 0, 1)
    comment(app, "Anything to add?", "clear")
    ask(app, OUTSIDE)
    judge(app, 1, 0)
    app.run()
    assert [thumb.value for thumb in app.feedback] == [1, 0]
    judged = read_feedback(folder / FILE)
    assert [(feedback.helpful, feedback.comment) for feedback in judged] == [(True, "clear"), (False, "")]
    assert [feedback.answer["abstained"] for feedback in judged] == [False, True]


def test_a_judgement_is_changed_but_not_taken_back(app: AppTest, folder: Path) -> None:
    ask(app, QUESTION)
    judge(app, 0, 0)
    comment(app, "What was wrong?", "55 tonnes")
    judge(app, 0, None)
    assert app.feedback[0].value == 0
    assert read_feedback(folder / FILE)[0].comment == "55 tonnes"
    judge(app, 0, 1)
    (judged,) = read_feedback(folder / FILE)
    assert (judged.helpful, judged.comment) == (True, "")


def test_a_new_conversation_begins_without_thumbs(app: AppTest) -> None:
    ask(app, QUESTION)
    judge(app, 0, 0)
    next(button for button in app.button if button.label == "New conversation").click().run()
    assert not app.feedback
    ask(app, OUTSIDE)
    assert app.feedback[0].value is None
    assert "Thank you" not in page(app)


def test_a_question_that_failed_cannot_be_judged(app: AppTest) -> None:
    ask(app, "…")
    assert app.error
    assert not app.feedback


def test_what_cannot_be_stored_gives_a_sentence_and_is_tried_again(app: AppTest, folder: Path) -> None:
    ask(app, QUESTION)
    (folder / FILE).mkdir()
    judge(app, 0, 0)
    assert "cannot be read or written" in app.error[0].value
    assert "Thank you" not in page(app)
    (folder / FILE).rmdir()
    app.run()
    assert not app.error
    assert not read_feedback(folder / FILE)[0].helpful


def test_a_judgement_is_shown_again_after_a_visit_elsewhere(app: AppTest, folder: Path) -> None:
    ask(app, QUESTION)
    judge(app, 0, 0)
    comment(app, "What was wrong?", "55 tonnes")
    turns = app.session_state["turns"]
    app.session_state["turns"] = []
    assert not app.run().feedback
    app.session_state["turns"] = turns
    assert app.run().feedback[0].value == 0
    assert "55 tonnes" in [field.value for field in app.text_input]
    assert read_feedback(folder / FILE)[0].comment == "55 tonnes"
