"""Downloads the documents of a list into a folder, and lists them there in `sources.toml`: `pincite fetch`."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

import filelock
import httpx

from pincite.ingest.atomic_write import move_into_place
from pincite.ingest.errors import BadInput
from pincite.ingest.fetch.download import DownloadSettings, NotFetched, discard, download
from pincite.ingest.file_types import LOCKED, content_format
from pincite.ingest.hashing import hash_file
from pincite.ingest.metadata.manifest import HEADER, NAME, SourceEntry, read_list, url_name, write_list
from pincite.ingest.reading import CONVERT, SUFFIXES

DEFAULT_LIST = Path(__file__).parents[2] / "corpus" / NAME
HEAD = "# Documents downloaded by pincite fetch; pincite ingest reads their metadata here.\n# file: the name here.\n"
STEM_BYTES = 120
CONNECT_TIMEOUT = 10.0  # seconds
# Suffix by the format that the content shows. Formats that are not read are saved so that ingestion says what to do.
FORMAT_SUFFIXES = {
    **{name: suffix for suffix, name in reversed(SUFFIXES.items())},
    "Word 97-2003": ".doc",
    "legacy Office": ".doc",
    LOCKED: ".docx",
}
MEDIA_SUFFIXES = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
PLAIN_TEXT_SUFFIXES = {".md", ".markdown", ".txt"}
TEXT_WINDOW = 1024  # bytes in which a text has no NUL

OnDownload = Callable[[str, int, int | None], None]  # title of the document, bytes so far, bytes in all where known


@dataclass(frozen=True, slots=True)
class Fetched:
    """The result for one document of a list: `fetched`, `there` already, or `failed` for a `reason`."""

    title: str
    url: str
    state: str
    licence: str
    file: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    reason: str | None = None


def select_entries(sources: Path | None = None, only: Sequence[str] = ()) -> tuple[SourceEntry, ...]:
    """The entries of a list whose title, issuer, symbol or address matches a pattern; all of them without patterns.

    Raises BadInput if the list cannot be read or nothing matches.
    """
    place = sources or DEFAULT_LIST
    if not place.is_file():
        raise BadInput(f"There is no list {place}: name one with --sources.")
    found = read_list(place)
    if found.warnings or not found.entries:
        raise BadInput(f"The list {place} cannot be used ({'; '.join(found.warnings) or 'it has no [[document]]'}).")
    chosen = tuple(entry for entry in found.entries if not only or any(matches(entry, pattern) for pattern in only))
    if not chosen:
        raise BadInput(f"No document of {place} matches {' or '.join(only)}: try a pattern such as '*NIST*'.")
    return chosen


def matches(entry: SourceEntry, pattern: str) -> bool:
    """Whether an entry matches a pattern, whatever the case.

    >>> plan = SourceEntry({"title": "A plan", "issuer": "NIST"}, 1)
    >>> matches(plan, "nist"), matches(plan, "plan")
    (True, False)
    """
    return any(fnmatch(entry.text(key).lower(), pattern.lower()) for key in ("title", "issuer", "symbol", "url"))


def fetch(
    entries: Sequence[SourceEntry],
    folder: Path,
    settings: DownloadSettings | None = None,
    on_download: OnDownload = lambda _title, _done, _total: None,
) -> Iterator[Fetched]:
    """Download documents into a folder one after the other; yields each result as soon as it is known.

    Raises BadInput if the folder cannot be used.
    """
    settings = settings or DownloadSettings()
    with locked_folder(folder), open_client(settings) as client:
        listed = listed_tables(folder)
        for entry, stem in zip(entries, file_stems(entries), strict=True):
            task = FetchTask(client, folder, settings, entry, stem)
            fetched = task.earlier_result(listed.get(entry.text("url"))) or task.run(on_download)
            if fetched.file:
                listed[fetched.url] = {
                    **entry.table, "file": fetched.file, "sha256": fetched.sha256, "bytes": fetched.bytes
                }  # fmt: skip
                write_list(folder / NAME, list(listed.values()), list_head(folder))
            yield fetched


@contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """The folder, created if missing and locked for this process. Raises BadInput."""
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file: name a folder with --into.")
    if (folder / NAME).resolve() == DEFAULT_LIST.resolve():
        raise BadInput(f"{folder} contains the list that comes with Pincite: name another folder with --into.")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(folder / ".fetching.lock", timeout=0):
            yield
    except filelock.Timeout as error:
        raise BadInput(f"Another fetch is writing to {folder}: wait until it has finished.") from error


def open_client(settings: DownloadSettings) -> httpx.Client:
    """A client with Pincite's name; proxy variables are ignored, and bytes arrive uncompressed, thus resumable."""
    headers = {"User-Agent": f"pincite/{version('pincite')}", "Accept-Encoding": "identity"}
    timeout = httpx.Timeout(settings.timeout, connect=min(CONNECT_TIMEOUT, settings.timeout))
    return httpx.Client(headers=headers, timeout=timeout, trust_env=False, follow_redirects=False)


def listed_tables(folder: Path) -> dict[str, Mapping[str, Any]]:
    """The entries of the folder's own list by address. Raises BadInput if it is unreadable: it would be overwritten."""
    if not (folder / NAME).exists():
        return {}
    found = read_list(folder / NAME)
    if found.warnings:
        raise BadInput(f"{folder / NAME} cannot be read ({found.warnings[0]}): correct it or move it away.")
    return {entry.text("url") or str(number): entry.table for number, entry in enumerate(found.entries)}


