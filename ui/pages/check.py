"""The Check page: checks the claims of a draft against the library. Only this window keeps the draft."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import streamlit as st

from pincite.answer.query.filters import Filters
from pincite.briefing.draft_check.check import SUFFIXES, CheckedSentence, Report, check_draft
from pincite.briefing.draft_check.verdicts import ClaimVerdict
from pincite.briefing.writers.check_report import reference_rows, writer_of_check
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import open_index
from pincite.ui.background_job import BackgroundJob, watch
from pincite.ui.conversation.turn import paragraph
from pincite.ui.engine import Engine
from pincite.ui.escaping import as_html, as_markdown
from pincite.ui.page_header import open_page
from pincite.ui.sidebar import SidebarChoice, choose_library
from pincite.ui.source.location import SourceLocation, location_of_citation
from pincite.ui.source.panel import close_source, room_for_source, show_opened, source_button

JOB = "check-job"  # in the session: the draft being checked, or checked last
FORMS = (".docx", ".html", ".jsonl")
LIMIT = 20  # MB of a draft
PASTED = "Pasted draft"
EXAMPLE = "The facility began its work in 2024 with three sites. Under MF/RES/3/2, para. 2, a fourth site was added."


@dataclass(frozen=True, slots=True)
class SubmittedDraft:
    """A pasted or uploaded text; the suffix of its name selects the reader."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A checked draft: its report, and the report files by suffix."""

    name: str
    report: Report
    files: dict[str, bytes]


def check_page(folder: Path, server: str | None) -> None:
    """The page."""
    engine, entries = open_page("Check", folder, server)
    if not entries:
        return
    with st.sidebar:
        choice = choose_library(entries)
    job: BackgroundJob[CheckedDraft] | None = st.session_state.get(JOB)
    with st.expander("The draft", icon=":material/draft:", expanded=not (job and job.results)):
        show_start(engine, choice, job)
    if job and job.running:
        watch(job, "Checking sentences")
    elif job:
        show_end(job)
        for checked in job.results:
            show_report(engine, checked.report, checked.name, checked.files)


def show_start(engine: Engine, choice: SidebarChoice, job: BackgroundJob[CheckedDraft] | None) -> None:
    """Show the input for a draft and the button that checks it."""
    st.write(
        "Each claim in a text is checked against the library, and each reference in it, such as a symbol with a "
        "paragraph, is looked up. Neither the text nor the report is stored."
    )
    draft = given_draft()
    # Once there are results, the open source has the only primary button: that is how it is kept in view.
    look: Literal["primary", "secondary"] = "secondary" if job and job.results else "primary"
    busy = job is not None and job.running
    start = st.button("Check it", type=look, icon=":material/fact_check:", disabled=busy, key="check-it")
    if start and not draft:
        st.info("Paste a text, or upload a file, first.")
    elif start and draft:
        close_source()
        st.session_state[JOB] = BackgroundJob(partial(check, engine.folder, engine.server, draft, choice.filters()))
        st.rerun()


def given_draft() -> SubmittedDraft | None:
    """Draw the input; returns the draft or None. A file takes precedence over text. Raises BadInput."""
    pasted, uploaded = st.tabs(["Paste", "Upload"])
    text = pasted.text_area("Text; lines with # are headings", placeholder=EXAMPLE, height=200, key="draft-text")
    forms = ", ".join(suffix.removeprefix(".") for suffix in SUFFIXES)
    file = uploaded.file_uploader(
        f"A draft ({forms}); it takes precedence over pasted text", key="draft-file", max_upload_size=LIMIT
    )
    if file:
        if Path(file.name).suffix.lower() not in SUFFIXES:
            raise BadInput(f"{file.name} cannot be read as a draft: save it as {forms}.")
        return SubmittedDraft(file.name, file.getvalue())
    return SubmittedDraft(f"{PASTED}{'.md' if '#' in text else '.txt'}", text.encode()) if text.strip() else None


def check(
    folder: Path, server: str | None, draft: SubmittedDraft, filters: Filters, job: BackgroundJob[CheckedDraft]
) -> None:
    """Check a draft and write the report in every format. Raises BadInput."""
    name = Path(draft.name)
    with TemporaryDirectory() as place, open_index(folder, server=server) as index:
        file = Path(place, f"draft{name.suffix.lower()}")
        file.write_bytes(draft.content)
        try:
            report = check_draft(index, file, filters, job.report_progress)
        except BadInput as error:
            raise BadInput(str(error).replace(str(file), draft.name)) from error
        job.results.append(CheckedDraft(name.stem, report, written(report, Path(place))))


def written(report: Report, place: Path) -> dict[str, bytes]:
    """The report in every format, by suffix."""
    files = {suffix: place / f"report{suffix}" for suffix in FORMS}
    for file in files.values():
        writer_of_check(file)(report, file)
    return {suffix: file.read_bytes() for suffix, file in files.items()}


def show_end(job: BackgroundJob[CheckedDraft]) -> None:
    """Show why the last check did not finish."""
    if job.error:
        st.error(as_markdown(job.error))
    elif not job.results:
        st.info(f"Stopped after {int(job.done)} of {job.total} sentences; no results are kept.")


