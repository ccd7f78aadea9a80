"""Runs models in this process through OpenVINO GenAI, as a LlamaIndex `LLM`.

LlamaIndex's own class for it (llama-index-llms-openvino-genai 0.4.0) cannot stream: its streamer uses an
undefined name. This one streams through OpenVINO GenAI's callback and applies the model's own chat template.
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
from pincite.answer.models.gguf_requantize import exact_weights
from pincite.ingest.embedding import openvino_runtime
from pincite.ingest.errors import ModelUnavailable

# Errors of the C++ code are raised as one of these.
FAILURES = (RuntimeError, ValueError, LookupError, TypeError, OverflowError, MemoryError, ImportError)
# By default processors with AVX-512 round activations to eight bits, and a small model then answers something else.
EXACT = {"DYNAMIC_QUANTIZATION_GROUP_SIZE": "0"}
Pieces = SimpleQueue[str | Exception | None]  # of an answer; None ends it


class OpenVinoLLM(CustomLLM):
    """A model that runs in this process. Decoding is greedy: the same prompt gives the same text."""

    model_name: str
    context_window: int
    output: int
    _pipeline: Any = PrivateAttr()
    _tokenizer: Any = PrivateAttr()
    _turn: Lock = PrivateAttr(default_factory=Lock)  # the pipeline refuses a second prompt while it generates

    @classmethod
    def open(cls, path: Path, context_window: int, output: int) -> "OpenVinoLLM":
        """Open the model of an OpenVINO folder or a GGUF file. Raises ModelUnavailable if it cannot be loaded.

        `context_window`: upper bound in tokens; a model with a smaller window keeps it.
        """
        window = min(context_window, context_window_of(path) or context_window)
        model = cls(model_name=path.name, context_window=window, output=output)
        try:
            with exact_weights(path) as file:
                model._pipeline = openvino_runtime.load("openvino_genai").LLMPipeline(str(file), "CPU", **EXACT)
        except FAILURES as error:
            raise ModelUnavailable(
                f"OpenVINO GenAI cannot load {path} ({last_line(error)}): "
                "give the folder of an OpenVINO model or a .gguf file."
            ) from error
        model._tokenizer = model._pipeline.get_tokenizer()
        model.messages_to_prompt = model.chat_prompt
        # LlamaIndex's engines pass a prompt through this and then call it formatted.
        model.completion_to_prompt = model.user_turn
        return model

    @property
    def metadata(self) -> LLMMetadata:
        """LlamaIndex's description of the model."""
        return LLMMetadata(context_window=self.context_window, num_output=self.output, model_name=self.model_name)

    def count_tokens(self, text: str) -> int:
        """Number of tokens of a text, at most the context window."""
        return int(self._tokenizer.encode(text).input_ids.shape[1])

    def chat_prompt(self, messages: Sequence[ChatMessage]) -> str:
        """Messages in the model's chat template. Raises ModelUnavailable if it has none."""
        history = [{"role": message.role.value, "content": message.content or ""} for message in messages]
        try:
            return str(self._tokenizer.apply_chat_template(history, add_generation_prompt=True))
        except FAILURES as error:
            raise ModelUnavailable(f"The model {self.model_name} cannot chat ({last_line(error)}).") from error

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: ARG002, FBT001, FBT002  LlamaIndex's signature
        """The complete output; `formatted`: the prompt is in the chat template already."""
        return CompletionResponse(text=self.generate(self.formatted(prompt, done=formatted)))

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:  # noqa: ARG002, FBT001, FBT002  LlamaIndex's signature
        """The output as it is generated; generation stops when nobody consumes it any more."""
        return self.pieces_of(self.formatted(prompt, done=formatted))

    def formatted(self, prompt: str, *, done: bool) -> str:
        """A prompt in the chat template."""
        return prompt if done else self.user_turn(prompt)

    def user_turn(self, prompt: str) -> str:
        """A prompt as a user's turn in the chat template."""
        return self.chat_prompt([ChatMessage(content=prompt)])

    def pieces_of(self, prompt: str) -> CompletionResponseGen:
        """The text so far and the latest piece, for each piece."""
        pieces: Pieces = SimpleQueue()
        abandoned = Event()
        worker = Thread(target=self.feed, args=(prompt, pieces, abandoned), daemon=True)
        worker.start()
        text = ""
        try:
            while isinstance(piece := pieces.get(), str):
                text += piece
                yield CompletionResponse(text=text, delta=piece)
            if piece is not None:
                raise piece
        finally:
            abandoned.set()
            worker.join()

    def feed(self, prompt: str, pieces: Pieces, abandoned: Event) -> None:
        """Put the pieces of an answer into a queue, then None or the error that ended it."""

        def take(piece: str) -> bool:
            pieces.put(piece)
            return abandoned.is_set()  # True stops the model

        try:
            self.generate(prompt, take)
        except Exception as error:  # noqa: BLE001  it is raised in the thread that waits
            pieces.put(error)
        else:
            pieces.put(None)

    def generate(self, prompt: str, take: Callable[[str], bool] | None = None) -> str:
        """Run the model on a formatted prompt. Raises ModelUnavailable if that is too long or the model fails."""
        check_room(self, prompt)
        try:
            with self._turn:
                return str(self._pipeline.generate(prompt, self.greedy(), *([take] if take else [])))
        except FAILURES as error:
            raise ModelUnavailable(f"The model {self.model_name} failed: {last_line(error)}.") from error

    def greedy(self) -> Any:
        """The model's own settings, such as stop tokens, but greedy and without applying the chat template again."""
        config = self._pipeline.get_generation_config()
        config.max_new_tokens, config.do_sample, config.apply_chat_template = self.output, False, False
        return config


def context_window_of(path: Path) -> int | None:
    """The context window of a model in tokens, if its files say. Raises ModelUnavailable for a broken file."""
    if path.is_file():
        return read_header(path).context
    try:
        known = json.loads((path / "config.json").read_text(encoding="utf-8"))
        return int(known["max_position_embeddings"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def last_line(error: BaseException) -> str:
    """The last line of an error, after the C++ source locations."""
    return (str(error).strip().splitlines() or [type(error).__name__])[-1].rstrip(".")
