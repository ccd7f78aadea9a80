"""Documents brought by the browser: named safely, kept beside the index, taken in one by one.

They are kept beside the index folder and not in it, since an index can always be made again and what was uploaded may
stand nowhere else: who removes the index folder, as some messages advise, must not lose documents. Each index has its
own folder there, so that `pincite ingest uploads/NAME` brings them all back.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from pincite.ingest.atomic_write import write_bytes
from pincite.ingest.discovery import is_metadata_file
from pincite.ingest.errors import RejectedFile
from pincite.ingest.progress import IngestState, Progress, Summary
from pincite.ui.background_job import Job, watch
from pincite.ui.engine import Engine
from pincite.ui.escaping import as_html

LIMIT = 100  # MB of a file
LONGEST_NAME = 200  # bytes; file systems take 255
JOB = "upload"  # in the session: the files that are being taken in, or were last
SIGNS = {"added": "✓", "replaced": "✓", "there already": "=", "rejected": "✗", "failed": "✗"}


@dataclass(frozen=True, slots=True)
class Given:
    """A file as the browser gave it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: one of SIGNS, and what there is to say about it."""

    name: str
    became: str
    remarks: tuple[str, ...] = ()


def uploads_of(folder: Path) -> Path:
    """Where the uploaded documents of an index are kept."""
    index = folder.resolve()
    return index.parent / "uploads" / (index.name.strip(".") or "index")


def show_upload(engine: Engine) -> None:
    """The field for files, how far they are, and what became of each."""
    job: Job[Taken] | None = st.session_state.get(JOB)
    if job and job.running:
        watch(job, "Reading files", show_taken)
        return
    with st.form("upload-form", clear_on_submit=True, border=False):
        files = st.file_uploader(
            "PDF, Word, OpenDocument, RTF, EPUB, HTML, Markdown or text; several at once",
            accept_multiple_files=True,
            max_upload_size=LIMIT,
            key="upload-files",
        )
        if st.form_submit_button("Add to the library", type="primary") and files:
            given = [Given(file.name, file.getvalue()) for file in files]
            st.session_state[JOB] = Job(partial(take_all, engine, given))
            st.rerun()
    if job:
        show_taken(job)


def take_all(engine: Engine, files: Sequence[Given], job: Job[Taken]) -> None:
    """Take files in, one after the other; a bad one stops no other."""
    for number, file in enumerate(files):
        job.at = file.name
        job.tell(number, len(files))
        try:
            job.found.append(take(engine, file, partial(tell, job, number, len(files))))
        except RejectedFile as reason:
            job.found.append(Taken(file.name, "rejected", (str(reason),)))
    job.tell(len(files), len(files))


def tell(job: Job[Taken], number: int, of: int, state: IngestState) -> None:
    """Note how far the file in hand is; it is never stopped halfway."""
    job.done, job.of = number + 0.99 * state.share, of


def take(engine: Engine, file: Given, progress: Progress) -> Taken:
    """Keep a file and take it in; where it is rejected, what stood in its place stands there again.

    Raises RejectedFile.
    """
    target = uploads_of(engine.folder) / safe_name(file.name)
    if len(file.content) > LIMIT * 1_000_000:
        raise RejectedFile(f"it is larger than {LIMIT} MB; add it with pincite ingest on the server")
    before = target.read_bytes() if target.is_file() else None
    put(target, file.content)
    taken = False
    try:
        summary = engine.ingest(target, progress)
        if summary.rejected:
            raise RejectedFile(summary.rejected[0][1])
        taken = True
    finally:
        if not taken:
            put(target, before)
    return Taken(target.name, became(summary), tuple(warning for _, warning in summary.warnings))


def put(target: Path, content: bytes | None) -> None:
    """Have a file hold this; none, where it held nothing."""
    if content is None:
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(target, content)


def became(summary: Summary) -> str:
    """What a run over one file did with it."""
    if summary.added:
        return "added"
    return "replaced" if summary.updated else "there already"


def safe_name(name: str) -> str:
    r"""The name under which a file is kept: its last part, without what could lead elsewhere. Raises RejectedFile.

    >>> safe_name("../../etc/Report 1.pdf"), safe_name("C:\\temp\\.hidden\x00.md")
    ('Report 1.pdf', 'hidden.md')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    printable = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    kept = Path(re.sub(r'[<>:"|?*]', "_", printable))
    room = max(LONGEST_NAME - len(kept.suffix.encode()), 0)
    safe = kept.stem.encode()[:room].decode(errors="ignore") + kept.suffix
    if not safe or not room:
        raise RejectedFile("it has no name that can be kept; give it a shorter one, with letters")
    if is_metadata_file(Path(safe)):
        raise RejectedFile("it describes other documents; put it beside them and run pincite ingest on the server")
    return safe


def show_taken(job: Job[Taken]) -> None:
    """What became of each file, as text."""
    if job.error:
        st.html(f'<p class="pincite-support-unsupported">{as_html(job.error)}</p>')
    if job.found:
        st.html("".join(map(taken_line, job.found)))


def taken_line(taken: Taken) -> str:
    """What became of a file, as HTML."""
    remarks = "".join(f'<p class="pincite-small">{as_html(remark)}</p>' for remark in taken.remarks)
    said = f"{SIGNS[taken.became]} {taken.name}: {taken.became}"
    return f'<p class="pincite-heading" dir="auto">{as_html(said)}</p>{remarks}'
