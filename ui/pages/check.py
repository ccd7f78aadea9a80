"""The Check page: a draft that somebody wrote, its claims against the library. Only this window keeps the draft."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import streamlit as st

from pincite.answer.query.filters import Filters
from pincite.briefing.draft_check.check import SUFFIXES, Report, check_draft
from pincite.briefing.writers.check_report import writer_of_check
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import open_index
from pincite.ui.background_job import Job, watch
from pincite.ui.engine import Engine
from pincite.ui.escaping import as_markdown
from pincite.ui.page_header import begin
from pincite.ui.pages.check_results import show_report
from pincite.ui.sidebar import Choice, choose_library
from pincite.ui.source.panel import close_place

JOB = "check-job"  # in the session: the draft that is being checked, or was last
FORMS = (".docx", ".html", ".jsonl")
LIMIT = 20  # MB of a draft
PASTED = "Pasted draft"
EXAMPLE = "The facility began its work in 2024 with three sites. Under MF/RES/3/2, para. 2, a fourth site was added."


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it was pasted or uploaded; the suffix of the name says how it is read."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of a draft, and the report as it is downloaded, by suffix."""

    name: str
    report: Report
    files: dict[str, bytes]


def check_page(folder: Path, server: str | None) -> None:
    """The page."""
    engine, entries = begin("Check", folder, server)
    if not entries:
        return
    with st.sidebar:
        choice = choose_library(entries)
    job: Job[Checked] | None = st.session_state.get(JOB)
    with st.expander("The draft", icon=":material/draft:", expanded=not (job and job.found)):
        show_start(engine, choice, job)
    if job and job.running:
        watch(job, "Checking sentences")
    elif job:
        show_end(job)
        for checked in job.found:
            show_report(engine, checked.report, checked.name, checked.files)


def show_start(engine: Engine, choice: Choice, job: Job[Checked] | None) -> None:
    """The fields for a draft and the button that checks it."""
    st.write(
        "Each claim of a text that somebody wrote is looked for in the library, and each reference in it, "
        "such as a symbol with a paragraph. The text stays in this window: neither it nor the report is kept."
    )
    draft = given_draft()
    # Once there are results, a source that is open has the page's one primary button: it is kept in view by that.
    look: Literal["primary", "secondary"] = "secondary" if job and job.found else "primary"
    busy = job is not None and job.running
    start = st.button("Check it", type=look, icon=":material/fact_check:", disabled=busy, key="check-it")
    if start and not draft:
        st.info("Paste a text, or upload a file, first.")
    elif start and draft:
        close_place()
        st.session_state[JOB] = Job(partial(check, engine.folder, engine.server, draft, choice.filters()))
        st.rerun()


def given_draft() -> Draft | None:
    """Draw the fields; the draft, None while there is none. A file goes before a text. Raises BadInput."""
    pasted, uploaded = st.tabs(["Paste", "Upload"])
    text = pasted.text_area("Text; lines with # are headings", placeholder=EXAMPLE, height=200, key="draft-text")
    forms = ", ".join(suffix.removeprefix(".") for suffix in SUFFIXES)
    file = uploaded.file_uploader(
        f"A draft ({forms}); it goes before a pasted text", key="draft-file", max_upload_size=LIMIT
    )
    if file:
        if Path(file.name).suffix.lower() not in SUFFIXES:
            raise BadInput(f"{file.name} is no draft that is read: save it as {forms}.")
        return Draft(file.name, file.getvalue())
    return Draft(f"{PASTED}{'.md' if '#' in text else '.txt'}", text.encode()) if text.strip() else None


def check(folder: Path, server: str | None, draft: Draft, filters: Filters, job: Job[Checked]) -> None:
    """Check a draft and write the report in every form. Raises BadInput."""
    name = Path(draft.name)
    with TemporaryDirectory() as place, open_index(folder, server=server) as index:
        file = Path(place, f"draft{name.suffix.lower()}")
        file.write_bytes(draft.content)
        try:
            report = check_draft(index, file, filters, job.tell)
        except BadInput as error:
            raise BadInput(str(error).replace(str(file), draft.name)) from error
        job.found.append(Checked(name.stem, report, written(report, Path(place))))


def written(report: Report, place: Path) -> dict[str, bytes]:
    """The report in every form, by suffix."""
    files = {suffix: place / f"report{suffix}" for suffix in FORMS}
    for file in files.values():
        writer_of_check(file)(report, file)
    return {suffix: file.read_bytes() for suffix, file in files.items()}


def show_end(job: Job[Checked]) -> None:
    """How the last check ended where it did not come to its end."""
    if job.error:
        st.error(as_markdown(job.error))
    elif not job.found:
        st.info(f"Stopped after {int(job.done)} of {job.of} sentences; nothing of it is kept.")
