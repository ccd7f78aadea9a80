"""A server of documents on loopback that breaks off, lies, redirects and forgets."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PDF = b"%PDF-1.7\n" + bytes(range(1, 256)) * 400


class Handler(BaseHTTPRequestHandler):
    """Answers as the test has told its server to, and notes what it was asked."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Range")))
        self.server.agents.add(self.headers.get("User-Agent"))
        getattr(self, "answer_" + self.path.strip("/").split("?")[0].split(".")[0])()

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""

    def reply(self, body: bytes, status: int = 200, media: str = "application/pdf", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": media, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer_plan(self) -> None:
        self.reply(PDF)

    def answer_page(self) -> None:
        self.reply(b"<!DOCTYPE html><html><p>A page</p></html>", media="text/html; charset=utf-8")

    def answer_notes(self) -> None:
        self.reply(b"# Notes\n", media="text/plain")

    def answer_archive(self) -> None:
        self.reply(b"\x1f\x8b\x08rest", media="application/gzip")

    def answer_gone(self) -> None:
        self.reply(b"no", 404, "text/plain")

    def answer_away(self) -> None:
        self.reply(b"", 302, Location="http://example.invalid/plan.pdf")

    def answer_round(self) -> None:
        self.reply(b"", 302, Location="/round")

    def answer_moved(self) -> None:
        self.reply(b"", 301, Location="/plan.pdf")

    def answer_busy(self) -> None:
        if self.server.times(self.path) < 3:
            self.reply(b"later", 503, "text/plain", Retry_After="0")
        else:
            self.reply(PDF)

    def answer_broken(self) -> None:
        """Two thirds of what is asked for, until it is asked a third time."""
        start = self.start()
        whole = self.server.times(self.path) > 2
        self.begin(start, len(PDF) - start)
        self.wfile.write(PDF[start:] if whole else PDF[start : start + (len(PDF) - start) // 3])
        self.close_connection = True

    def answer_changing(self) -> None:
        """Breaks off, and is another document the next time: the range is refused by its validator."""
        if self.server.times(self.path) == 1:
            self.begin(0, len(PDF), '"old"')
            self.wfile.write(PDF[:5000])
            self.close_connection = True
        else:
            self.reply(b"%PDF-2.0 a new text", ETag='"new"')

    def answer_endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/pdf")
        self.end_headers()
        self.close_connection = True
        try:
            for _ in range(200):
                self.wfile.write(PDF)
        except OSError:
            self.server.hung_up = True

    def start(self) -> int:
        asked = self.headers.get("Range")
        return int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0

    def begin(self, start: int, length: int, tag: str = '"tag"') -> None:
        self.send_response(206 if start else 200)
        self.send_header("Content-Type", "application/pdf")
        self.send_header("ETag", tag)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(PDF) - 1}/{len(PDF)}")
        self.send_header("Content-Length", str(length))
        self.end_headers()


class Server(ThreadingHTTPServer):
    """A server on loopback that remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str | None]] = []
        self.agents: set[str | None] = set()
        self.hung_up = False

    def times(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.asked)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"
