"""The Briefing page as Streamlit runs it, without a browser: questions understood, answered, gone on with, refused."""

from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pincite.ingest.pipeline import ingest
from support.paged import finished, opened, press, shown, written

QUESTIONS = "# Fish\n\n- What is the quota for cod?\n- What is the quota for tuna?\n\n# Space\n\n- Who owns the moon?\n"


def briefing(folder: "Path") -> None:
    from pincite.ui.pages.briefing import briefing_page  # noqa: PLC0415  see opened

    briefing_page(folder, None)


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fish = {
        name: f"# {name.title()}\n\nThe quota for {name} is {n} tonnes in 2025.\n"
        for n, name in ((4, "cod"), (7, "tuna"))
    }
    ingest([written(tmp_path, **fish)], tmp_path / "index")
    return tmp_path / "index"


def given(app: AppTest, text: str) -> AppTest:
    return app.text_area[0].set_value(text).run()


def answered(app: AppTest) -> AppTest:
    app.button("answer-them").click().run()
    return finished(app, "briefing-job")


def test_questions_are_previewed_and_answered_into_documents(folder: Path) -> None:
    app = given(opened(briefing, folder), QUESTIONS)
    assert list(app.dataframe[0].value["Section"]) == ["Fish", "Fish", "Space"]
    answered(app)
    assert not app.error
    table = app.dataframe[1].value
    assert list(table["Outcome"]) == ["answered", "answered", "not in the corpus"]
    assert "4 tonnes" in table["Answer"][0]
    assert "Supported" not in shown(app)
    assert "<mark>The quota for cod is 4 tonnes in 2025.</mark>" in shown(app)
    files = next((folder / "briefings").iterdir())
    assert "4 tonnes" in "\n".join(one.text for one in docx.Document(str(files / "briefing.docx")).paragraphs)
    assert openpyxl.load_workbook(files / "briefing.xlsx").sheetnames[0] == "Answers"
    assert "7 tonnes" in (files / "briefing.md").read_text(encoding="utf-8")


def test_another_answer_is_read_with_what_comes_nearest(folder: Path) -> None:
    app = answered(given(opened(briefing, folder), QUESTIONS))
    app.selectbox("answer-read").set_value("q3").run()
    assert "not in the corpus" in shown(app)


def test_same_list_keeps_its_answers(folder: Path) -> None:
    answered(given(opened(briefing, folder), QUESTIONS))
    journal = next((folder / "briefings").glob("*/*.journal.sqlite"))
    before = journal.read_bytes()
    app = given(opened(briefing, folder), QUESTIONS)
    assert app.button("answer-them").label == "Answer the remaining questions"
    answered(app)
    assert journal.read_bytes() == before


def test_uploaded_table_is_read_and_another_file_refused(folder: Path) -> None:
    app = opened(briefing, folder)
    app.file_uploader[0].set_value(("q.csv", b"question,kind\nWho?,\nWhat is it?,novel\n", "text/csv")).run()
    assert list(app.dataframe[0].value["Question"]) == ["Who?"]
    assert "novel" in app.warning[0].value
    app.file_uploader[0].set_value(("q.txt", b"\n", "text/plain")).run()
    assert "contains no question" in app.error[0].value


def test_without_a_library_a_sentence_says_so(tmp_path: Path) -> None:
    app = opened(briefing, tmp_path / "none")
    assert "There is no library yet" in app.markdown[-1].value
    with pytest.raises(StopIteration):
        press(app, "Answer the questions")
