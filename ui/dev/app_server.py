"""Serves the app temporarily, for screenshots, load tests and browser tests."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 600  # tenths of a second to wait for the server


@dataclass(frozen=True, slots=True)
class AppServer:
    """A running app: its local port and its process id."""

    port: int
    process: int

    @property
    def address(self) -> str:
        """The URL of the app."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serve_app(index: Path, log: Path, *more: str) -> Iterator[AppServer]:
    """Serve the app over an index with more options; output goes to a log. Raises TimeoutError."""
    port = free_port()
    server = ["--server.port", str(port), "--server.headless", "true", "--server.address", "127.0.0.1"]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *server, "--", "--index", str(index)]
    with (
        log.open("wb") as out,
        subprocess.Popen([*command, *more], cwd=ROOT, stdout=out, stderr=out) as process,  # noqa: S603  the app itself
    ):
        try:
            wait_for(port)
            yield AppServer(port, process.pid)
        finally:
            process.terminate()


def free_port() -> int:
    """A free local port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait for the server. Raises TimeoutError."""
    for _ in range(PATIENCE):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        sleep(0.1)
    raise TimeoutError(f"nothing listens at port {port}")