MARKS = {
    ClaimVerdict.SUPPORTED: "✓ Supported",
    ClaimVerdict.PARTLY: "◐ Partly supported",
    ClaimVerdict.CONTRADICTED: "✗ Contradicted",
    ClaimVerdict.ABSENT: "? Not found",
}
STRONG = {ClaimVerdict.CONTRADICTED, ClaimVerdict.ABSENT, ClaimVerdict.PARTLY}  # verdicts that must not be overlooked
NAMES = {".docx": "Word", ".html": "HTML", ".jsonl": "JSON Lines"}
TURN = -1  # distinguishes sources opened here from those of a conversation
EACH_PAGE = 20  # claims
SHOWN = "check-shown"  # in the session: the verdicts shown
PAGE = "check-page"  # in the session: the current page of claims


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim: its sentence number, its findings, and the heading above it."""

    number: int
    finding: CheckedSentence
    heading: str

    def places(self) -> list[SourceLocation]:
        """The sources of its citations, with names that include the sentence number."""
        found = (location_of_citation(citation) for citation in self.finding.citations)
        return [replace(place, name=f"{place.name} of sentence {self.number}") for place in found]


def show_report(engine: Engine, report: Report, name: str, files: Mapping[str, bytes]) -> None:
    """Show the results of a check. `name`: of the draft, without suffix; `files`: the report by suffix."""
    st.subheader(as_markdown(report.title), anchor=False)
    show_downloads(name, files)
    claims = list(claims_of(report))
    if not claims:
        st.info("The draft contains no factual claims.")
    st.caption(f"{len(claims)} claims in {len(report.sentences)} sentences and headings; the others make no claim.")
    show_references(report)
    if claims:
        show_claims(engine, chosen(claims))


def show_downloads(name: str, files: Mapping[str, bytes]) -> None:
    """Show a download button for each format of the report."""
    with st.container(horizontal=True):
        for suffix, content in files.items():
            st.download_button(
                f"Download {NAMES[suffix]}",
                content,
                f"{name} checked{suffix}",
                on_click="ignore",
                icon=":material/download:",
                key=f"check{suffix}",
            )


def claims_of(report: Report) -> Iterator[ShownClaim]:
    """The claims of a draft in order."""
    heading = ""
    for number, finding in enumerate(report.sentences, 1):
        if finding.sentence.heading:
            heading = finding.sentence.text
        elif finding.verdict:
            yield ShownClaim(number, finding, heading)


def show_references(report: Report) -> None:
    """Show the references in the draft in an expander, with the number of missing ones in its title."""
    references = report.references()
    wrong = sum(reference.wrong is not None for reference in references)
    if not references:
        return
    with st.expander(f"References in the draft: {len(references)}, {wrong or 'none'} of them not in the library"):
        head, *rows = reference_rows(report)
        st.dataframe(
            [dict(zip(head, row, strict=True)) for row in rows], hide_index=True, alt="The references of the draft"
        )


def chosen(claims: Sequence[ShownClaim]) -> list[ShownClaim]:
    """Draw the verdicts with counts; returns the claims with the selected verdicts, or all."""
    counts = {mark: sum(claim.finding.verdict is mark for claim in claims) for mark in MARKS}
    picked = st.pills(
        "Show claims that are",
        list(MARKS),
        selection_mode="multi",
        format_func=lambda mark: f"{MARKS[mark]}: {counts[mark]}",
        key=SHOWN,
        on_change=turn_back,
    )
    return [claim for claim in claims if not picked or claim.finding.verdict in picked]


def turn_back() -> None:
    """Return to the first page and close the source after the selection changed."""
    st.session_state[PAGE] = 1
    close_source()


def show_claims(engine: Engine, claims: Sequence[ShownClaim]) -> None:
    """Show a page of claims with the open source beside it."""
    pages = max(1, -(-len(claims) // EACH_PAGE))
    page = st.pagination(pages, key=PAGE, on_change=close_source) if pages > 1 else 1
    shown = claims[(page - 1) * EACH_PAGE : page * EACH_PAGE]
    left, right = room_for_source()
    with left:
        heading = ""
        for claim in shown:
            if claim.heading != heading:
                st.html(paragraph(claim.heading, "heading"))
            heading = claim.heading
            show_claim(claim)
        if not shown:
            st.write("No claim in the draft has these verdicts.")
    with right:
        show_opened(engine, [TURN], lambda _: [one for claim in shown for one in claim.places()])


def show_claim(claim: ShownClaim) -> None:
    """Show a claim with verdict, reasons, missing references, and source buttons."""
    found = claim.finding
    with st.container(border=True, gap="xsmall"):
        st.html(paragraph(found.sentence.text, "statement") + mark_line(found))
        places = claim.places()
        if places:
            st.html(paragraph(introduction(found), "small"))
        for place, citation in zip(places, found.citations, strict=True):
            label = as_markdown(f"[{citation.number}] {citation.reference()}")
            source_button(TURN, place, f"check-{claim.number}-{citation.number}", label)


def mark_line(found: CheckedSentence) -> str:
    """The verdict on a claim with reasons, as HTML."""
    wrong = [reference.wrong for reference in found.references if reference.wrong]
    said = " ".join(dict.fromkeys([*found.reasons, *wrong]))
    mark = MARKS[found.verdict] if found.verdict else ""
    style = "pincite-support-partly" if found.verdict in STRONG else ""
    shown = f'<span class="pincite-support {style}">{as_html(mark)}</span>'
    return shown + (f'<span class="pincite-support">: {as_html(said)}</span>' if said else "")


def introduction(found: CheckedSentence) -> str:
    """The introduction to the sources of a claim."""
    if found.verdict is ClaimVerdict.ABSENT:
        return "Nearest passages:"
    return "The library says:" if found.verdict is ClaimVerdict.CONTRADICTED else "Based on:"
