"""Uploaded documents: named safely, stored beside the index and ingested one by one.

They are stored beside the index folder, not in it: an index can be rebuilt, an upload may be the only copy, and some
messages advise removing the index folder. Each index has its own folder there, so that `pincite ingest uploads/NAME`
brings them all back.
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
from pincite.ui.background_job import BackgroundJob, watch
from pincite.ui.engine import Engine
from pincite.ui.escaping import as_html

LIMIT = 100  # MB of a file
LONGEST_NAME = 200  # bytes; file systems take 255
JOB = "upload"  # in the session: the files being ingested, or ingested last
SIGNS = {"added": "✓", "replaced": "✓", "there already": "=", "rejected": "✗", "failed": "✗"}


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file uploaded by the browser."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class IngestedFile:
    """The outcome for a file (one of SIGNS) with remarks."""

    name: str
    outcome: str
    remarks: tuple[str, ...] = ()


def uploads_of(folder: Path) -> Path:
    """The folder with the uploaded documents of an index."""
    index = folder.resolve()
    return index.parent / "uploads" / (index.name.strip(".") or "index")


def show_upload(engine: Engine) -> None:
    """Show the upload field, progress, and outcomes."""
    job: BackgroundJob[IngestedFile] | None = st.session_state.get(JOB)
    if job and job.running:
        watch(job, "Reading files", show_ingested)
        return
    with st.form("upload-form", clear_on_submit=True, border=False):
        files = st.file_uploader(
            "PDF, Word, OpenDocument, RTF, EPUB, HTML, Markdown or text; several at once",
            accept_multiple_files=True,
            max_upload_size=LIMIT,
            key="upload-files",
        )
        if st.form_submit_button("Add to the library", type="primary") and files:
            given = [UploadedFile(file.name, file.getvalue()) for file in files]
            st.session_state[JOB] = BackgroundJob(partial(take_all, engine, given))
            st.rerun()
    if job:
        show_ingested(job)


def take_all(engine: Engine, files: Sequence[UploadedFile], job: BackgroundJob[IngestedFile]) -> None:
    """Ingest files one by one; a rejected file does not stop the others."""
    for number, file in enumerate(files):
        job.current = file.name
        job.report_progress(number, len(files))
        try:
            job.results.append(take(engine, file, partial(tell, job, number, len(files))))
        except RejectedFile as reason:
            job.results.append(IngestedFile(file.name, "rejected", (str(reason),)))
    job.report_progress(len(files), len(files))


def tell(job: BackgroundJob[IngestedFile], number: int, of: int, state: IngestState) -> None:
    """Record the progress within a file, which is never stopped halfway."""
    job.done, job.total = number + 0.99 * state.share, of


def take(engine: Engine, file: UploadedFile, progress: Progress) -> IngestedFile:
    """Store and ingest a file; if it is rejected, the previous file is restored.

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
    return IngestedFile(target.name, outcome_of(summary), tuple(warning for _, warning in summary.warnings))


def put(target: Path, content: bytes | None) -> None:
    """Write a file, or remove it for None."""
    if content is None:
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(target, content)


def outcome_of(summary: Summary) -> str:
    """The outcome of ingesting one file."""
    if summary.added:
        return "added"
    return "replaced" if summary.updated else "there already"


def safe_name(name: str) -> str:
    r"""A safe file name: the last part, without path or special characters. Raises RejectedFile.

    >>> safe_name("../../etc/Report 1.pdf"), safe_name("C:\\temp\\.hidden\x00.md")
    ('Report 1.pdf', 'hidden.md')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    printable = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    kept = Path(re.sub(r'[<>:"|?*]', "_", printable))
    room = max(LONGEST_NAME - len(kept.suffix.encode()), 0)
    safe = kept.stem.encode()[:room].decode(errors="ignore") + kept.suffix
    if not safe or not room:
        raise RejectedFile("its name cannot be used; give it a shorter one, with letters")
    if is_metadata_file(Path(safe)):
        raise RejectedFile("it describes other documents; put it beside them and run pincite ingest on the server")
    return safe


def show_ingested(job: BackgroundJob[IngestedFile]) -> None:
    """Show the outcome for each file."""
    if job.error:
        st.html(f'<p class="pincite-support-unsupported">{as_html(job.error)}</p>')
    if job.results:
        st.html("".join(map(ingested_line, job.results)))


def ingested_line(taken: IngestedFile) -> str:
    """The outcome for a file, as HTML."""
    remarks = "".join(f'<p class="pincite-small">{as_html(remark)}</p>' for remark in taken.remarks)
    said = f"{SIGNS[taken.outcome]} {taken.name}: {taken.outcome}"
    return f'<p class="pincite-heading" dir="auto">{as_html(said)}</p>{remarks}'
