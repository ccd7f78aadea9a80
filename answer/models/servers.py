"""Models behind a server on this machine or in this house: Ollama, and whatever speaks OpenAI's protocol.

No request goes anywhere but to the address that was named: proxies of the environment are passed by, redirections are
not followed, and no key that belongs to another service is sent.
"""

import os
import re
from collections.abc import Sequence
from time import sleep
from typing import TYPE_CHECKING, Any

import httpx
import ollama
import openai
from llama_index.core.llms import LLM, ChatMessage, ChatResponseGen, LLMMetadata
from llama_index.llms.ollama import Ollama
from llama_index.llms.openai_like import OpenAILike
from pydantic import ValidationError

from pincite.ingest.errors import ModelUnavailable

if TYPE_CHECKING:
    from pincite.answer.models.base import LlmSettings

ELSEWHERE = ("-cloud", ":cloud")  # how Ollama names models that its server only passes on to ollama.com
KEY = "PINCITE_API_KEY"  # not OPENAI_API_KEY or OLLAMA_API_KEY: those are secrets between their owner and a company
CONNECT = 10.0  # seconds
NOT_THERE = "does not answer: start its server, or correct the address"
SILENT = "was silent for too long: it may still be loading, so ask again, or choose a smaller model"
BROKE_OFF = "broke off: ask again, or look at its server's log"
FAILURES: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((ConnectionError, httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL), NOT_THERE),
    ((httpx.TimeoutException,), SILENT),
    ((httpx.TransportError,), BROKE_OFF),
)
LOST = (httpx.ConnectError, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError)  # a time that is up is none
CODES = re.compile(r"^Error code: \d+(?: - )?| ?\(status code: -?\d+\)$")  # what both clients add to the server's words
REFUSALS = {
    401: f"asks for a key: set {KEY}",
    403: f"asks for a key: set {KEY}",
    404: "is not known there: check its name (ollama pull fetches a model) and the address (it often ends in /v1)",
}


class PatientTransport(httpx.HTTPTransport):
    """A transport that asks again where a connection is refused, or lost before the answer begins.

    So a server is met that is just starting. What comes after the head of an answer is never asked for twice.
    """

    def __init__(self, pauses: Sequence[float]) -> None:
        """`pauses`: seconds before each further try."""
        super().__init__(limits=httpx.Limits(max_keepalive_connections=0))
        self.pauses = tuple(pauses)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer of the first try that is not lost. Raises what the last one did."""
        for pause in self.pauses:
            try:
                return super().handle_request(request)
            except LOST:
                sleep(pause)
        return super().handle_request(request)


class OllamaLLM(Ollama):  # type: ignore[misc]  # LlamaIndex's classes are not typed
    """LlamaIndex's class, with the room for an answer that is really asked for; it takes it to be 256 tokens."""

    @property
    def metadata(self) -> LLMMetadata:
        """What LlamaIndex asks of every model."""
        known: LLMMetadata = super().metadata
        return known.model_copy(update={"num_output": self.additional_kwargs["num_predict"]})


class OpenAILikeLLM(OpenAILike):  # type: ignore[misc]  # the same
    """LlamaIndex's class, streaming over a connection that is closed when the answer is whole, or nobody takes it.

    The client of `openai` leaves that to Python's cycle collector, and the server goes on writing until then.
    """

    pauses: tuple[float, ...] = ()

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        """The answer as it comes."""
        with httpx.Client(**connection(self.api_base, self.timeout, self.pauses)) as client:
            own = self.model_copy()
            own._client, own._http_client = None, client
            yield from super(OpenAILikeLLM, own).stream_chat(messages, **kwargs)


