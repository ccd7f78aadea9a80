from pathlib import Path

from openpyxl import load_workbook

from support.briefed import FELLOWSHIPS
from support.command import Pincite, one_sentence


def test_a_row_for_each_document_with_answer_or_an_explicit_not_found(pincite: Pincite, tmp_path: Path) -> None:
    out = tmp_path / "m.xlsx"
    run = pincite("matrix", FELLOWSHIPS, "--document", "reports/*", "--document", "articles/one*", "--out", str(out))
    assert run.code == 0, run.err
    head, *rows = load_workbook(out)["Documents"].iter_rows(values_only=True)
    found = {str(row[0]): dict(zip(map(str, head), row, strict=True)) for row in rows}
    assert len(found) == 5
    held = found["reports/MF-OBS-2025-2-south-south-cooperation.pdf"]
    assert (held["Found"], "Table 2" in str(held["Pinpoints"]), "412" in str(held["Quotes"])) == ("found", True, True)
    absent = found["articles/one-table-or-many.md"]
    assert (absent["Found"], absent["Answer"], absent["Quotes"]) == ("not found", "not found", None)


def test_mistakes_are_one_sentence(pincite: Pincite, tmp_path: Path) -> None:
    assert one_sentence(pincite("matrix", "Who pays?", "--document", "nowhere/*", "--out", str(tmp_path / "m.xlsx")))
    assert one_sentence(pincite("matrix", "Who pays?", "--out", str(tmp_path / "m.docx")))
    assert one_sentence(pincite("matrix", "?", "--out", str(tmp_path / "m.xlsx")))
