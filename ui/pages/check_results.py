"""What was found of a draft: how much stands, each claim with its mark and sources, and the report to download."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from pincite.briefing.draft_check.check import CheckedSentence, ClaimVerdict, Report
from pincite.briefing.writers.check_report import reference_rows
from pincite.ui.conversation.turn import paragraph
from pincite.ui.engine import Engine
from pincite.ui.escaping import as_html, as_markdown
from pincite.ui.source.location import Place, place_of_citation
from pincite.ui.source.panel import close_place, place_button, room_for_source, show_opened

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
