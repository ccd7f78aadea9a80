"""The Check page: checks the claims of a draft against the library. Only this window keeps the draft."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import streamlit as st

from pincite.answer.query.filters import Filters
from pincite.briefing.draft_check.check import SUFFIXES, CheckedSentence, ClaimVerdict, Report, check_draft
from pincite.briefing.writers.check_report import reference_rows, writer_of_check
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import open_index
from pincite.ui.background_job import Job, watch
from pincite.ui.conversation.turn import paragraph
from pincite.ui.engine import Engine
from pincite.ui.escaping import as_html, as_markdown
from pincite.ui.page_header import begin
from pincite.ui.sidebar import Choice, choose_library
from pincite.ui.source.location import Place, place_of_citation
from pincite.ui.source.panel import close_place, place_button, room_for_source, show_opened

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


MARKS = {
    ClaimVerdict.SUPPORTED: "✓ Supported",
    ClaimVerdict.PARTLY: "◐ Partly supported",
    ClaimVerdict.CONTRADICTED: "✗ Contradicted",
    ClaimVerdict.ABSENT: "? Not found",
}
STRONG = {ClaimVerdict.CONTRADICTED, ClaimVerdict.ABSENT, ClaimVerdict.PARTLY}  # marks that a reader must not overlook
NAMES = {".docx": "Word", ".html": "HTML", ".jsonl": "JSON Lines"}
TURN = -1  # by which sources opened here are told from those of a conversation
EACH_PAGE = 20  # claims
SHOWN = "check-shown"  # in the session: the marks whose claims are shown
PAGE = "check-page"  # in the session: which page of them


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: its number among the sentences of the draft, what was found of it, and the heading above it."""

    number: int
    finding: CheckedSentence
    heading: str

    def places(self) -> list[Place]:
        """The places of its citations, named by the claim."""
        found = (place_of_citation(citation) for citation in self.finding.citations)
        return [replace(place, name=f"{place.name} of sentence {self.number}") for place in found]


def show_report(engine: Engine, report: Report, name: str, files: Mapping[str, bytes]) -> None:
    """The results of a check. `name`: of the draft, without suffix; `files`: the report by suffix."""
    st.subheader(as_markdown(report.title), anchor=False)
    show_downloads(name, files)
    claims = list(claims_of(report))
    if not claims:
        st.info("The draft has no sentence that claims anything of the world.")
    st.caption(f"{len(claims)} claims in {len(report.sentences)} sentences and headings; the others claim nothing.")
    show_references(report)
    if claims:
        show_claims(engine, chosen(claims))


def show_downloads(name: str, files: Mapping[str, bytes]) -> None:
    """A button for each form of the report."""
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


def claims_of(report: Report) -> Iterator[Claim]:
    """The claims of a draft in their order."""
    heading = ""
    for number, finding in enumerate(report.sentences, 1):
        if finding.sentence.heading:
            heading = finding.sentence.text
        elif finding.verdict:
            yield Claim(number, finding, heading)


def show_references(report: Report) -> None:
    """The references of the draft, folded; how many of them the library does not have stands outside."""
    references = report.references()
    wrong = sum(reference.wrong is not None for reference in references)
    if not references:
        return
    with st.expander(f"References in the draft: {len(references)}, {wrong or 'none'} of them not in the library"):
        head, *rows = reference_rows(report)
        st.dataframe(
            [dict(zip(head, row, strict=True)) for row in rows], hide_index=True, alt="The references of the draft"
        )


def chosen(claims: Sequence[Claim]) -> list[Claim]:
    """Draw the marks with how many claims bear each; the claims of those that are picked, all where none is."""
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
    """Begin with the first page and no source: what is shown has changed."""
    st.session_state[PAGE] = 1
    close_place()


def show_claims(engine: Engine, claims: Sequence[Claim]) -> None:
    """A page of claims, and beside them the source that is open."""
    pages = max(1, -(-len(claims) // EACH_PAGE))
    page = st.pagination(pages, key=PAGE, on_change=close_place) if pages > 1 else 1
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
            st.write("No claim of the draft bears these marks.")
    with right:
        show_opened(engine, [TURN], lambda _: [one for claim in shown for one in claim.places()])


def show_claim(claim: Claim) -> None:
    """A claim with its mark, the reasons, the references that lead nowhere, and buttons that open its sources."""
    found = claim.finding
    with st.container(border=True, gap="xsmall"):
        st.html(paragraph(found.sentence.text, "statement") + mark_line(found))
        places = claim.places()
        if places:
            st.html(paragraph(introduction(found), "small"))
        for place, citation in zip(places, found.citations, strict=True):
            label = as_markdown(f"[{citation.number}] {citation.reference()}")
            place_button(TURN, place, f"check-{claim.number}-{citation.number}", label)


def mark_line(found: CheckedSentence) -> str:
    """The mark of a claim with its reasons, as HTML."""
    wrong = [reference.wrong for reference in found.references if reference.wrong]
    said = " ".join(dict.fromkeys([*found.reasons, *wrong]))
    mark = MARKS[found.verdict] if found.verdict else ""
    style = "pincite-support-partly" if found.verdict in STRONG else ""
    shown = f'<span class="pincite-support {style}">{as_html(mark)}</span>'
    return shown + (f'<span class="pincite-support">: {as_html(said)}</span>' if said else "")


def introduction(found: CheckedSentence) -> str:
    """What the sources of a claim are to it."""
    if found.verdict is ClaimVerdict.ABSENT:
        return "What comes nearest:"
    return "The library says:" if found.verdict is ClaimVerdict.CONTRADICTED else "It rests on:"
