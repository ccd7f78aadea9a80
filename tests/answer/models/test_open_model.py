import pytest
from llama_index.core.llms import ChatMessage

from pincite.answer.models.base import count_tokens
from pincite.answer.models.open_model import chat, ollama_url, open_llm
from pincite.ingest.errors import ModelUnavailable, UnknownModel
from support.scripted_llm import ScriptedLLM

QUESTION = [ChatMessage(role="user", content="How long?")]


@pytest.mark.parametrize(
    "spec",
    ["foo", "", "ollama:", "ollama: ", "openai-like:x", "openai-like:@http://h", "openai-like:m@http://",
     "local:", "gguf: ", "extract"],
)  # fmt: skip
def test_a_malformed_spec_lists_the_forms(spec: str) -> None:
    with pytest.raises(UnknownModel, match="openai-like:MODEL@URL"):
        open_llm(spec)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("", "http://127.0.0.1:11434"),
        ("0.0.0.0", "http://127.0.0.1:11434"),  # noqa: S104  nothing is bound
        (":8080", "http://127.0.0.1:8080"),
        ("gpu-box", "http://gpu-box:11434"),
        ("gpu-box:80/", "http://gpu-box:80"),
        ("https://gpu-box", "https://gpu-box"),
        ("[::1]", "http://[::1]:11434"),
    ],
)
def test_scheme_and_port_of_ollama_host_are_optional(host: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", host)
    assert ollama_url() == url


def test_an_answer_grows_without_its_thoughts() -> None:
    llm = ScriptedLLM(replies=["<think>Is it in [1]?</think> Six months [2]."])
    assert [text for text in chat(llm, QUESTION) if text] == ["Six", "Six months", "Six months [2]."]


@pytest.mark.parametrize("reply", ["", " \n", "<think>It never comes to an"])
def test_an_empty_answer_is_an_error(reply: str) -> None:
    with pytest.raises(ModelUnavailable, match="model scripted in this process gave an empty answer"):
        list(chat(ScriptedLLM(replies=[reply]), QUESTION))


def test_tokens_of_a_server_are_estimated_cautiously() -> None:
    assert count_tokens(ScriptedLLM(replies=[""]), "word " * 3) == 5
    assert count_tokens(ScriptedLLM(replies=[""]), "Стаття") == 4
