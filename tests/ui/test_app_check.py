"""The Check page as Streamlit runs it, without a browser: a draft checked, its claims filtered, sources opened."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pincite.briefing.draft_check.verdicts import ClaimVerdict
from pincite.ui.pages.check import EACH_PAGE
from support.paged import finished, opened, press, shown

DRAFT = """# Speech

The Pooled Computing Facility had 2,890 accelerators installed at its three host sites on 30 June 2025.
In all, 512 fellowships were awarded, of which 46 per cent went to women.

## Other

Resolution MF/RES/9/9 bans chatbots in schools.
Whales eat large quantities of krill in Antarctic waters every summer. Is this enough?
"""
FOUND = [ClaimVerdict.SUPPORTED, ClaimVerdict.CONTRADICTED, ClaimVerdict.ABSENT, ClaimVerdict.ABSENT]


def check(folder: "Path") -> None:
    from pincite.ui.pages.check import check_page  # noqa: PLC0415  see opened

    check_page(folder, None)


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def checked(sample_folder: Path) -> AppTest:
    return pasted(opened(check, sample_folder), DRAFT)


def pasted(app: AppTest, text: str) -> AppTest:
    app.text_area("draft-text").set_value(text)
    app.button("check-it").click().run()
    return finished(app, "check-job")


def picked(app: AppTest, *marks: ClaimVerdict) -> str:
    app.button_group("check-shown").set_value(list(marks)).run()
    assert not app.exception
    return shown(app)


def test_claims_bear_marks_reasons_and_the_heading_above(checked: AppTest) -> None:
    page = picked(checked)
    said = ["Speech", "2,890", "✓ Supported", "512", "✗ Contradicted", "says 412, not 512", "Other", "krill"]
    places = [page.index(words) for words in said]
    assert places == sorted(places)
    assert checked.button_group("check-shown").options == [
        "✓ Supported: 1",
        "◐ Partly supported: 0",
        "✗ Contradicted: 1",
        "? Not found: 2",
    ]
    assert "MF/RES/9/9 is not in the library" in page
    assert "Is this enough?" not in page


def test_marks_that_are_picked_leave_their_claims(checked: AppTest) -> None:
    page = picked(checked, ClaimVerdict.CONTRADICTED)
    assert "512 fellowships" in page
    assert "2,890" not in page
    assert "512 fellowships" not in picked(checked, ClaimVerdict.PARTLY)
    assert checked.markdown[-1].value == "No claim in the draft has these verdicts."
    picked(checked)


def test_source_of_a_claim_is_opened_with_its_quote_marked(checked: AppTest) -> None:
    report = checked.session_state["check-job"].results[0].report
    picked(checked, ClaimVerdict.CONTRADICTED)
    quote = next(one for one in report.sentences if one.verdict is ClaimVerdict.CONTRADICTED).citations[0].quote
    next(button for button in checked.button if button.label.startswith("\\[1\\]")).click().run()
    assert f"<mark>{quote}</mark>" in shown(checked)
    picked(checked)
    assert "<mark>" not in shown(checked)


def test_report_comes_in_every_form(checked: AppTest) -> None:
    files = checked.session_state["check-job"].results[0].files
    lines = [json.loads(line) for line in files[".jsonl"].splitlines()]
    assert [line["verdict"] for line in lines if line["verdict"] != "prose"] == [mark.value for mark in FOUND]
    assert files[".docx"].startswith(b"PK")
    assert b"bans chatbots" in files[".html"]
    assert [button.label for button in checked.download_button] == [
        "Download Word", "Download HTML", "Download JSON Lines"
    ]  # fmt: skip


def test_references_are_listed(checked: AppTest) -> None:
    assert checked.expander[1].label == "References in the draft: 1, 1 of them not in the library"
    assert checked.dataframe[0].value["Found"][0] == "MF/RES/9/9 is not in the library."


def test_long_drafts_are_shown_by_pages(sample_folder: Path) -> None:
    draft = "\n\n".join(f"Whales ate {number} tonnes of krill." for number in range(1000, 1001 + EACH_PAGE))
    app = pasted(opened(check, sample_folder), draft)
    assert "1000 tonnes" in shown(app)
    assert f"{1000 + EACH_PAGE} tonnes" not in shown(app)
    app.pagination("check-page").set_value(2).run()
    assert f"{1000 + EACH_PAGE} tonnes" in shown(app)
    assert "1000 tonnes" not in shown(app)


def test_uploads_are_read_and_what_is_no_draft_is_refused(sample_folder: Path) -> None:
    app = opened(check, sample_folder)
    app.file_uploader("draft-file").set_value(("note.docx", b"no Word file", "application/octet-stream")).run()
    app.button("check-it").click().run()
    finished(app, "check-job")
    assert app.error[0].value.replace("\\", "").startswith("note.docx cannot be read")
    app.file_uploader("draft-file").set_value(("note.md", DRAFT.encode(), "text/markdown")).run()
    app.button("check-it").click().run()
    finished(app, "check-job")
    assert app.session_state["check-job"].results[0].name == "note"


def test_without_a_draft_or_a_library_a_sentence_says_so(sample_folder: Path, tmp_path: Path) -> None:
    app = press(opened(check, sample_folder), "Check it")
    assert "Paste a text" in app.info[0].value
    assert "There is no library yet" in opened(check, tmp_path / "none").markdown[-1].value
