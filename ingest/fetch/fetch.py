"""A list of documents -> a folder with them, and a `sources.toml` of what is known of each: `pincite fetch`."""

import hashlib
import re
import unicodedata
import zipfile
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
from pincite.ingest.fetch.download import DownloadSettings, NotFetched, download, forget
from pincite.ingest.hashing import hash_file
from pincite.ingest.metadata.manifest import HEADER, NAME, Entry, SourceList, read_list, url_name, write_list
from pincite.ingest.reading import CONVERT, SUFFIXES

DEFAULT_LIST = Path(__file__).parents[2] / "corpus" / NAME
DEFAULT_FOLDER = Path("library")
HEAD = "# Documents brought by pincite fetch; pincite ingest takes what is stated here.\n# file: its name here.\n"
STEM_BYTES = 120
CONNECT = 10.0  # seconds
# What the first bytes of a file show it to be, then what its server calls it.
SIGNATURES = ((b"%PDF-", ".pdf"), (b"{\\rtf", ".rtf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"))
PACKED = (("word/document.xml", ".docx"), ("META-INF/container.xml", ".epub"), ("content.xml", ".odt"))
MEDIA = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
PLAIN = {".md", ".markdown", ".txt"}
WINDOW = 1024

Tell = Callable[[str, int, int | None], None]  # title of the document, bytes so far, of how many


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a document of the list: `fetched`, `there` already, or `failed` for a `reason`."""

    title: str
    url: str
    state: str
    licence: str
    file: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    reason: str | None = None


def wanted(sources: Path | None = None, only: Sequence[str] = ()) -> tuple[Entry, ...]:
    """The entries of a list that fit one of the patterns by title, issuer, symbol or address; all without patterns.

    Raises BadInput for a list that cannot be read, and when nothing fits.
    """
    place = sources or DEFAULT_LIST
    if not place.is_file():
        raise BadInput(f"There is no list {place}: name one with --sources.")
    found = read_list(place)
    if found.warnings or not found.entries:
        raise BadInput(f"The list {place} cannot be used ({'; '.join(found.warnings) or 'it has no [[document]]'}).")
    chosen = tuple(entry for entry in found.entries if not only or any(fits(entry, pattern) for pattern in only))
    if not chosen:
        raise BadInput(f"No document of {place} fits {' or '.join(only)}: try a pattern such as '*NIST*'.")
    return chosen


def fits(entry: Entry, pattern: str) -> bool:
    """Whether a document is meant by a pattern, in which case does not count.

    >>> fits(Entry({"title": "A plan", "issuer": "NIST"}, 1), "nist"), fits(Entry({"title": "A plan"}, 1), "plan")
    (True, False)
    """
    return any(fnmatch(entry.text(key).lower(), pattern.lower()) for key in ("title", "issuer", "symbol", "url"))


def fetch(
    entries: Sequence[Entry],
    folder: Path,
    settings: DownloadSettings | None = None,
    tell: Tell = lambda _title, _done, _total: None,
) -> Iterator[Fetched]:
    """Bring documents into a folder, one by one; what becomes of each is given as soon as it is known.

    Raises BadInput when the folder cannot be used.
    """
    with writing_to(folder), open_client(settings or DownloadSettings()) as client:
        known = known_list(folder)
        stems = stems_of(entries)
        for entry, stem in zip(entries, stems, strict=True):
            work = Work(client, folder, settings or DownloadSettings(), entry, stem)
            fetched = work.done_before(known.get(entry.text("url"))) or work.fetch(tell)
            if fetched.file:
                known[fetched.url] = stated_anew(entry.table, fetched)
                write_list(folder / NAME, list(known.values()), head_of(folder))
            yield fetched


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """The folder, made where it is missing, for this process alone. Raises BadInput."""
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file: name a folder with --into.")
    if (folder / NAME).resolve() == DEFAULT_LIST.resolve():
        raise BadInput(f"{folder} holds the list that comes with Pincite: name another folder with --into.")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(folder / ".fetching.lock", timeout=0):
            yield
    except filelock.Timeout as error:
        raise BadInput(f"Another fetch writes to {folder}: wait until it has ended.") from error


def open_client(settings: DownloadSettings) -> httpx.Client:
    """A client that passes by proxies of the environment, and says who it is; bytes come unpacked, to be resumable."""
    headers = {"User-Agent": f"pincite/{version('pincite')}", "Accept-Encoding": "identity"}
    timeout = httpx.Timeout(settings.timeout, connect=min(CONNECT, settings.timeout))
    return httpx.Client(headers=headers, timeout=timeout, trust_env=False, follow_redirects=False)


def known_list(folder: Path) -> dict[str, Mapping[str, Any]]:
    """The entries of the folder's own list by address. Raises BadInput when it cannot be read: it would be lost."""
    if not (folder / NAME).exists():
        return {}
    found: SourceList = read_list(folder / NAME)
    if found.warnings:
        raise BadInput(f"{folder / NAME} cannot be read ({found.warnings[0]}): mend it or move it away.")
    return {entry.text("url") or str(number): entry.table for number, entry in enumerate(found.entries)}


def head_of(folder: Path) -> str:
    """What stands above the first entry of the folder's own list."""
    place = folder / NAME
    lines = place.read_text(encoding="utf-8").split("\n") if place.exists() else []
    first = next((number for number, line in enumerate(lines) if HEADER.match(line)), 0)
    return "\n".join(lines[:first]) or HEAD


def stated_anew(table: Mapping[str, Any], fetched: Fetched) -> dict[str, Any]:
    """An entry with the name and the measures of the file that was brought."""
    return {**table, "file": fetched.file, "sha256": fetched.sha256, "bytes": fetched.bytes}


