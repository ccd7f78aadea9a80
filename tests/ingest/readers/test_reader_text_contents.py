"""Plain text made from PDFs: headings by the contents, over several lines, and footnotes."""

from collections import Counter
from pathlib import Path
from time import perf_counter

import pytest

from pincite.ingest.document import BlockKind, Part, Reading
from pincite.ingest.readers.text.reader import read_text
from pincite.ingest.structure.pinpoints import with_pinpoints

PROSE = "The harbour office keeps a register of all quays and opens it to everyone who asks."

PORTUGUESE = f"""Plano Nacional dos Portos
Sumário
1. Faróis e boias\t3
2. Taxas de atracagem e de
permanência\t5
2.1 Isenções\t6
3. Disposições finais\t9

1. FARÓIS E BOIAS
{PROSE}
{PROSE}
2. Taxas de
atracagem e de permanência
{PROSE}
2.1 Isenções
{PROSE}
3. Disposições finais
{PROSE}
"""

GERMAN = f"""HAFENSTRATEGIE
INHALTSVERZEICHNIS
KAPITEL 1
Leuchtfeuer und Tonnen .......... 4
KAPITEL 2
Gebühren der Liegeplätze .......... 8
KAPITEL 3
Aufsicht .......... 12
ANHANG .......... 15

{PROSE}

Leuchtfeuer
Tonnen
Kapitel 1
Leuchtfeuer
und Tonnen

{PROSE}
Kapitel 1
Leuchtfeuer und Tonnen
{PROSE}

Kapitel 2
Gebühren der Liegeplätze

{PROSE}

Kapitel 3
Aufsicht

{PROSE}
"""

SWEDISH = f"""HAMNSTRATEGI
Innehåll
INLEDNING | 2
FYRAR OCH BOJAR | 4
AVGIFTER FÖR KAJPLATS | 7
TILLSYN | 9INLEDNING
{PROSE}
Hamnen är öppen.FYRAR OCH BOJARFYRAR
OCH BOJAR
{PROSE}
Kajen är stängd.AVGIFTER FÖR
KAJPLATS
{PROSE}
TILLSYN
{PROSE}
"""


def read(folder: Path, content: str) -> Reading:
    path = folder / "a.txt"
    path.write_text(content, encoding="utf-8")
    return read_text(path)


def headings(reading: Reading) -> list[tuple[int, str]]:
    return [(part.level, part.text) for part in reading.parts if part.kind is BlockKind.HEADING]


def of_kind(reading: Reading, kind: BlockKind) -> list[str]:
    return [part.text for part in reading.parts if part.kind is kind]


def pinpoint_of(parts: list[Part], words: str) -> str | None:
    return next(part.pinpoint for part in with_pinpoints(parts) if words in part.text)


def test_numbered_contents_with_tabs_give_headings_and_levels(tmp_path: Path) -> None:
    reading = read(tmp_path, PORTUGUESE)
    assert headings(reading)[-4:] == [
        (2, "1. FARÓIS E BOIAS"),
        (2, "2. Taxas de atracagem e de permanência"),
        (3, "2.1 Isenções"),
        (2, "3. Disposições finais"),
    ]
    assert "2.1 Isenções 6" in of_kind(reading, BlockKind.BOILERPLATE)


def test_chapter_number_shadow_and_running_head_are_one_heading(tmp_path: Path) -> None:
    reading = read(tmp_path, GERMAN)
    assert [text for _, text in headings(reading) if text.startswith("Kapitel")] == [
        "Kapitel 1 Leuchtfeuer und Tonnen",
        "Kapitel 2 Gebühren der Liegeplätze",
        "Kapitel 3 Aufsicht",
    ]
    boilerplate = of_kind(reading, BlockKind.BOILERPLATE)
    assert {"Leuchtfeuer Tonnen", "Kapitel 1 Leuchtfeuer und Tonnen", "INHALTSVERZEICHNIS"} <= set(boilerplate)


def test_glued_and_doubled_titles_are_headings(tmp_path: Path) -> None:
    reading = read(tmp_path, SWEDISH)
    assert [text for _, text in headings(reading)] == [
        "INLEDNING",
        "FYRAR OCH BOJAR",
        "AVGIFTER FÖR KAJPLATS",
        "TILLSYN",
    ]
    assert {"Hamnen är öppen.", "Kajen är stängd."} <= {line for part in reading.parts for line in sentences(part)}


def sentences(part: Part) -> list[str]:
    return [f"{sentence}." for sentence in part.text.rstrip(".").split(". ")]


