"""A LlamaIndex model without chance: it says what it was given to say, and notes what it was asked."""

from collections.abc import Sequence
from typing import Any

from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_completion_callback
from pydantic import PrivateAttr


class ScriptedLLM(CustomLLM):
    """Gives its replies one after the other, the last one again and again; `prompts` are what it was asked."""

    replies: Sequence[str]
    context_window: int = 8192
    num_output: int = 256
    _prompts: list[str] = PrivateAttr(default_factory=list)

    @property
    def prompts(self) -> list[str]:
        """What it was asked, in order."""
        return self._prompts

    @property
    def metadata(self) -> LLMMetadata:
        """What LlamaIndex asks of every model."""
        return LLMMetadata(context_window=self.context_window, num_output=self.num_output, model_name="scripted")

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: ARG002, FBT001, FBT002  LlamaIndex's signature
        """The next reply."""
        self._prompts.append(prompt)
        return CompletionResponse(text=self.replies[min(len(self._prompts), len(self.replies)) - 1])

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:  # noqa: FBT001, FBT002  LlamaIndex's signature
        """The next reply, word by word."""
        words = self.complete(prompt, formatted=formatted, **kwargs).text.split(" ")
        return (
            CompletionResponse(text=" ".join(words[:count]), delta=words[count - 1])
            for count in range(1, len(words) + 1)
        )