def open_ollama(model: str, url: str, settings: "LlmSettings") -> LLM:
    """A model of an Ollama server. Raises ModelUnavailable when the server or the model is not there, or elsewhere."""
    if model.endswith(ELSEWHERE):
        raise ModelUnavailable(f"The model {model} runs at ollama.com, not on this machine: choose one that runs here.")
    try:
        client = ollama.Client(url, **connection(url, settings.timeout, settings.pauses))
        window = ollama_window(client, model)
    except (ValueError, OSError, httpx.HTTPError, httpx.InvalidURL, ollama.ResponseError) as error:
        raise ModelUnavailable(f"The model {model} at {url} {failure(error)}.") from error
    llm: LLM = OllamaLLM(
        model=model,
        base_url=url,
        client=client,
        temperature=settings.temperature,
        context_window=min(settings.context, window or settings.context),
        thinking=False,  # thoughts are not shown, take minutes on a CPU and use up the room for the answer
        additional_kwargs={"seed": settings.seed, "num_predict": settings.output},
    )
    return llm


def ollama_window(client: ollama.Client, model: str) -> int | None:
    """How many tokens a model reads, None when the server does not say: Ollama cuts longer prompts without a word."""
    try:
        known = client.show(model).modelinfo or {}
    except ValidationError:
        return None  # an old server, which says less of its models
    return next((int(value) for name, value in known.items() if name.endswith(".context_length")), None)


def open_openai_like(model: str, url: str, settings: "LlmSettings") -> LLM:
    """A model of a server that speaks OpenAI's protocol: vLLM, llama-server, LM Studio. Raises ModelUnavailable."""
    try:
        client = httpx.Client(**connection(url, settings.timeout, settings.pauses))
        window = served_window(client, model, url)
        llm: LLM = OpenAILikeLLM(
            model=model,
            api_base=url,
            api_key=key(),
            http_client=client,
            is_chat_model=True,
            temperature=settings.temperature,
            max_tokens=settings.output,
            context_window=min(settings.context, window or settings.context),
            timeout=settings.timeout,  # LlamaIndex would put its own in the client's place
            pauses=settings.pauses,
            max_retries=0,  # the client of `openai` would also ask again after a silence, and double the wait
            additional_kwargs={"seed": settings.seed},
        )
    except (ValueError, httpx.TransportError, httpx.InvalidURL) as error:
        raise ModelUnavailable(f"The model {model} at {url} {failure(error)}.") from error
    return llm


def served_window(client: httpx.Client, model: str, url: str) -> int | None:
    """How many tokens a model reads on a server that says so, as vLLM does. Raises httpx.TransportError."""
    try:
        listed = client.get(f"{url.rstrip('/')}/models").raise_for_status().json()["data"]
        return next((entry.get("max_model_len") for entry in listed if entry["id"] == model), None)
    except (httpx.HTTPStatusError, ValueError, LookupError, TypeError, AttributeError):
        return None  # not every server lists its models


def connection(url: str, timeout: float, pauses: Sequence[float]) -> dict[str, Any]:
    """How an HTTP client connects: straight to the address, and anew each time. Raises httpx.InvalidURL."""
    if not httpx.URL(url).host:
        raise httpx.InvalidURL(f"{url} names no host")
    return {
        "headers": {"Authorization": f"Bearer {key()}"},
        # A transport of one's own is what makes httpx pass the proxies of the environment by.
        "transport": PatientTransport(pauses),
        "follow_redirects": False,
        "timeout": httpx.Timeout(timeout, connect=min(CONNECT, timeout)),
    }


def key() -> str:
    """What a server is told that asks for a key; one that does not ask takes anything."""
    return os.environ.get(KEY) or "none"


def failure(error: Exception) -> str:
    """What an error of a client means and what to do, as the rest of a sentence about the model."""
    cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
    for kinds, what in FAILURES:
        if isinstance(cause, kinds):
            return what
    said = CODES.sub("", " ".join(str(error).split()))[:200] or type(error).__name__
    status = getattr(error, "status_code", -1)  # of openai and ollama alike; -1 is ollama's for none
    if status > 0:
        return REFUSALS.get(status, f"is refused by its server ({status}, {said}): look at the server's log")
    return f"gave what cannot be read ({said}): check that a server of this kind answers there"
