"""A LlamaIndex `LLM` over OpenVINO GenAI, in this process.

LlamaIndex's own class for it (llama-index-llms-openvino-genai 0.4.0) fails on streaming: its streamer uses a name that
is not defined. This one streams through OpenVINO GenAI's callback and applies the model's own chat template.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any

from llama_index.core.base.llms.types import ChatMessage, CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_completion_callback
from pydantic import PrivateAttr

from pincite.answer.models.base import check_room
from pincite.answer.models.gguf import read_header
from pincite.answer.models.gguf_requantize import unrounded
from pincite.ingest.embedding import openvino_runtime
from pincite.ingest.errors import ModelUnavailable

# What C++ raises comes out as one of these.
FAILURES = (RuntimeError, ValueError, LookupError, TypeError, OverflowError, MemoryError, ImportError)
Pieces = SimpleQueue[str | Exception | None]  # of an answer; None is its end


class OpenVinoLLM(CustomLLM):
    """A model that runs in this process; greedy, so that the same prompt gives the same text."""

    model_name: str
    context_window: int
    output: int
    _pipeline: Any = PrivateAttr()
    _tokenizer: Any = PrivateAttr()
    _turn: Lock = PrivateAttr(default_factory=Lock)  # the pipeline refuses a second prompt while it is at work

    @classmethod
    def open(cls, path: Path, context_window: int, output: int) -> "OpenVinoLLM":
        """The model of an OpenVINO folder or a GGUF file. Raises ModelUnavailable when it cannot be loaded.

        `context_window` is how many tokens it reads at most; a model that reads fewer keeps its own number.
        """
        window = min(context_window, window_of(path) or context_window)
        model = cls(model_name=path.name, context_window=window, output=output)
        try:
            with unrounded(path) as file:
                model._pipeline = openvino_runtime.load("openvino_genai").LLMPipeline(str(file), "CPU")
        except FAILURES as error:
            raise ModelUnavailable(
                f"OpenVINO GenAI cannot load {path} ({last_line(error)}): "
                "give the folder of an OpenVINO model or a .gguf file."
            ) from error
        model._tokenizer = model._pipeline.get_tokenizer()
        model.messages_to_prompt = model.chat_prompt
        model.completion_to_prompt = model.turn  # LlamaIndex's engines call a prompt formatted that went through this
        return model

    @property
    def metadata(self) -> LLMMetadata:
        """What LlamaIndex asks of every model."""
        return LLMMetadata(context_window=self.context_window, num_output=self.output, model_name=self.model_name)

    def count_tokens(self, text: str) -> int:
        """Length of a text in the model's own tokens; one that is longer than it can read counts as the most it can."""
        return int(self._tokenizer.encode(text).input_ids.shape[1])

    def chat_prompt(self, messages: Sequence[ChatMessage]) -> str:
        """Messages in the model's own chat template. Raises ModelUnavailable for a model that has none."""
        history = [{"role": message.role.value, "content": message.content or ""} for message in messages]
        try:
            return str(self._tokenizer.apply_chat_template(history, add_generation_prompt=True))
        except FAILURES as error:
            raise ModelUnavailable(f"The model {self.model_name} cannot chat ({last_line(error)}).") from error

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: ARG002, FBT001, FBT002  LlamaIndex's signature
        """The model's whole text for a prompt; `formatted` says that it stands in the chat template already."""
        return CompletionResponse(text=self.generate(self.formatted(prompt, done=formatted)))

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:  # noqa: ARG002, FBT001, FBT002  LlamaIndex's signature
        """The model's text as it comes; the model stops when nobody takes it any more."""
        return self.pieces_of(self.formatted(prompt, done=formatted))

    def formatted(self, prompt: str, *, done: bool) -> str:
        """A prompt in the chat template."""
        return prompt if done else self.turn(prompt)

    def turn(self, prompt: str) -> str:
        """A prompt as a user's turn in the chat template."""
        return self.chat_prompt([ChatMessage(content=prompt)])

    def pieces_of(self, prompt: str) -> CompletionResponseGen:
        """The text so far and its last piece, each time a piece comes."""
        pieces: Pieces = SimpleQueue()
        left = Event()
        worker = Thread(target=self.feed, args=(prompt, pieces, left), daemon=True)
        worker.start()
        text = ""
        try:
            while isinstance(piece := pieces.get(), str):
                text += piece
                yield CompletionResponse(text=text, delta=piece)
            if piece is not None:
                raise piece
        finally:
            left.set()
            worker.join()

    def feed(self, prompt: str, pieces: Pieces, left: Event) -> None:
        """Put the pieces of an answer in a queue, then its end; an error is handed over as it is."""

        def take(piece: str) -> bool:
            pieces.put(piece)
            return left.is_set()  # True stops the model

        try:
            self.generate(prompt, take)
        except Exception as error:  # noqa: BLE001  it is raised in the thread that waits
            pieces.put(error)
        else:
            pieces.put(None)

    def generate(self, prompt: str, take: Callable[[str], bool] | None = None) -> str:
        """Run the model on a prompt in its template. Raises ModelUnavailable when that is too long, or it fails."""
        check_room(self, prompt)
        try:
            with self._turn:
                return str(self._pipeline.generate(prompt, self.greedy(), *([take] if take else [])))
        except FAILURES as error:
            raise ModelUnavailable(f"The model {self.model_name} failed: {last_line(error)}.") from error

    def greedy(self) -> Any:
        """The model's own settings (what ends an answer), without chance, and without a second chat template."""
        config = self._pipeline.get_generation_config()
        config.max_new_tokens, config.do_sample, config.apply_chat_template = self.output, False, False
        return config


def window_of(path: Path) -> int | None:
    """How many tokens a model reads, None when its folder does not say. Raises ModelUnavailable for a broken file."""
    if path.is_file():
        return read_header(path).context
    try:
        known = json.loads((path / "config.json").read_text(encoding="utf-8"))
        return int(known["max_position_embeddings"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def last_line(error: BaseException) -> str:
    """What an error says, without the places in C++ that stand above it."""
    return (str(error).strip().splitlines() or [type(error).__name__])[-1].rstrip(".")
