"""The app as Streamlit runs it, without a browser: what is asked, shown, opened and refused."""

import html
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import Index
from pincite.ingest.pipeline import ingest, remove
from pincite.ui.allowed_models import check_allowed
from pincite.ui.conversation.examples import example_questions
from pincite.ui.engine import open_engine
from pincite.ui.statement_html import statement_html
from support.model_servers import openai_answer, serving

ROOT = Path(__file__).parents[2]
FOUNDED = "When and where was the Meridian Forum founded?"
QUESTION = "How many accelerators were installed at Kigali, Montevideo and Hanoi on 30 June 2025?"
OUTSIDE = "What does the HUDERIA methodology say about hospitals?"

OpenApp = Callable[[Path], AppTest]


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenApp]:
    def opened(folder: Path) -> AppTest:
        monkeypatch.setattr(sys, "argv", ["app.py", "--index", str(folder)])
        return AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()

    yield opened
    st.cache_resource.clear()


@pytest.fixture
def app(open_app: OpenApp, sample_folder: Path) -> AppTest:
    return open_app(sample_folder)


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    (tmp_path / "cod.md").write_text("# Cod\n\nThe quota for cod is 40 tonnes in 2025.\n", encoding="utf-8")
    ingest_elsewhere(tmp_path, tmp_path / "index")
    return tmp_path


def ask(app: AppTest, question: str) -> AppTest:
    app.chat_input[0].set_value(question).run()
    assert not app.exception
    return app


def page(app: AppTest) -> str:
    return "\n".join(element.body for element in app.html)


def shown(app: AppTest) -> str:
    return html.unescape(page(app))


def marked(app: AppTest) -> list[str]:
    return [html.unescape(found) for found in re.findall(r"<mark>(.*?)</mark>", page(app), re.S)]


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def test_a_follow_up_is_made_whole_and_shown_so(app: AppTest) -> None:
    ask(app, QUESTION)
    assert "Understood as:" not in page(app)
    ask(app, "And at Windhoek?")
    assert re.search(r"Understood as: .*Windhoek.*accelerators", page(app))


def test_answer_has_statements_citations_and_support(app: AppTest) -> None:
    ask(app, QUESTION)
    turn = app.session_state["turns"][0]
    assert turn.answer.statements
    assert all(statement_html(statement.text) in page(app) for statement in turn.answer.statements)
    assert "<td>Kigali</td><td>1,150</td>" in page(app)
    labels = [button.label for button in app.button]
    assert all(f"[{citation.number}]" in labels for citation in turn.answer.citations)
    assert "Supported" not in shown(app)
    assert turn.answer.citations[0].reference() in shown(app)
    assert "12 of 12 documents were searched" in shown(app)


def test_click_marks_exactly_the_quote(app: AppTest) -> None:
    ask(app, QUESTION)
    assert marked(app) == []
    for citation in app.session_state["turns"][0].answer.citations:
        press(app, f"[{citation.number}]")
        assert marked(app) == [citation.quote]
        assert citation.reference() in shown(app)
    press(app, "Close")
    assert marked(app) == []


def test_abstention_says_why_and_opens_what_comes_nearest(app: AppTest) -> None:
    ask(app, OUTSIDE)
    answer = app.session_state["turns"][0].answer
    assert answer.abstained
    assert answer.reason in shown(app)
    press(app, "Open passage 1")
    assert marked(app) == [answer.evidence[0].passage.text]


def test_conversation_is_kept_and_begun_anew(app: AppTest) -> None:
    ask(ask(app, QUESTION), OUTSIDE)
    assert shown(app).index(QUESTION) < shown(app).index(OUTSIDE)
    press(app, "New conversation")
    assert QUESTION not in shown(app)


def test_example_is_asked(app: AppTest) -> None:
    example = app.button("example-1")
    example.click().run()
    assert len(app.session_state["turns"]) == 1
    assert not app.error


def test_examples_are_of_different_kinds(sample: Index) -> None:
    assert example_questions(sample.entries) == [
        "What does “Teachers, not servers: the case for South-South skills first” say?",
        "What does MF/RES/3/2 decide on “Amendments to resolution MF/RES/2/4 on the pooled computing facility”?",
        "What does MF/OBS/2025/2 find on “South-South cooperation in artificial intelligence: what two years "
        "delivered”?",
    ]
    assert example_questions([]) == []


