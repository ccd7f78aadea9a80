"""The app served for a while, over some index: for pictures, for measuring, for tests in a browser."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 600  # tenths of a second until the server listens


@dataclass(frozen=True, slots=True)
class AppServer:
    """A server of the app: its port on this machine, and the number of its process."""

    port: int
    process: int

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def app_over(index: Path, log: Path, *more: str) -> Iterator[AppServer]:
    """The app over an index, with more of its options; what the server writes goes into a log. Raises TimeoutError."""
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
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until the server listens. Raises TimeoutError."""
    for _ in range(PATIENCE):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        sleep(0.1)
    raise TimeoutError(f"nothing listens at port {port}")
