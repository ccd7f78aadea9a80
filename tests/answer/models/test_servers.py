import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import Any

import pytest
from llama_index.core.llms import LLM, ChatMessage

from pincite.answer.models.base import LlmSettings
from pincite.answer.models.open_model import chat, open_llm
from pincite.ingest.errors import ModelUnavailable
from support.model_servers import Answer, Reply, ollama_answer, openai_answer, serving

SOON = (0.05, 0.1)
PATIENT, HASTY = LlmSettings(timeout=20, pauses=SOON), LlmSettings(timeout=0.5, pauses=SOON)
QUESTION = [ChatMessage(role="system", content="Be brief."), ChatMessage(role="user", content="How long?")]
NOBODY = "127.0.0.1:9"  # the discard port, where nothing listens


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OLLAMA_HOST", "OLLAMA_API_KEY", "PINCITE_API_KEY", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def opened(kind: str, url: str, settings: LlmSettings, monkeypatch: pytest.MonkeyPatch) -> LLM:
    monkeypatch.setenv("OLLAMA_HOST", url)
    return open_llm("ollama:m" if kind == "ollama" else f"openai-like:m@{url}/v1", settings)


def said(llm: LLM) -> str:
    return list(chat(llm, QUESTION))[-1]


def test_ollama_request_is_deterministic_and_within_the_context_window(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(ollama_answer("Six ", "months.", context=4096)) as server:
        llm = opened("ollama", server.url, LlmSettings(output=300, seed=7), monkeypatch)
        assert list(chat(llm, QUESTION)) == ["Six ", "Six months.", "Six months."]
    body = server.sent("/api/chat").body
    assert body["options"] == {"temperature": 0.0, "num_ctx": 4096, "seed": 7, "num_predict": 300}
    assert (body["model"], body["stream"], body["think"]) == ("m", True, False)
    assert [(message["role"], message["content"]) for message in body["messages"]] == [
        ("system", "Be brief."),
        ("user", "How long?"),
    ]
    assert (llm.metadata.context_window, llm.metadata.num_output) == (4096, 300)


def test_openai_like_request_is_deterministic_and_within_the_context_window(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(openai_answer("Six ", "months.", context=2048)) as server:
        llm = opened("openai-like", server.url, LlmSettings(output=300, seed=7), monkeypatch)
        assert said(llm) == "Six months."
    body = server.sent("/v1/chat/completions").body
    assert {name: body[name] for name in ("model", "temperature", "seed", "max_tokens", "stream")} == {
        "model": "m", "temperature": 0.0, "seed": 7, "max_tokens": 300, "stream": True,
    }  # fmt: skip
    assert [message["content"] for message in body["messages"]] == ["Be brief.", "How long?"]
    assert (llm.metadata.context_window, llm.metadata.num_output) == (2048, 300)


def test_without_a_list_of_models_the_settings_apply(monkeypatch: pytest.MonkeyPatch) -> None:
    talks = openai_answer("Yes.")
    with serving(lambda request: Reply([], 404) if request.path == "/v1/models" else talks(request)) as server:
        llm = opened("openai-like", server.url, LlmSettings(context=3000), monkeypatch)
        assert (said(llm), llm.metadata.context_window) == ("Yes.", 3000)


@pytest.mark.parametrize("kind", ["ollama", "openai-like"])
def test_the_key_of_another_service_is_not_sent(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OLLAMA_API_KEY"):
        monkeypatch.setenv(name, "secret")
    with serving(ollama_answer("Yes.") if kind == "ollama" else openai_answer("Yes.")) as server:
        said(opened(kind, server.url, PATIENT, monkeypatch))
        monkeypatch.setenv("PINCITE_API_KEY", "ours")
        said(opened(kind, server.url, PATIENT, monkeypatch))
    sent = [{name.lower(): value for name, value in request.headers.items()} for request in server.requests]
    assert [headers["authorization"] for headers in sent] == ["Bearer none"] * 2 + ["Bearer ours"] * 2
    assert "secret" not in str(server.requests)


def reply(*parts: bytes, **how: Any) -> Callable[..., Answer]:
    """A server that lets itself be opened and then answers so, whatever its protocol."""

    def broken(protocol: Callable[..., Answer]) -> Answer:
        sound = protocol()
        return lambda request: Reply(parts, **how) if "chat" in request.path else sound(request)

    return broken


FAULTS: dict[str, tuple[Callable[[Callable[..., Answer]], Answer], str]] = {
    "unknown model": (reply(b'{"error": "model not found"}', status=404), "check its name"),
    "refused key": (reply(b'{"error": "no key"}', status=401), "PINCITE_API_KEY"),
    "failure": (
        reply(b'{"error": "out of memory"}', status=500),
        r"was refused by its server \(500, .*out of memory.*log\.$",
    ),
    "busy": (reply(b'{"error": "loading"}', status=503), "was refused by its server \\(503"),
    "another host": (
        reply(b"", status=307, headers={"Location": f"http://{NOBODY}/"}),
        "was refused by its server .307",
    ),
    "not JSON": (reply(b"data: <html>\n\n"), "cannot be read"),
    "other JSON": (reply(b"data: [1]\n\n"), "cannot be read"),
    "not UTF-8": (reply(b"data: \xff\xfe\n\n"), "cannot be read"),
    "bad gzip": (reply(b"data: x\n\n", headers={"Content-Encoding": "gzip"}), "gave|broke|cannot"),
    "nothing": (reply(), "gave an empty answer"),
    "silent": (reply(pause=5), "was silent for too long"),
    "stalled": (lambda protocol: protocol("It ", "is ", stall=5), "was silent for too long"),
    "cut off": (lambda protocol: protocol("It ", "is ", last=False, cut=True), "closed the connection"),
    "closed early": (lambda protocol: protocol("It ", "is ", last=False), "stopped in the middle"),
    "empty": (lambda protocol: protocol(" "), "gave an empty answer"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", ["ollama", "openai-like"])
def test_a_broken_server_is_reported_in_one_sentence(kind: str, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, says = FAULTS[fault]
    with serving(broken(ollama_answer if kind == "ollama" else openai_answer)) as server:
        settings = HASTY if "silent" in says else PATIENT
        with pytest.raises(ModelUnavailable, match=says) as caught:
            said(opened(kind, server.url, settings, monkeypatch))
    assert str(caught.value).startswith(f"The model m at {server.url}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ["ollama", "openai-like"])
@pytest.mark.parametrize("url", [f"http://{NOBODY}", "http://127.0.0.1:port"])
def test_an_unreachable_server_is_reported_on_opening(kind: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelUnavailable, match=r"^The model m at http://.*(does not answer)"):
        opened(kind, url, PATIENT, monkeypatch)


def test_a_model_unknown_to_ollama_is_reported_on_opening(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        serving(lambda _: Reply([b'{"error": "model not found"}'], 404)) as server,
        pytest.raises(ModelUnavailable, match="ollama pull"),
    ):
        opened("ollama", server.url, PATIENT, monkeypatch)


@pytest.mark.parametrize("kind", ["ollama", "openai-like"])
def test_a_connection_lost_before_the_answer_is_retried(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    protocol = ollama_answer if kind == "ollama" else openai_answer
    with serving(protocol("Yes."), closes=2) as server:
        llm = opened(kind, server.url, PATIENT, monkeypatch)
        assert (said(llm), server.closed, len(server.requests)) == ("Yes.", 2, 2)
        server.closed = 0  # and again for the next answer
        assert (said(llm), server.closed, len(server.requests)) == ("Yes.", 2, 3)


@pytest.mark.parametrize("kind", ["ollama", "openai-like"])
def test_a_starting_server_is_waited_for(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    protocol = ollama_answer if kind == "ollama" else openai_answer
    with serving(protocol("Yes.")) as earlier:
        port = int(earlier.url.rpartition(":")[2])
    with ThreadPoolExecutor() as pool:
        settings = LlmSettings(timeout=20, pauses=(0.3, 0.6, 1.2, 2.4))
        answer = pool.submit(lambda: said(opened(kind, earlier.url, settings, monkeypatch)))
        sleep(0.2)
        with serving(protocol("Yes."), port=port):
            assert answer.result() == "Yes."


@pytest.mark.parametrize("kind", ["ollama", "openai-like"])
def test_a_connection_lost_each_time_is_reported_after_the_last_retry(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    protocol = ollama_answer if kind == "ollama" else openai_answer
    with serving(protocol("Yes.")) as server:
        llm = opened(kind, server.url, PATIENT, monkeypatch)
    with serving(protocol("Yes."), closes=99, port=int(server.url.rpartition(":")[2])) as closing:
        with pytest.raises(ModelUnavailable, match=r"closed the connection|does not answer"):
            said(llm)
        assert closing.closed == 1 + len(SOON)


@pytest.mark.parametrize("fault", ["failure", "busy", "silent", "stalled", "cut off", "closed early", "empty"])
@pytest.mark.parametrize("kind", ["ollama", "openai-like"])
def test_neither_started_answers_nor_timeouts_are_retried(
    kind: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, says = FAULTS[fault]
    with serving(broken(ollama_answer if kind == "ollama" else openai_answer)) as server:
        with pytest.raises(ModelUnavailable, match=says):
            said(opened(kind, server.url, HASTY if "silent" in says else PATIENT, monkeypatch))
        assert sum("chat" in request.path for request in server.requests) == 1


class Watch:
    """Notes each address that this process connects to or looks up, while it is on."""

    def __init__(self) -> None:
        self.on = False
        self.hosts: set[str] = set()
        sys.addaudithook(self.hear)  # it can never be taken away, only switched off

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.on and event == "socket.connect":
            self.hosts.add(str(arguments[1][0]))
        if self.on and event == "socket.getaddrinfo":
            self.hosts.add(str(arguments[0]))


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    watch = Watch()
    yield watch
    watch.on = False


@pytest.mark.parametrize("kind", ["ollama", "openai-like"])
def test_requests_go_to_the_given_address_only(kind: str, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        serving(lambda _: Reply([], 500)) as proxy,
        serving(ollama_answer("Yes.") if kind == "ollama" else openai_answer("Yes.")) as server,
    ):
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        watch.on = True
        assert said(opened(kind, server.url, PATIENT, monkeypatch)) == "Yes."
        watch.on = False
    assert (watch.hosts, proxy.requests, len(server.requests)) == ({"127.0.0.1"}, [], 2)


@pytest.mark.parametrize("kind", ["ollama", "openai-like"])
def test_redirects_are_not_followed(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(ollama_answer("Yes.")) as elsewhere:
        away = reply(b"", status=307, headers={"Location": f"{elsewhere.url}/api/chat"})
        with serving(away(ollama_answer if kind == "ollama" else openai_answer)) as server:
            llm = opened(kind, server.url, PATIENT, monkeypatch)
            with pytest.raises(ModelUnavailable):
                said(llm)
    assert elsewhere.requests == []


@pytest.mark.parametrize("kind", ["ollama", "openai-like"])
def test_an_abandoned_answer_closes_the_connection(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    protocol = ollama_answer if kind == "ollama" else openai_answer
    with serving(protocol(*["word "] * 500, stall=0.02)) as server:
        answer = chat(opened(kind, server.url, PATIENT, monkeypatch), QUESTION)
        assert next(answer) == "word "
        answer.close()
        assert server.left.wait(5)


@pytest.mark.parametrize("model", ["gpt-oss:120b-cloud", "qwen3-coder:cloud"])
def test_a_cloud_model_of_ollama_is_refused(model: str) -> None:
    with pytest.raises(ModelUnavailable, match=r"runs at ollama\.com, not on this machine"):
        open_llm(f"ollama:{model}")