def list_head(folder: Path) -> str:
    """The text before the first entry of the folder's own list."""
    place = folder / NAME
    lines = place.read_text(encoding="utf-8").split("\n") if place.exists() else []
    first = next((number for number, line in enumerate(lines) if HEADER.match(line)), 0)
    return "\n".join(lines[:first]) or HEAD


@dataclass(frozen=True, slots=True)
class FetchTask:
    """One document to download; `stem` is the name of its file without suffix."""

    client: httpx.Client
    folder: Path
    settings: DownloadSettings
    entry: SourceEntry
    stem: str

    def result(self, state: str, path: Path | None = None, digest: str | None = None, reason: str = "") -> Fetched:
        """The result in this state."""
        text = self.entry.text
        size = path.stat().st_size if path else None
        name = path.name if path else None
        return Fetched(text("title"), text("url"), state, text("licence"), name, digest, size, reason or None)

    def earlier_result(self, table: Mapping[str, Any] | None) -> Fetched | None:
        """The file of an earlier run, if it is unchanged and the one that the list describes."""
        expected = self.entry.text("sha256").lower()
        listed = SourceEntry(table or {}, 1)
        paths = [self.folder / listed.text("file")] if is_plain_name(listed.text("file")) else []
        paths += sorted(self.folder.glob(f"{self.stem}.*")) if expected else []
        for path in paths:
            if path.is_file() and path.suffix in {*SUFFIXES, *CONVERT}:
                digest = hash_file(path)
                if digest == (expected or listed.text("sha256").lower()):
                    return self.result("there", path, digest)
        return None

    def run(self, on_download: OnDownload) -> Fetched:
        """Download the document; a failure is a result, not an error."""
        part = self.folder / f"{self.stem}.part"
        title = self.entry.text("title")
        try:
            self.check_entry()
            media = download(
                self.client,
                self.entry.text("url"),
                part,
                self.settings,
                lambda done, total: on_download(title, done, total),
            )
            return self.keep(part, media)
        except NotFetched as reason:
            return self.result("failed", reason=str(reason))

    def check_entry(self) -> None:
        """Raise NotFetched for an entry without title or address."""
        for key in ("title", "url"):
            if not self.entry.text(key).strip():
                raise NotFetched(f"its entry, line {self.entry.line} of the list, has no {key}")

    def keep(self, part: Path, media: str) -> Fetched:
        """Verify a download and name it; one that fails is kept under another name. Raises NotFetched."""
        suffix = suffix_for(part, media, self.entry.text("url"))
        digest, size = hash_file(part), part.stat().st_size
        path = part.with_name(f"{self.stem}{suffix}")
        unverified = path.with_name(f"{path.name}.unverified")
        reason = mismatch(self.entry.table, digest, size)
        unverified.unlink(missing_ok=True)
        move_into_place(part, unverified if reason else path)
        discard(part)
        if reason:
            raise NotFetched(f"{reason}; it is kept as {unverified.name}")
        return self.result("fetched", path, digest)


def mismatch(table: Mapping[str, Any], digest: str, size: int) -> str | None:
    """The difference between a file and its entry, None if there is none."""
    expected_digest, expected_size = table.get("sha256"), table.get("bytes")
    if isinstance(expected_size, int) and expected_size != size:
        return f"it has {size} bytes, not the {expected_size} of its entry"
    if expected_digest is not None and str(expected_digest).lower() != digest:
        return f"its sha256 is {digest[:12]}…, not that of its entry"
    return None


def suffix_for(part: Path, media: str, url: str) -> str:
    """The suffix for a download, by content, else by media type and address. Raises NotFetched if it is no document."""
    in_url = PurePosixPath(url_name(url)).suffix.lower()
    content = content_format(part, "") or content_format(part, "PDF")  # the second accepts bytes before the signature
    if content == "HTML" and in_url == ".pdf":
        raise NotFetched("the server sent a web page in place of the PDF: open the address in a browser")
    suffix = FORMAT_SUFFIXES.get(content) if content else None
    if content is None and is_text(part) and MEDIA_SUFFIXES.get(media) != ".pdf":
        suffix = in_url if media == "text/plain" and in_url in PLAIN_TEXT_SUFFIXES else MEDIA_SUFFIXES.get(media)
    if not suffix:
        raise NotFetched(f"the server sent no document that Pincite reads ({media[:80] or 'no media type'})")
    return suffix


def is_text(path: Path) -> bool:
    """Whether a file may be text: it is not empty and does not begin with binary data."""
    with path.open("rb") as file:
        start = file.read(TEXT_WINDOW)
    return bool(start) and b"\x00" not in start


def file_stems(entries: Sequence[SourceEntry]) -> list[str]:
    """File names without suffix, from issuer and title; a hash of the address makes equal ones unique.

    >>> file_stems([SourceEntry({"issuer": "NIST", "title": "AI RMF: ../1.0?"}, 1)])
    ['nist-ai-rmf-1-0']
    """
    stems = [slug(f"{entry.text('issuer')} {entry.text('title')}") for entry in entries]
    times = Counter(stems)
    return [
        f"{stem}-{hashlib.sha256(entry.text('url').encode()).hexdigest()[:8]}" if times[stem] > 1 else stem
        for entry, stem in zip(entries, stems, strict=True)
    ]


def slug(text: str) -> str:
    """A text as a file name: its words in lower case, as many as fit.

    >>> slug("Закон: про ШІ / AI"), slug("…")
    ('закон-про-ші-ai', 'document')
    """
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())
    name = "-".join(words).encode()[:STEM_BYTES].decode(errors="ignore")
    return name.strip("-") or "document"


def is_plain_name(name: str) -> bool:
    """Whether a name is that of a file in the folder itself, without a path."""
    return bool(name) and PurePosixPath(name).name == name and "\\" not in name
