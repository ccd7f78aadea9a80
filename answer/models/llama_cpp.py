"""Runs GGUF models in this process through LlamaIndex's `LlamaCPP` (extra `llama-cpp`).

Unlike `LlamaCPP`, it applies the model's own chat template and answers one caller at a time.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from llama_index.core.base.llms.types import ChatMessage, CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms import LLM
from llama_index.core.llms.callbacks import llm_completion_callback
from llama_index.llms.llama_cpp import LlamaCPP
from pydantic import PrivateAttr

from pincite.answer.models.base import check_room
from pincite.answer.models.gguf import read_header
from pincite.ingest.errors import ModelUnavailable

if TYPE_CHECKING:
    from pincite.answer.models.base import LlmSettings

FAILURES = (RuntimeError, ValueError, LookupError, TypeError, OSError, MemoryError, AssertionError)
TEMPLATE = "tokenizer.chat_template"


def open_gguf(path: Path, settings: "LlmSettings") -> LLM:
    """Open the model of a GGUF file. Raises ModelUnavailable if the file is broken or llama.cpp cannot load it."""
    window = min(settings.context, read_header(path).context or settings.context)
    try:
        model = LlamaCppLLM(
            model_path=str(path),
            temperature=settings.temperature,
            max_new_tokens=settings.output,
            context_window=window,
            model_kwargs={"seed": settings.seed},
            verbose=False,
        )
    except FAILURES as error:
        raise ModelUnavailable(f"llama.cpp cannot load {path} ({one_line(error)}): give another .gguf file.") from error
    model.messages_to_prompt = model.chat_prompt
    model.completion_to_prompt = model.user_turn
    return model


class LlamaCppLLM(LlamaCPP):  # type: ignore[misc]  # LlamaIndex's classes are not typed
    """A model that llama.cpp runs in this process."""

    _turn: Lock = PrivateAttr(default_factory=Lock)  # llama.cpp keeps the state of one answer

    @property
    def metadata(self) -> LLMMetadata:
        """LlamaIndex's description of the model."""
        known: LLMMetadata = super().metadata
        return known.model_copy(update={"model_name": Path(self.model_path).name})

    def count_tokens(self, text: str) -> int:
        """Number of tokens of a text."""
        return len(self._model.tokenize(text.encode(), add_bos=False, special=True))

    def chat_prompt(self, messages: Sequence[ChatMessage]) -> str:
        """Messages in the model's chat template. Raises ModelUnavailable if it has none."""
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter  # noqa: PLC0415  only with the extra

        template = self._model.metadata.get(TEMPLATE)
        if not template:
            raise ModelUnavailable(f"The model {self.metadata.model_name} cannot chat: its file has no chat template.")
        ends = [
            self._model._model.token_get_text(token) for token in (self._model.token_eos(), self._model.token_bos())
        ]
        formatter = Jinja2ChatFormatter(template, *ends)
        history = [{"role": message.role.value, "content": message.content or ""} for message in messages]
        return str(formatter(messages=history).prompt)

    def user_turn(self, prompt: str) -> str:
        """A prompt as a user's turn in the chat template."""
        return self.chat_prompt([ChatMessage(content=prompt)])

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: ARG002, FBT001, FBT002  LlamaIndex's signature
        """The complete output; `formatted`: the prompt is in the chat template already."""
        return CompletionResponse(text="".join(self.pieces(prompt if formatted else self.user_turn(prompt))))

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:  # noqa: ARG002, FBT001, FBT002  LlamaIndex's signature
        """The output as it is generated."""
        return cumulative(self.pieces(prompt if formatted else self.user_turn(prompt)))

    def pieces(self, prompt: str) -> Iterator[str]:
        """The output piece by piece. Raises ModelUnavailable if the prompt is too long or the model fails."""
        check_room(self, prompt)
        try:
            with self._turn:
                for part in self._model(prompt=prompt, stream=True, **self.generate_kwargs):
                    yield part["choices"][0]["text"]
        except FAILURES as error:
            raise ModelUnavailable(f"The model {self.metadata.model_name} failed: {one_line(error)}.") from error


def cumulative(pieces: Iterator[str]) -> CompletionResponseGen:
    """The text so far and the latest piece, for each piece."""
    text = ""
    for piece in pieces:
        text += piece
        yield CompletionResponse(text=text, delta=piece)


def one_line(error: BaseException) -> str:
    """The message of an error on one line."""
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
