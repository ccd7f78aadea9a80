"""Runs GGUF models in this process by llama.cpp (package `xllamacpp`), as a LlamaIndex `LLM`.

llama.cpp applies the model's own chat template, evaluates a beginning that two prompts share once, and can hold the
output to a JSON schema. Its server also listens on a port of this machine, which answers only who has a random key.
"""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any

import httpx
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_chat_callback, llm_completion_callback
from pydantic import Field, PrivateAttr

from pincite.answer.models.base import LlmSettings, check_room
from pincite.answer.models.gguf import read_header
from pincite.ingest.errors import ModelUnavailable

FAILURES = (RuntimeError, ValueError, LookupError, TypeError, OSError, MemoryError, httpx.HTTPError)
THREADS = "PINCITE_THREADS"
SILENT = -1  # llama.cpp's verbosity
Chunks = SimpleQueue[dict[str, Any] | Exception | None]  # of an answer; None ends it


class InProcessLLM(CustomLLM):
    """A model of a GGUF file. Decoding is greedy: the same prompt gives the same text.

    `usage`: tokens read and written, and seconds, of the last answer, as llama.cpp counts them.
    """

    model_name: str
    settings: LlmSettings
    window: int
    usage: dict[str, float] = Field(default_factory=dict)
    _server: Any = PrivateAttr()
    _client: httpx.Client = PrivateAttr()
    _turn: Lock = PrivateAttr(default_factory=Lock)  # one answer at a time, so that its prefix stays evaluated

    @classmethod
    def open(cls, path: Path, settings: LlmSettings) -> "InProcessLLM":
        """Open the model of a GGUF file. Raises ModelUnavailable if the file is broken or llama.cpp cannot load it."""
        window = min(settings.context, read_header(path).context or settings.context)
        model = cls(model_name=path.name, settings=settings, window=window)
        try:
            model._server, model._client = start(path, window)
        except FAILURES as error:
            raise ModelUnavailable(
                f"llama.cpp cannot load {path} ({one_line(error)}): give another .gguf file."
            ) from error
        return model

    @property
    def metadata(self) -> LLMMetadata:
        """LlamaIndex's description of the model."""
        return LLMMetadata(
            context_window=self.window,
            num_output=self.settings.output,
            model_name=self.model_name,
            is_chat_model=True,
        )

    def constrained(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Arguments of `stream_chat` that hold its output to a JSON schema."""
        return {"response_format": {"type": "json_schema", "json_schema": {"schema": schema}}}

    def tokens(self, text: str) -> list[int]:
        """The tokens of a text, in which the model's own marks of turns are recognised."""
        return list(self.post("/tokenize", {"content": text, "parse_special": True})["tokens"])

    def count_tokens(self, text: str) -> int:
        """Number of tokens of a text."""
        return len(self.tokens(text))

    def chat_prompt(self, messages: Sequence[ChatMessage]) -> str:
        """Messages in the model's chat template."""
        return str(self.post("/apply-template", {"messages": turns(messages)})["prompt"])

    def post(self, place: str, body: dict[str, Any]) -> Any:
        """The reply of llama.cpp's own server. Raises ModelUnavailable."""
        try:
            return self._client.post(place, json=body).raise_for_status().json()
        except FAILURES as error:
            raise ModelUnavailable(f"The model {self.model_name} failed: {one_line(error)}.") from error

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: ARG002, FBT001, FBT002  LlamaIndex's signature
        """The complete output for a prompt, which becomes a user's turn."""
        return CompletionResponse(text=self.chat([as_turn(prompt)], **kwargs).message.content or "")

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:  # noqa: ARG002, FBT001, FBT002  LlamaIndex's signature
        """The output as it is generated."""
        answer = self.stream_chat([as_turn(prompt)], **kwargs)
        return (CompletionResponse(text=one.message.content or "", delta=one.delta) for one in answer)

    @llm_chat_callback()
    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """The complete answer."""
        answers = list(self.stream_chat(messages, **kwargs))
        return answers[-1] if answers else ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=""))

    @llm_chat_callback()
    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        """The answer as it is generated; generation stops when nobody consumes it any more.

        Raises ModelUnavailable if the prompt is too long or the model fails.
        """
        check_room(self, self.chat_prompt(messages))
        return self.pieces({"messages": turns(messages), **self.greedy(), **kwargs})

    def greedy(self) -> dict[str, Any]:
        """The arguments of a request that has one answer only."""
        asked = {"temperature": self.settings.temperature, "seed": self.settings.seed}
        return asked | {"max_tokens": self.settings.output, "stream": True}

    def pieces(self, request: dict[str, Any]) -> ChatResponseGen:
        """The text so far and the latest piece, for each piece of an answer."""
        chunks: Chunks = SimpleQueue()
        abandoned = Event()
        worker = Thread(target=self.feed, args=(request, chunks, abandoned), daemon=True)
        worker.start()
        text = ""
        try:
            while isinstance(chunk := chunks.get(), dict):
                self.usage = chunk.get("timings", self.usage)
                piece = piece_of(chunk)
                if piece:
                    text += piece
                    yield ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=text), delta=piece)
            if chunk is not None:
                raise ModelUnavailable(f"The model {self.model_name} failed: {one_line(chunk)}.") from chunk
        finally:
            abandoned.set()
            worker.join()

    def feed(self, request: dict[str, Any], chunks: Chunks, abandoned: Event) -> None:
        """Put the chunks of an answer into a queue, then None or the error that ended it."""

        def take(chunk: dict[str, Any]) -> bool:
            chunks.put(RuntimeError(str(chunk.get("message"))) if "choices" not in chunk else chunk)
            return abandoned.is_set()  # True stops the model

        try:
            with self._turn:
                self._server.handle_chat_completions(request, take)
        except Exception as error:  # noqa: BLE001  it is raised in the thread that waits
            chunks.put(error)
        else:
            chunks.put(None)


