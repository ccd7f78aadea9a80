import json
from pathlib import Path

import pytest
from docx import Document
from lxml import html

from pincite.briefing.draft_check.claims import is_claim
from support.command import Pincite, one_sentence

DRAFT = """# Speech on pooled computing

Thank you for the invitation. This note has two parts.

The Pooled Computing Facility had 2,890 accelerators installed at its three host sites on 30 June 2025.
In all, 512 fellowships were awarded, of which 46 per cent went to women.
Under MF/RES/2/4, para. 5 (b), at most 25 per cent of computing time is for private applicants.
Resolution MF/RES/9/9 bans chatbots in schools. See also MF/RES/2/4, para. 77, on the budget.

Is this enough? Whales eat large quantities of krill in Antarctic waters every summer.
"""
VERDICTS = ["prose"] * 3 + ["supported", "contradicted", "contradicted", "not found", "prose", "prose", "not found"]


def lines_of(pincite: Pincite, folder: Path, draft: Path) -> list[dict[str, list[dict[str, str]]]]:
    run = pincite("check", str(draft), "--out", str(folder / "c.jsonl"))
    assert run.code == 0, run.err
    return [json.loads(line) for line in (folder / "c.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    return tmp_path / "draft.md"


def test_claims_are_told_from_prose_and_judged(pincite: Pincite, draft: Path, tmp_path: Path) -> None:
    lines = lines_of(pincite, tmp_path, draft)
    assert [line["verdict"] for line in lines] == VERDICTS
    assert any(reason.endswith("says 412, not 512.") for reason in lines[4]["reasons"])
    assert lines[5]["citations"][0]["pinpoint"] == "para. 5 (b)"
    assert lines[3]["citations"][0]["quote"].startswith("1. The Pooled Computing Facility")


def test_references_are_looked_up(pincite: Pincite, draft: Path, tmp_path: Path) -> None:
    found = [reference for line in lines_of(pincite, tmp_path, draft) for reference in line["references"]]
    assert [(one["written"], one["wrong"]) for one in found] == [
        ("MF/RES/2/4, para. 5 (b)", None),
        ("MF/RES/9/9", "MF/RES/9/9 is not in the library."),
        ("MF/RES/2/4, para. 77", "There is no para. 77 in MF/RES/2/4."),
    ]


def test_a_word_draft_gives_the_same(pincite: Pincite, tmp_path: Path) -> None:
    word = Document()
    for paragraph in DRAFT.lstrip("# ").split("\n\n"):
        word.add_paragraph(paragraph.replace("\n", " "))
    word.save(str(tmp_path / "draft.docx"))
    verdicts = [line["verdict"] for line in lines_of(pincite, tmp_path, tmp_path / "draft.docx")]
    assert verdicts[-7:] == VERDICTS[-7:]


def test_reports_that_people_read(pincite: Pincite, draft: Path, tmp_path: Path) -> None:
    for name in ("c.html", "c.docx"):
        assert pincite("check", str(draft), "--out", str(tmp_path / name)).code == 0
    page = html.fromstring((tmp_path / "c.html").read_text(encoding="utf-8"))
    assert len(page.xpath("//strong[@class='bad']")) == 2
    assert {link.lstrip("#") for link in page.xpath("//a/@href")} == set(page.xpath("//@id"))
    texts = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "c.docx")).paragraphs)
    assert texts.count("[contradicted: ") == 2
    assert "[supported]" in texts


def test_mistakes_are_one_sentence(pincite: Pincite, draft: Path, tmp_path: Path) -> None:
    assert one_sentence(pincite("check", str(tmp_path / "none.md"), "--out", str(tmp_path / "c.html")))
    assert one_sentence(pincite("check", str(draft), "--out", str(tmp_path / "c.pdf")))
    (tmp_path / "empty.txt").write_text(" ", encoding="utf-8")
    assert one_sentence(pincite("check", str(tmp_path / "empty.txt"), "--out", str(tmp_path / "c.html")))


@pytest.mark.parametrize("sentence", ["What now?", "Dear colleagues, it is good to be here.", "We propose three steps.",
                                      "In this section we look at costs.", "Costs.",
                                      "As noted above, costs rose in 2024.", "See A/RES/78/265, para. 6."])  # fmt: skip
def test_what_leads_on_claims_nothing(sentence: str) -> None:
    assert not is_claim(sentence)


@pytest.mark.parametrize("sentence", ["It costs USD 4 million.", "States must report incidents to the Secretariat.",
                                      "Комітет ухвалив рішення про доступ.", "A/RES/78/265 was adopted.",
                                      "As noted by NIST, 40 per cent of the risks are unknown."])  # fmt: skip
def test_what_can_be_borne_out_is_a_claim(sentence: str) -> None:
    assert is_claim(sentence)