@pytest.mark.parametrize(
    ("spec", "said"),
    [("gpt", "is not a model"), ("gguf:nowhere", "There is no model at nowhere"), ("ollama:", "is not a model")],
)
def test_model_that_cannot_be_used_gives_a_sentence(app: AppTest, spec: str, said: str) -> None:
    app.text_input("model").set_value(spec).run()
    ask(app, QUESTION)
    assert said in app.error[0].value.replace("\\", "")
    assert app.session_state["turns"][0].answer is None


def test_draft_of_a_model_is_checked(open_app: OpenApp, own_folder: Path) -> None:
    app = open_app(own_folder / "index")
    with serving(
        openai_answer(
            "The quota for cod is 40 tonnes in 2025 [1]. ",
            "Cod has a quota of 40 tonnes [1]. ",
            "It was 90 tonnes in 2020 [1].",
        )
    ) as server:
        app.text_input("model").set_value(f"openai-like:m@{server.url}/v1").run()
        ask(app, "What is the quota for cod?")
    assert f"Written by openai-like:m@{server.url}/v1" in shown(app)
    assert app.expander[0].label == "Withheld because the documents do not support them: 1"
    assert "It was 90 tonnes in 2020." in html.unescape(app.expander[0].html[0].body)
    press(app, "[1]")
    assert marked(app) == ["The quota for cod is 40 tonnes in 2025."]


def test_model_that_breaks_off_gives_a_sentence(app: AppTest) -> None:
    with serving(openai_answer("The", last=False)) as server:
        app.text_input("model").set_value(f"openai-like:m@{server.url}/v1").run()
        ask(app, FOUNDED)
    assert "stopped in the middle" in app.error[0].value
    app.text_input("model").set_value("extract").run()
    assert ask(app, FOUNDED).session_state["turns"][1].answer.statements


def test_server_elsewhere_is_refused_unless_listed(app: AppTest) -> None:
    app.text_input("model").set_value("openai-like:qwen3@http://models.example:8000/v1").run()
    assert "may not ask" in app.error[0].value.replace("\\", "")


