"""Models behind a local server: Ollama, and any that implements OpenAI's protocol.

Requests go to the given address only: proxy variables are ignored, redirects are not followed, and keys of other
services are not sent.
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

CLOUD_SUFFIXES = ("-cloud", ":cloud")  # models that Ollama's server forwards to ollama.com
KEY = "PINCITE_API_KEY"  # not OPENAI_API_KEY or OLLAMA_API_KEY, which belong to other services
CONNECT = 10.0  # seconds
NO_ANSWER = "does not answer: start its server, or correct the address"
SILENT = "was silent for too long: it may still be loading, so ask again, or choose a smaller model"
INTERRUPTED = "closed the connection: ask again, or look at its server's log"
FAILURES: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((ConnectionError, httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL), NO_ANSWER),
    ((httpx.TimeoutException,), SILENT),
    ((httpx.TransportError,), INTERRUPTED),
)
CONNECTION_LOST = (httpx.ConnectError, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError)  # not timeouts
CODES = re.compile(
    r"^Error code: \d+(?: - )?| ?\(status code: -?\d+\)$"
)  # added by the clients to the server's message
REFUSALS = {
    401: f"requires a key: set {KEY}",
    403: f"requires a key: set {KEY}",
    404: "is unknown to the server: check its name (ollama pull fetches it) and the address (it often ends in /v1)",
}


class RetryingTransport(httpx.HTTPTransport):
    """Retries a request whose connection is refused, or lost before the answer begins, as with a starting server.

    Once the head of an answer has arrived, nothing is retried.
    """

    def __init__(self, pauses: Sequence[float]) -> None:
        """`pauses`: seconds before each retry."""
        super().__init__(limits=httpx.Limits(max_keepalive_connections=0))
        self.pauses = tuple(pauses)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, with retries. Raises the error of the last attempt."""
        for pause in self.pauses:
            try:
                return super().handle_request(request)
            except CONNECTION_LOST:
                sleep(pause)
        return super().handle_request(request)


class OllamaLLM(Ollama):  # type: ignore[misc]  # LlamaIndex's classes are not typed
    """LlamaIndex's class with the requested answer length; the original reports 256 tokens."""

    @property
    def metadata(self) -> LLMMetadata:
        """LlamaIndex's description of the model."""
        known: LLMMetadata = super().metadata
        return known.model_copy(update={"num_output": self.additional_kwargs["num_predict"]})

    def constrained(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Arguments of `stream_chat` that hold its output to a JSON schema."""
        return {"format": schema}


class OpenAILikeLLM(OpenAILike):  # type: ignore[misc]  # the same
    """LlamaIndex's class, which closes the connection when the answer is complete or nobody consumes it any more.

    The client of `openai` leaves that to Python's garbage collector, and the server keeps generating until then.
    """

    pauses: tuple[float, ...] = ()

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        """The answer as it is generated; a server that refuses its form, as old ones do, is asked without it."""
        with httpx.Client(**connection(self.api_base, self.timeout, self.pauses)) as client:
            own = self.model_copy()
            own._client, own._http_client = None, client
            answer = super(OpenAILikeLLM, own).stream_chat
            try:
                yield from answer(messages, **kwargs)
            except (openai.BadRequestError, openai.UnprocessableEntityError):
                if kwargs.pop("response_format", None) is None:
                    raise
                yield from answer(messages, **kwargs)

    def constrained(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Arguments of `stream_chat` that hold its output to a JSON schema."""
        return {"response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}}}


def open_ollama(model: str, url: str, settings: "LlmSettings") -> LLM:
    """Open a model of an Ollama server. Raises ModelUnavailable, also for a model that runs in the cloud."""
    if model.endswith(CLOUD_SUFFIXES):
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
        thinking=False,  # thoughts are not shown, take minutes on a CPU and use up the answer's tokens
        additional_kwargs={"seed": settings.seed, "num_predict": settings.output},
    )
    return llm


def ollama_window(client: ollama.Client, model: str) -> int | None:
    """The context window of a model, if the server says: Ollama silently truncates longer prompts."""
    try:
        known = client.show(model).modelinfo or {}
    except ValidationError:
        return None  # an old server, which says less about its models
    return next((int(value) for name, value in known.items() if name.endswith(".context_length")), None)


def open_openai_like(model: str, url: str, settings: "LlmSettings") -> LLM:
    """Open a model of a server with OpenAI's protocol: vLLM, llama-server, LM Studio. Raises ModelUnavailable."""
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
            timeout=settings.timeout,  # otherwise LlamaIndex's own would replace the client's
            pauses=settings.pauses,
            max_retries=0,  # the client of `openai` would also retry after a timeout, and double the wait
            additional_kwargs={"seed": settings.seed},
        )
    except (ValueError, httpx.TransportError, httpx.InvalidURL) as error:
        raise ModelUnavailable(f"The model {model} at {url} {failure(error)}.") from error
    return llm


def served_window(client: httpx.Client, model: str, url: str) -> int | None:
    """The context window of a model, if the server says, as vLLM does. Raises httpx.TransportError."""
    try:
        listed = client.get(f"{url.rstrip('/')}/models").raise_for_status().json()["data"]
        stated = next((entry.get("max_model_len") for entry in listed if entry["id"] == model), None)
        return stated if type(stated) is int and stated > 0 else None  # some servers state a text, a list or True
    except (httpx.HTTPStatusError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # not every server lists its models


def connection(url: str, timeout: float, pauses: Sequence[float]) -> dict[str, Any]:
    """Arguments for an HTTP client that connects directly, anew for each request. Raises httpx.InvalidURL."""
    if not httpx.URL(url).host:
        raise httpx.InvalidURL(f"{url} has no host")
    return {
        "headers": {"Authorization": f"Bearer {key()}"},
        # With a custom transport, httpx ignores proxy variables.
        "transport": RetryingTransport(pauses),
        "follow_redirects": False,
        "timeout": httpx.Timeout(timeout, connect=min(CONNECT, timeout)),
    }


def key() -> str:
    """The key for servers that require one; others accept anything."""
    return os.environ.get(KEY) or "none"


def failure(error: Exception) -> str:
    """What an error of a client means and what to do, as the predicate of a sentence about the model."""
    cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
    for kinds, what in FAILURES:
        if isinstance(cause, kinds):
            return what
    said = CODES.sub("", " ".join(str(error).split()))[:200] or type(error).__name__
    status = getattr(error, "status_code", -1)  # of openai and ollama alike; -1 is ollama's for none
    if status > 0:
        return REFUSALS.get(status, f"was refused by its server ({status}, {said}): look at the server's log")
    return f"sent a reply that cannot be read ({said}): check that the address is of a server of this kind"