@pytest.mark.parametrize("text", [PORTUGUESE, GERMAN])
def test_no_word_is_lost_where_nothing_is_doubled(tmp_path: Path, text: str) -> None:
    parts = read(tmp_path, text).parts
    words = Counter(" ".join(part.text for part in parts).split())
    lost = Counter(text.split()) - words
    assert sum(lost.values()) <= (0 if text is PORTUGUESE else 6), lost


def test_list_of_figures_without_the_word_for_contents_is_no_contents(tmp_path: Path) -> None:
    text = "\n".join(f"Quays of class {number}   {number * 3}" for number in range(1, 8)) + f"\n\n{PROSE}\n"
    assert of_kind(read(tmp_path, text), BlockKind.BOILERPLATE) == []


def test_lines_in_capitals_above_text_are_one_heading(tmp_path: Path) -> None:
    reading = read(tmp_path, f"{PROSE}\nDUTIES OF THE\nKEEPERS OF QUAYS\n{PROSE}\n")
    assert [text for _, text in headings(reading)] == ["DUTIES OF THE KEEPERS OF QUAYS"]


@pytest.mark.parametrize("lines", [["HULL", "MAST", "SAIL", "KEEL", "RUDDER"], ["ANNEX IV", "QUAYS AND PIERS"]])
def test_labels_in_capitals_are_not_joined(tmp_path: Path, lines: list[str]) -> None:
    reading = read(tmp_path, "\n".join([PROSE, *lines, PROSE]))
    assert " ".join(lines) not in [part.text for part in reading.parts]


def test_series_of_unknown_markers_joins_its_titles(tmp_path: Path) -> None:
    text = "\n\n".join(f"LINE OF WORK {n}\nOn quays of class {n}\n{PROSE} {PROSE}" for n in range(1, 4))
    found = [text for _, text in headings(read(tmp_path, text))]
    assert found == [f"LINE OF WORK {n} On quays of class {n}" for n in range(1, 4)]


def test_figures_are_no_chapters(tmp_path: Path) -> None:
    text = "\n\n".join(f"Figure {n}\nQuays of class {n}\n{PROSE}" for n in range(1, 4))
    assert not any(text.startswith("Figure 1 Quays") for _, text in headings(read(tmp_path, text)))


def test_lines_that_the_text_refers_to_are_footnotes(tmp_path: Path) -> None:
    page = [
        PROSE,
        "Fees rose in each port1. Tolls fell, says the office2, and the quays were",
        "1. Report of 2020",
        "2. Ibid.",
        "open at night.",
    ]
    reading = read(tmp_path, "\n".join(page))
    assert of_kind(reading, BlockKind.FOOTNOTE) == ["1. Report of 2020", "2. Ibid."]
    assert pinpoint_of(list(reading.parts), "Ibid.") == "footnote 2"


def test_numbered_paragraphs_are_no_footnotes(tmp_path: Path) -> None:
    text = "\n".join(["Port of class A1 and hull B2.", *(f"{n}. {PROSE}" for n in range(1, 9))])
    assert of_kind(read(tmp_path, text), BlockKind.FOOTNOTE) == []


def test_notes_at_the_foot_of_pages_need_no_reference(tmp_path: Path) -> None:
    pages = [f"{PROSE} {PROSE}\n\n{PROSE}\n\n{n} Report on quays, {2000 + n}" for n in range(1, 5)]
    assert len(of_kind(read(tmp_path, "\f".join(pages)), BlockKind.FOOTNOTE)) == len(pages)


def test_list_that_runs_on_over_pages_is_no_footnote(tmp_path: Path) -> None:
    pages = [f"{2 * n + 1}. {PROSE}\n\n{PROSE} {PROSE}\n\n{2 * n + 2}. Quays." for n in range(4)]
    assert of_kind(read(tmp_path, "\f".join(pages)), BlockKind.FOOTNOTE) == []


def test_many_words_for_contents_are_read_quickly(tmp_path: Path) -> None:
    start = perf_counter()
    read(tmp_path, "Contents\n" * 20_000)
    assert perf_counter() - start < 10  # seconds: a search from each word would take minutes


def test_time_is_linear(tmp_path: Path) -> None:
    def seconds(times: int) -> float:
        text = SWEDISH.replace(
            "TILLSYN\n" + PROSE, "TILLSYN\n" + "\n".join(["Kajen är stängd.TILLSYN", "ABC DEF1", "1. X"] * times)
        )
        start = perf_counter()
        read(tmp_path, text)
        return perf_counter() - start

    seconds(10)
    assert seconds(4000) < 16 * max(seconds(1000), 0.02)