def test_listed_server_elsewhere_is_pointed_out(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = "openai-like:qwen3@http://models.example:8000/v1"
    monkeypatch.setattr("sys.argv", [*sys.argv, "--allow-llm", spec])
    app.text_input("model").set_value(spec).run()
    assert "will be sent to models.example" in app.warning[0].value.replace("\\", "")
    app.text_input("model").set_value("openai-like:qwen3@http://127.0.0.1:8000/v1").run()
    assert not app.warning


def test_filters_narrow(app: AppTest) -> None:
    app.multiselect("kind").select("report").run()
    app.text_input("after").set_value("2025-06").run()
    ask(app, QUESTION)
    answer = app.session_state["turns"][0].answer
    assert {evidence.passage.document.split("/")[0] for evidence in answer.evidence} == {"reports"}
    assert "2 of 12 documents were searched (report; from 2025-06)" in shown(app)


def test_filter_on_a_document_takes_its_name_as_it_is(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "a[1].md").write_text("# Cod\n\nThe quota for cod is 40 tonnes.\n", encoding="utf-8")
    ingest([tmp_path], tmp_path / "index")
    app = open_app(tmp_path / "index")
    app.multiselect("document").select("a[1].md").run()
    assert "1 of 1 documents will be searched." in [caption.value for caption in app.caption]


def test_documents_of_one_title_are_told_apart(open_app: OpenApp, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(f"# Cod\n\nThe quota of {name} is 40 tonnes.\n", encoding="utf-8")
    ingest([tmp_path], tmp_path / "index")
    app = open_app(tmp_path / "index")
    assert app.multiselect("document").options == ["Cod (a.md)", "Cod (b.md)"]
    app.multiselect("document").select("Cod (b.md)").run()
    answer = ask(app, "What is the quota?").session_state["turns"][0].answer
    assert {evidence.passage.document for evidence in answer.evidence} == {"b.md"}


@pytest.mark.parametrize("question", ["…", "cod " * 1000])
def test_bad_question_gives_a_sentence(app: AppTest, question: str) -> None:
    assert ask(app, question).error[0].value.startswith("The question")


def test_bad_date_gives_a_sentence(app: AppTest) -> None:
    app.text_input("before").set_value("last year").run()
    assert "last year is not a date" in app.error[0].value
    ask(app, QUESTION)
    assert len(app.error) == 2


def test_no_index_says_what_to_run(open_app: OpenApp, tmp_path: Path) -> None:
    app = open_app(tmp_path / "my index")
    assert not app.exception
    assert app.code[0].value == f"pincite ingest PATH --index '{tmp_path / 'my index'}'"
    (tmp_path / "cod.md").write_text("The quota for cod is 40 tonnes.\n", encoding="utf-8")
    ingest([tmp_path / "cod.md"], tmp_path / "my index")
    press(app, "Look again")
    assert ask(app, "What is the quota for cod?").session_state["turns"][0].answer.statements


def test_foreign_index_gives_a_sentence(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_bytes(b"not a database, but longer than a header" * 10)
    app = open_app(tmp_path)
    assert not app.exception
    assert "file is not a database" in app.error[0].value


def test_index_changed_by_another_process_is_opened_anew(open_app: OpenApp, own_folder: Path) -> None:
    app = ask(open_app(own_folder / "index"), "What is the quota for cod?")
    (own_folder / "tuna.md").write_text("# Tuna\n\nThe quota for tuna is 7 tonnes in 2025.\n", encoding="utf-8")
    ingest_elsewhere(own_folder, own_folder / "index")
    found = ask(app, "What is the quota for tuna?").session_state["turns"][1].answer.evidence[0]
    assert found.passage.document == "tuna.md"
    engine = open_engine(own_folder / "index", None)
    assert engine.index
    assert engine.embedder
    assert len(engine.index.vectors.search(engine.embedder.embed(["tuna"])[0], 9)) == 2


def test_index_made_anew_is_opened_anew(open_app: OpenApp, own_folder: Path) -> None:
    app = ask(open_app(own_folder / "index"), "What is the quota for cod?")
    shutil.rmtree(own_folder / "index")
    (own_folder / "cod.md").write_text("# Cod\n\nThe quota for cod is 55 tonnes in 2026.\n", encoding="utf-8")
    ingest_elsewhere(own_folder, own_folder / "index")
    assert "55 tonnes" in ask(app, "What is the quota for cod?").session_state["turns"][1].answer.text


def test_documents_open_while_a_question_is_answered(sample_folder: Path) -> None:
    engine = open_engine(sample_folder, None)
    with engine.asking:
        assert len(engine.entries()) == 12
        assert engine.document("articles/one-table-or-many.md").text


def test_quote_of_a_changed_or_removed_document_is_not_marked(open_app: OpenApp, own_folder: Path) -> None:
    app = ask(open_app(own_folder / "index"), "What is the quota for cod?")
    (own_folder / "cod.md").write_text("# Cod\n\nIn 2026 there is no quota.\n", encoding="utf-8")
    ingest([own_folder], own_folder / "index")
    press(app, "[1]")
    assert "The document has changed since" in shown(app)
    remove("cod.md", own_folder / "index")
    ingest([ROOT / "corpus" / "articles" / "one-table-or-many.md"], own_folder / "index")
    app.run()
    assert "no longer in the library" in shown(app)
    assert marked(app) == []


def ingest_elsewhere(path: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "pincite.cli.main", "ingest", str(path), "--index", str(folder)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)


def test_settings_keep_the_app_on_this_machine() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "127.0.0.1"


@pytest.mark.parametrize(
    "address",
    ["http://models.example/v1", "http://127.0.0.1@models.example/v1", "http://127.0.0.1.models.example/v1",
     "http://127.0.0.1\\@models.example/", "http://169.254.169.254/", "http://0.0.0.0:80/", "HTTP://models.example"],
)  # fmt: skip
def test_an_address_elsewhere_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="may not ask"):
        check_allowed(f"openai-like:m@{address}", ["openai-like:other@http://models.example/v1"])


@pytest.mark.parametrize("spec", ["extract", "ollama:qwen3", "openai-like:m@http://[::1]:8000/v1", "local:smollm2"])
def test_a_local_model_is_allowed(spec: str) -> None:
    check_allowed(spec, [])
