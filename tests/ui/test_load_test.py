"""The measurement of the app: sessions over its websocket see what a reader sees, and what is wrong counts."""

import asyncio
import sys
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pincite.ui.dev.app_server import serve_app
from pincite.ui.dev.app_session import DrawnPage, app_session
from pincite.ui.dev.load_test import (
    ROOT,
    ExpectedAnswer,
    TimedQuestion,
    TimedVisit,
    conversation,
    conversations,
    problem_in,
    report,
    visit_at_once,
)


def test_answers_of_sessions_at_once_are_those_of_the_library(sample_folder: Path, tmp_path: Path) -> None:
    talks = conversations(sample_folder, 2, 2, own=False)
    assert [one.text for one in talks[0]] == [one.text for one in reversed(talks[1])]
    wrong = ExpectedAnswer(talks[0][0].text, ("words that no document has",))
    with serve_app(sample_folder, tmp_path / "log", "--conversations", str(tmp_path / "conversations")) as server:
        visits = asyncio.run(visit_at_once(server.port, [*talks, [wrong]], 0.0))
    assert [[one.problem for one in visit.asked] for visit in visits] == [
        ["", ""], ["", ""], ["not shown: words that no document has"]
    ]  # fmt: skip
    assert all(visit.paint > 0 for visit in visits)


def test_the_page_is_drawn_once_for_a_question_of_a_conversation(sample_folder: Path, tmp_path: Path) -> None:
    async def runs(port: int) -> list[int]:
        async with app_session(port) as session:
            return [(await session.run(question)).runs for question in (None, "What is GPU-hour pooling?", "And why?")]

    with serve_app(sample_folder, tmp_path / "log", "--conversations", str(tmp_path / "conversations")) as server:
        assert asyncio.run(runs(server.port)) == [1, 2, 1]  # the first also brings the list of conversations


@pytest.mark.parametrize(
    ("drawn", "problem"),
    [
        (DrawnPage(["<p>a &lt; b?</p>", "<p>Forty.</p>"]), ""),
        (DrawnPage(["<p>Forty.</p>", "<p>a &lt; b?</p>"]), "not shown: Forty."),
        (DrawnPage(["<p>Forty.</p>"]), "not shown: Forty."),
        (DrawnPage(["<p>a &lt; b?</p>", "<p>Forty.</p>"], ["ValueError: x"]), "ValueError: x"),
    ],
)
def test_what_is_wrong_with_a_page_is_told(drawn: DrawnPage, problem: str) -> None:
    assert problem_in(drawn, ExpectedAnswer("a < b?", ("Forty.",))) == problem


def test_follow_ups_are_expected_as_they_are_understood() -> None:
    talk = conversation(["What share of the time is kept for public bodies?", "And in 2025?"], lambda whole: (whole,))
    assert talk[1] == ExpectedAnswer("And in 2025?", ("What share of the time is kept for public bodies in 2025?",))


@pytest.mark.parametrize(
    ("asked", "held"), [(TimedQuestion(0.5), True), (TimedQuestion(2.5), False), (TimedQuestion(0.5, "broken"), False)]
)
def test_bar_is_held_by_quick_answers_without_error(asked: TimedQuestion, held: bool) -> None:  # noqa: FBT001  a case
    visit = TimedVisit(0.4, (asked,) * 10)
    lines, found = report(visit, [visit, visit], 4.0, 2.0)
    assert found == held
    assert "2 sessions at once, 20 questions, 5.0 answers a second, 0.100 s of processor time each" in lines


def test_pages_leave_garbage_to_python(sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    st.config.set_option("runner.postScriptGC", True)  # noqa: FBT003  the option's value
    monkeypatch.setattr(sys, "argv", ["app.py", "--index", str(sample_folder)])
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    assert not app.exception
    assert app.chat_input
    assert st.get_option("runner.postScriptGC") is False
    st.cache_resource.clear()