@dataclass(frozen=True, slots=True)
class Work:
    """One document to bring: where from, where to, and under which name without suffix."""

    client: httpx.Client
    folder: Path
    settings: DownloadSettings
    entry: Entry
    stem: str

    def result(self, state: str, path: Path | None = None, digest: str | None = None, reason: str = "") -> Fetched:
        """What became of the document."""
        text = self.entry.text
        size = path.stat().st_size if path else None
        name = path.name if path else None
        return Fetched(text("title"), text("url"), state, text("licence"), name, digest, size, reason or None)

    def done_before(self, known: Mapping[str, Any] | None) -> Fetched | None:
        """The file of an earlier run, where it is still what it was and what the list states."""
        stated = self.entry.text("sha256").lower()
        noted = Entry(known or {}, 1)
        paths = [self.folder / noted.text("file")] if plain(noted.text("file")) else []
        paths += sorted(self.folder.glob(f"{self.stem}.*")) if stated else []
        for path in paths:
            if path.is_file() and path.suffix in {*SUFFIXES, *CONVERT}:
                digest = hash_file(path)
                if digest == (stated or noted.text("sha256").lower()):
                    return self.result("there", path, digest)
        return None

    def fetch(self, tell: Tell) -> Fetched:
        """Bring the document; a failure is told, never raised."""
        part = self.folder / f"{self.stem}.part"
        title = self.entry.text("title")
        try:
            self.check_entry()
            media = download(
                self.client, self.entry.text("url"), part, self.settings, lambda done, total: tell(title, done, total)
            )
            return self.keep(part, media)
        except NotFetched as reason:
            return self.result("failed", reason=str(reason))

    def check_entry(self) -> None:
        """Raise NotFetched for an entry without title or address."""
        for key in ("title", "url"):
            if not self.entry.text(key).strip():
                raise NotFetched(f"its entry, line {self.entry.line} of the list, states no {key}")

    def keep(self, part: Path, media: str) -> Fetched:
        """Check what was received and give it its name, or set it aside. Raises NotFetched."""
        url = self.entry.text("url")
        suffix = suffix_of(part, media, url)
        digest, size = hash_file(part), part.stat().st_size
        path = part.with_name(f"{self.stem}{suffix}")
        aside = path.with_name(f"{path.name}.unverified")
        reason = difference(self.entry.table, digest, size)
        aside.unlink(missing_ok=True)
        move_into_place(part, aside if reason else path)
        forget(part)
        if reason:
            raise NotFetched(f"{reason}; it is set aside as {aside.name}")
        return self.result("fetched", path, digest)


def difference(table: Mapping[str, Any], digest: str, size: int) -> str | None:
    """How a file differs from what its entry states, None where it does not."""
    stated_digest, stated_size = table.get("sha256"), table.get("bytes")
    if isinstance(stated_size, int) and stated_size != size:
        return f"it has {size} bytes, not the {stated_size} that are stated"
    if stated_digest is not None and str(stated_digest).lower() != digest:
        return f"its sha256 is {digest[:12]}…, not the one that is stated"
    return None


def suffix_of(part: Path, media: str, url: str) -> str:
    """The suffix of a file by its first bytes, then by media type and address. Raises NotFetched for no document."""
    with part.open("rb") as file:
        start = file.read(WINDOW)
    named = PurePosixPath(url_name(url)).suffix.lower()
    found = shown_suffix(part, start)
    if found == ".html" and named == ".pdf":
        raise NotFetched("the server sent a web page in place of the PDF: open the address in a browser")
    if not found and start and b"\x00" not in start and MEDIA.get(media) != ".pdf":
        found = named if media == "text/plain" and named in PLAIN else MEDIA.get(media)
    if not found:
        raise NotFetched(f"the server sent no document that is read here ({media[:80] or 'of no stated type'})")
    return found


def shown_suffix(part: Path, start: bytes) -> str | None:
    """The suffix that the content of a file shows, None where it shows nothing. `start`: its first bytes."""
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        return ".html"
    if start.startswith(b"PK\x03\x04"):
        return packed_suffix(part)
    return next((suffix for sign, suffix in SIGNATURES if sign in start), None)


def packed_suffix(part: Path) -> str | None:
    """The suffix of a packed document, None for any other archive."""
    try:
        with zipfile.ZipFile(part) as archive:
            names = set(archive.namelist())
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return None
    return next((suffix for name, suffix in PACKED if name in names), None)


def stems_of(entries: Sequence[Entry]) -> list[str]:
    """Names without suffix, from issuer and title alone; two that would be one are told apart by their addresses.

    >>> stems_of([Entry({"issuer": "NIST", "title": "AI RMF: ../1.0?"}, 1)])
    ['nist-ai-rmf-1-0']
    """
    stems = [slug(f"{entry.text('issuer')} {entry.text('title')}") for entry in entries]
    times = Counter(stems)
    return [
        f"{stem}-{hashlib.sha256(entry.text('url').encode()).hexdigest()[:8]}" if times[stem] > 1 else stem
        for entry, stem in zip(entries, stems, strict=True)
    ]


def slug(text: str) -> str:
    """A text as a file's name: its words in small letters, as many as fit.

    >>> slug("Закон: про ШІ / AI"), slug("…")
    ('закон-про-ші-ai', 'document')
    """
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())
    name = "-".join(words).encode()[:STEM_BYTES].decode(errors="ignore")
    return name.strip("-") or "document"


def plain(name: str) -> bool:
    """Whether a name is that of a file in the folder itself."""
    return bool(name) and PurePosixPath(name).name == name and "\\" not in name
