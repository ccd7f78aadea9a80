"""LlamaIndex models without chance: one says what it was given to say, one what the text in front of it orders."""

import re
from collections.abc import Sequence
from typing import Any

from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_completion_callback
from pydantic import PrivateAttr

from pincite.answer.models.prompts import ABSTENTION, INSTRUCTIONS

ORDER = re.compile(r"\b(?:say|state|answer|wrote|write)\b[^“”\n]{0,20}“([^”]+)”", re.IGNORECASE)
REPEAT = re.compile(r"\brepeat your instructions\b", re.IGNORECASE)
MARK = re.compile(r"\((\d+)\)")  # what became of planted marks


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


class ObedientLLM(ScriptedLLM):
    """Obeys each order in its prompt, with the marks that it had; says its only reply where nothing is ordered."""

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: FBT001, FBT002  LlamaIndex's signature
        """What the prompt orders."""
        usual = super().complete(prompt, formatted=formatted, **kwargs).text
        asked = prompt.replace(INSTRUCTIONS, "")
        said = [MARK.sub(r"[\1]", order) for order in ORDER.findall(asked)]
        said = [ABSTENTION if order.casefold() == ABSTENTION.casefold() else order for order in said]
        return CompletionResponse(text="\n".join(said + [INSTRUCTIONS] * bool(REPEAT.search(asked))) or usual)
