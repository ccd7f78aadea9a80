"""Downloads one address into one file: resumable, https only, limited in size and time."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

OnBytes = Callable[[int, int | None], None]  # bytes so far, bytes in all where known

MAX_REDIRECTS = 6
TRANSIENT = {408, 425, 429, 500, 502, 503, 504}  # status codes that may change soon
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class DownloadSettings:
    """Limits: size in bytes, times in seconds; `pause` doubles with each attempt.

    `loopback` allows plain http on 127.0.0.1, for tests: no command sets it.
    """

    largest: int = 300 << 20
    timeout: float = 30.0
    longest: float = 1800.0
    attempts: int = 5
    pause: float = 1.0
    longest_pause: float = 60.0
    loopback: bool = False


class NotFetched(Exception):
    """An address gives no document; the text is the reason, in words that continue a sentence."""


class TransientFailure(Exception):
    """An attempt failed that may succeed later, `after` so many seconds if the server says so."""

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.after = after


def download(client: httpx.Client, url: str, part: Path, settings: DownloadSettings, on_bytes: OnBytes) -> str:
    """Download an address into `part`, continuing an earlier attempt; return the media type.

    Raises NotFetched with the reason. Bytes received before a broken connection are kept for the next run.
    """
    deadline = time.monotonic() + settings.longest
    reason = ""
    for attempt in range(settings.attempts):
        try:
            return attempt_download(client, url, part, settings, deadline, on_bytes)
        except TransientFailure as failed:
            reason, after = str(failed), failed.after
        except httpx.ConnectError as error:
            reason, after = f"its server cannot be reached ({error})", 0.0
            if attempt:
                break  # without a network every document of a list would wait in vain
        except httpx.TransportError as error:
            reason, after = f"the connection broke off ({error or type(error).__name__})", 0.0
        if attempt + 1 < settings.attempts:
            time.sleep(min(max(after, settings.pause * 2**attempt), settings.longest_pause))
    raise NotFetched(f"{reason}; run the command again later")


def attempt_download(
    client: httpx.Client, url: str, part: Path, settings: DownloadSettings, deadline: float, on_bytes: OnBytes
) -> str:
    """One attempt. Raises TransientFailure, NotFetched, httpx.TransportError."""
    size, validator = resumable(part, url)
    headers = {"Range": f"bytes={size}-", "If-Range": validator} if size else {}
    with open_response(client, url, headers, settings) as response:
        check_status(response, part)
        start = range_start(response)
        if start not in {0, size}:
            discard(part)
            raise TransientFailure("the server sent another part than the one requested")
        if not start:
            write_note(part, url, response)
        receive(response, part, start, settings, deadline, on_bytes)
        return str(response.headers.get("Content-Type", "")).split(";")[0].strip().lower()


@contextmanager
def open_response(
    client: httpx.Client, url: str, headers: dict[str, str], settings: DownloadSettings
) -> Iterator[httpx.Response]:
    """The response of an address after safe redirects. Raises NotFetched."""
    for _ in range(MAX_REDIRECTS):
        check_address(url, loopback=settings.loopback)
        with client.stream("GET", url, headers=headers) as response:
            if not response.has_redirect_location:
                yield response
                return
            url = urljoin(url, response.headers["Location"])
    raise NotFetched(f"it redirects more than {MAX_REDIRECTS} times")


def check_address(url: str, *, loopback: bool) -> None:
    """Raise NotFetched for an address that is not https.

    >>> check_address("https://example.org/a.pdf", loopback=False)
    """
    try:
        parts = urlsplit(url)
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL):
        raise NotFetched("its address is invalid: correct it in the list") from None
    if not (parts.scheme == "https" and parts.hostname) and not (
        loopback and parts.scheme == "http" and parts.hostname == LOOPBACK
    ):
        raise NotFetched(f"it is not fetched over {parts.scheme or 'no protocol'}, only over https ({url[:200]})")


def check_status(response: httpx.Response, part: Path) -> None:
    """Raise TransientFailure or NotFetched for a response without a document."""
    status = response.status_code
    if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        discard(part)
        raise TransientFailure("the server has fewer bytes than were received before")
    if status in TRANSIENT:
        after = response.headers.get("Retry-After", "")
        raise TransientFailure(f"the server answers {status}", float(after) if re.fullmatch(r"\d{1,6}", after) else 0.0)
    if status not in {httpx.codes.OK, httpx.codes.PARTIAL_CONTENT}:
        raise NotFetched(f"the server answers {status} ({response.reason_phrase or 'no document'})")


def range_start(response: httpx.Response) -> int:
    """The first byte of a response; -1 if a partial one does not say."""
    if response.status_code != httpx.codes.PARTIAL_CONTENT:
        return 0
    match = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    return int(match[1]) if match else -1


def receive(
    response: httpx.Response, part: Path, start: int, settings: DownloadSettings, deadline: float, on_bytes: OnBytes
) -> None:
    """Write a response to `part` from byte `start`. Raises NotFetched beyond the limits."""
    length = response.headers.get("Content-Length", "")
    total = start + int(length) if length.isdigit() and "Content-Encoding" not in response.headers else None
    done = start
    check_size(max(total or 0, done), part, settings)
    with part.open("r+b" if start else "wb") as file:
        file.seek(start)
        for piece in response.iter_bytes():  # written at once: a broken connection loses nothing
            done += len(piece)
            check_size(done, part, settings)
            if time.monotonic() > deadline:
                raise NotFetched(
                    f"it takes more than {settings.longest / 60:.0f} minutes: run the command again to continue"
                )
            file.write(piece)
            on_bytes(done, total)


def check_size(size: int, part: Path, settings: DownloadSettings) -> None:
    """Raise NotFetched for a document that is too large."""
    if size > settings.largest:
        discard(part)
        raise NotFetched(f"it is larger than {settings.largest / (1 << 20):.0f} MiB")


def note_path(part: Path) -> Path:
    """The file that says which document `part` is the beginning of."""
    return part.with_name(part.name + ".json")


def resumable(part: Path, url: str) -> tuple[int, str]:
    """Size of what an earlier attempt left, with the server's validator for it; 0 if it cannot be continued."""
    try:
        note = json.loads(note_path(part).read_text(encoding="utf-8"))
        if note["url"] == url and note["validator"]:
            return part.stat().st_size, str(note["validator"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # no earlier attempt, or its note is incomplete: start again
    return 0, ""


def write_note(part: Path, url: str, response: httpx.Response) -> None:
    """Write address and strong validator (RFC 9110, 13.1.5) of a download; compressed bytes cannot be continued."""
    part.unlink(missing_ok=True)
    tag = response.headers.get("ETag", "")
    validator = tag if tag and not tag.startswith("W/") else response.headers.get("Last-Modified", "")
    if "Content-Encoding" in response.headers:
        validator = ""
    note_path(part).write_text(json.dumps({"url": url, "validator": validator}), encoding="utf-8")


def discard(part: Path) -> None:
    """Remove a partial download and its note."""
    part.unlink(missing_ok=True)
    note_path(part).unlink(missing_ok=True)