def start(path: Path, window: int) -> tuple[Any, httpx.Client]:
    """Load a model, and connect to its server. Raises RuntimeError and others."""
    import xllamacpp  # noqa: PLC0415  an extra

    known = xllamacpp.CommonParams()
    known.model.path, known.n_ctx, known.n_parallel = str(path), window, 1
    known.verbosity, known.warmup, known.cache_ram_mib, known.ui = SILENT, False, 0, False
    key = secrets.token_hex(16)
    known.api_keys, known.endpoint_slots = [key], False
    writing, reading = threads()
    known.cpuparams.n_threads, known.cpuparams_batch.n_threads = writing, reading
    server = xllamacpp.Server(known)
    headers = {"Authorization": f"Bearer {key}"}
    limits = httpx.Limits(max_keepalive_connections=0)  # nothing stays open between two questions
    return server, httpx.Client(base_url=server.listening_address, headers=headers, limits=limits, trust_env=False)


def threads() -> tuple[int, int]:
    """Threads for writing and for reading a prompt: half of the processors and all, or `PINCITE_THREADS` for both.

    Writing waits for memory and, after every layer, for its slowest thread: on two busy cores two threads wrote 5
    tokens a second and one 15, while they read 33 alike (LOG.md).
    """
    stated = os.environ.get(THREADS, "")
    if stated.isdigit() and int(stated):
        return int(stated), int(stated)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores // 2), cores


def turns(messages: Sequence[ChatMessage]) -> list[dict[str, str]]:
    """Messages as OpenAI's protocol has them."""
    return [{"role": message.role.value, "content": message.content or ""} for message in messages]


def as_turn(prompt: str) -> ChatMessage:
    """A prompt as a user's turn."""
    return ChatMessage(role=MessageRole.USER, content=prompt)


def piece_of(chunk: dict[str, Any]) -> str:
    """The text that a chunk of a stream adds.

    >>> piece_of({"choices": [{"delta": {"content": "Six"}}]}), piece_of({"choices": []})
    ('Six', '')
    """
    return "".join(choice["delta"].get("content") or "" for choice in chunk["choices"])


def one_line(error: BaseException) -> str:
    """The message of an error on one line."""
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
