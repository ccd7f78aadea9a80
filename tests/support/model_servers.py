"""Model servers on loopback that speak Ollama's and OpenAI's protocol, well or badly, and note what they are sent."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent; `body` is its JSON, {} when it sent none."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server sends: after `pause` seconds the parts of a body, with `stall` seconds in front of each.

    `cut` leaves the client in the middle of the transfer.
    """

    parts: Sequence[bytes]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0
    stall: float = 0
    cut: bool = False


Answer = Callable[[Request], Reply]


@dataclass(slots=True)
class ModelServer:
    """An open server: its address, and what it was sent so far."""

    url: str
    requests: list[Request] = field(default_factory=list)
    left: Event = field(default_factory=Event)  # set when a client goes away before the end
    closed: int = 0  # connections that were closed before a word was read

    def sent(self, path: str) -> Request:
        """The one request to a path."""
        (request,) = (request for request in self.requests if request.path == path)
        return request


@contextmanager
def serving(answer: Answer, *, closes: int = 0, port: int = 0) -> Iterator[ModelServer]:
    """A server that answers as told, on a port of this machine, and closes its first connections without a word."""
    stopped = Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle(self) -> None:
            if server.closed < closes:
                server.closed += 1
                return
            try:
                super().handle()
            except ConnectionError:
                server.left.set()

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = Request(self.path, dict(self.headers), json.loads(raw or b"{}"))
            server.requests.append(request)
            self.send(answer(request))

        do_GET = do_POST  # noqa: N815  the name that http.server calls

        def send(self, reply: Reply) -> None:
            stopped.wait(reply.pause)
            self.send_response(reply.status)
            for name, value in {"Transfer-Encoding": "chunked", **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            for part in (*reply.parts, *([] if reply.cut else [b""])):
                stopped.wait(reply.stall)
                self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
            self.close_connection = reply.cut

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  http.server's name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as http:
        http.daemon_threads = True
        server = ModelServer(f"http://127.0.0.1:{http.server_port}")
        Thread(target=http.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server
        finally:
            stopped.set()
            http.shutdown()


def ollama_answer(*words: str, context: int = 4096, last: bool = True, **how: Any) -> Answer:
    """An Ollama server whose model says some words; without `last` it never says that it is done."""
    known = {"general.architecture": "llama", "llama.context_length": context}
    lines = [ollama_line(word) for word in words] + ([ollama_line("", done=True)] if last else [])

    def answer(request: Request) -> Reply:
        if request.path == "/api/show":
            return Reply([json.dumps({"model_info": known}).encode()])
        return Reply(lines, headers={"Content-Type": "application/x-ndjson"}, **how)

    return answer


def ollama_line(word: str, *, done: bool = False) -> bytes:
    """One line of a streamed answer."""
    line = {"model": "m", "message": {"role": "assistant", "content": word}, "done": done}
    return json.dumps(line | ({"done_reason": "stop"} if done else {})).encode() + b"\n"


def openai_answer(*words: str, context: int | None = 4096, last: bool = True, **how: Any) -> Answer:
    """A server of OpenAI's protocol whose model `m` says some words; without `last` it gives no reason to end."""
    lines = [openai_line({"content": word}) for word in words]
    lines += [openai_line({}, reason="stop"), b"data: [DONE]\n\n"] if last else []

    def answer(request: Request) -> Reply:
        if request.path == "/v1/models":
            return Reply([json.dumps({"data": [{"id": "m", "max_model_len": context}]}).encode()])
        return Reply(lines, headers={"Content-Type": "text/event-stream"}, **how)

    return answer


def openai_line(delta: dict[str, str], reason: str | None = None) -> bytes:
    """One event of a streamed answer."""
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    chunk = {"id": "1", "object": "chat.completion.chunk", "choices": [choice]}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"
