"""One address -> one file: resumable, over https alone, within limits of size and time. Knows nothing of documents."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

Tell = Callable[[int, int | None], None]  # bytes so far, of how many where it is known

REDIRECTS = 6
AGAIN = {408, 425, 429, 500, 502, 503, 504}  # answers that may be others in a while
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
    """An address gives no document; the text is the reason, as the rest of a sentence about it."""


class TryAgain(Exception):
    """An attempt failed that may succeed later, `after` so many seconds where the server says so."""

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.after = after


def download(client: httpx.Client, url: str, part: Path, settings: DownloadSettings, tell: Tell) -> str:
    """Bring what stands at an address into `part`, going on where an earlier attempt broke off; return its media type.

    Raises NotFetched with the reason. What was received before a broken connection is kept for the next run.
    """
    until = time.monotonic() + settings.longest
    reason = ""
    for attempt in range(settings.attempts):
        try:
            return attempt_download(client, url, part, settings, until, tell)
        except TryAgain as failed:
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
    client: httpx.Client, url: str, part: Path, settings: DownloadSettings, until: float, tell: Tell
) -> str:
    """One attempt. Raises TryAgain, NotFetched, httpx.TransportError."""
    have, validator = kept(part, url)
    wanted = {"Range": f"bytes={have}-", "If-Range": validator} if have else {}
    with answer(client, url, wanted, settings) as response:
        check_status(response, part)
        start = range_start(response)
        if start not in {0, have}:
            forget(part)
            raise TryAgain("the server sent another part than it was asked for")
        if not start:
            note(part, url, response)
        receive(response, part, start, settings, until, tell)
        return str(response.headers.get("Content-Type", "")).split(";")[0].strip().lower()


@contextmanager
def answer(
    client: httpx.Client, url: str, headers: dict[str, str], settings: DownloadSettings
) -> Iterator[httpx.Response]:
    """The answer at an address, redirections followed where they are safe. Raises NotFetched."""
    for _ in range(REDIRECTS):
        check_address(url, loopback=settings.loopback)
        with client.stream("GET", url, headers=headers) as response:
            if not response.has_redirect_location:
                yield response
                return
            url = urljoin(url, response.headers["Location"])
    raise NotFetched(f"it redirects more than {REDIRECTS} times")


def check_address(url: str, *, loopback: bool) -> None:
    """Raise NotFetched for an address that is not https.

    >>> check_address("https://example.org/a.pdf", loopback=False)
    """
    try:
        parts = urlsplit(url)
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL):
        raise NotFetched("its address cannot be read: correct it in the list") from None
    if not (parts.scheme == "https" and parts.hostname) and not (
        loopback and parts.scheme == "http" and parts.hostname == LOOPBACK
    ):
        raise NotFetched(f"it is not fetched over {parts.scheme or 'no protocol'}, only over https ({url[:200]})")


def check_status(response: httpx.Response, part: Path) -> None:
    """Raise TryAgain or NotFetched for an answer without a document."""
    status = response.status_code
    if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        forget(part)
        raise TryAgain("the server has no more of it than was received before")
    if status in AGAIN:
        after = response.headers.get("Retry-After", "")
        raise TryAgain(f"the server answers {status}", float(after) if re.fullmatch(r"\d{1,6}", after) else 0.0)
    if status not in {httpx.codes.OK, httpx.codes.PARTIAL_CONTENT}:
        raise NotFetched(f"the server answers {status} ({response.reason_phrase or 'no document'})")


def range_start(response: httpx.Response) -> int:
    """The byte at which an answer begins; -1 where a partial one does not say."""
    if response.status_code != httpx.codes.PARTIAL_CONTENT:
        return 0
    match = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    return int(match[1]) if match else -1


def receive(
    response: httpx.Response, part: Path, start: int, settings: DownloadSettings, until: float, tell: Tell
) -> None:
    """Write an answer to `part` from byte `start` on. Raises NotFetched beyond the limits."""
    length = response.headers.get("Content-Length", "")
    total = start + int(length) if length.isdigit() and "Content-Encoding" not in response.headers else None
    done = start
    check_size(max(total or 0, done), part, settings)
    with part.open("r+b" if start else "wb") as file:
        file.seek(start)
        for piece in response.iter_bytes():  # as they come: what a broken connection brought is kept
            done += len(piece)
            check_size(done, part, settings)
            if time.monotonic() > until:
                raise NotFetched(
                    f"it takes more than {settings.longest / 60:.0f} minutes: run the command again to go on"
                )
            file.write(piece)
            tell(done, total)


def check_size(size: int, part: Path, settings: DownloadSettings) -> None:
    """Raise NotFetched for a document that is too large."""
    if size > settings.largest:
        forget(part)
        raise NotFetched(f"it is larger than {settings.largest / (1 << 20):.0f} MiB")


def beside(part: Path) -> Path:
    """Where it is noted of what a part is the beginning."""
    return part.with_name(part.name + ".json")


def kept(part: Path, url: str) -> tuple[int, str]:
    """How many bytes an earlier attempt left, and by what the server knows them; 0 where none can be used."""
    try:
        noted = json.loads(beside(part).read_text(encoding="utf-8"))
        if noted["url"] == url and noted["validator"]:
            return part.stat().st_size, str(noted["validator"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # no earlier attempt, or its note was cut off: begin anew
    return 0, ""


def note(part: Path, url: str, response: httpx.Response) -> None:
    """Note of what a part is the beginning, by a strong validator (RFC 9110, 13.1.5); not of packed bytes."""
    part.unlink(missing_ok=True)
    tag = response.headers.get("ETag", "")
    validator = tag if tag and not tag.startswith("W/") else response.headers.get("Last-Modified", "")
    if "Content-Encoding" in response.headers:
        validator = ""
    beside(part).write_text(json.dumps({"url": url, "validator": validator}), encoding="utf-8")


def forget(part: Path) -> None:
    """Remove a part and its note."""
    part.unlink(missing_ok=True)
    beside(part).unlink(missing_ok=True)
