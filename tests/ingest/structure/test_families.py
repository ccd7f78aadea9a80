"""Units of further families of law: titles as sections, codes of regulations, points in five languages."""

import pytest

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.readers.text.headings import may_be_heading
from pincite.ingest.structure import structured

FAMILIES = {
    "sections by titles": [
        ("# Part 1—Preliminary", "Part 1"),
        ("An Act to provide for quays", None),
        ("1 Short title", "section 1"),
        ("This Act may be cited as the Quays Act.", "section 1"),
        ("2 Commencement", "section 2"),
        ("3 Lights", "section 3"),
        ("(1) A quay is lit:", "section 3(1)"),
        ("(a) at dusk; and", "section 3(1)(a)"),
        ("3A Horns", "section 3A"),
        ("(1) A boat sounds a horn.", "section 3A(1)"),
    ],
    "amendment in brackets": [
        ("An Act to provide for quays.", None),
        ("1. Short title.—(1) This Act may be called the Quays Act.", "section 1(1)"),
        ("2. Lights.—(1) A quay is lit.", "section 2(1)"),
        ("Provided that no light is needed by day.", "section 2(1)"),
        ("2[2A. Horns.—(1) A boat sounds a horn.", "section 2A(1)"),
        ("3. Fees are due at once.", "section 3"),
        ("THE SCHEDULE", "Schedule"),
        ("1. Free boats.", "Schedule, para. 1"),
    ],
    "code of regulations": [
        ("§ 12.1 Purpose.", "§ 12.1"),
        ("This part regulates quays.", "§ 12.1"),
        ("§ 12.2 Notice of closures.", "§ 12.2"),
        ("(a) Planned closures. (1) The master gives notice.", "§ 12.2(a)(1)"),
        ("(2) The notice is sent to the Board.", "§ 12.2(a)(2)"),
        ("(b) Urgent closures need none.", "§ 12.2(b)"),
    ],
    "French": [
        ("# Article 1", "Article 1"),
        ("Les quais sont éclairés.", "Article 1"),
        ("# Article 2", "Article 2"),
        ("I. - Le capitaine tient un registre.", "Article 2(I)"),
        ("II. - Le registre comporte :", "Article 2(II)"),
        ("1° Les arrivées :", "Article 2(II)(1)"),
        ("a) Des bateaux ;", "Article 2(II)(1)(a)"),
        ("2° Les départs.", "Article 2(II)(2)"),
        ("III. - Il est public.", "Article 2(III)"),
    ],
    "Spanish": [
        ("ARTÍCULO 1°.- (OBJETO). La ley regula los muelles.", "Artículo 1"),
        ("ARTÍCULO 2°.- (PLAZOS). Se fijan los siguientes:", "Artículo 2"),
        ("1. Llegada;", "Artículo 2(1)"),
        ("a) De día;", "Artículo 2(1)(a)"),
        ("1.º Con luz.", "Artículo 2(1)(a)(1)"),
        ("# Disposición adicional primera. Tarifas.", "Disposición adicional primera"),
        ("2. Las tarifas son públicas.", "Disposición adicional primera"),
    ],
    "Ukrainian": [
        ("Розділ I\nЗАГАЛЬНІ ПОЛОЖЕННЯ", "Розділ I"),
        ("Стаття 1. Терміни", "Стаття 1"),
        ("1. У Законі є такі терміни:", "Стаття 1(1)"),
        ("1) причал:", "Стаття 1(1)(1)"),
        ("а) морський;", "Стаття 1(1)(1)(а)"),
        ("б) річковий;", "Стаття 1(1)(1)(б)"),
        ("2) судно.", "Стаття 1(1)(2)"),
        ("Стаття 1-1. Збори", "Стаття 1-1"),
        ("1. Збори сплачують одразу.", "Стаття 1-1(1)"),
        ("Розділ II\nПРИКІНЦЕВІ ПОЛОЖЕННЯ", "Розділ II"),
        ("1. Закон набирає чинності.", "Розділ II, point 1"),
    ],
    "Austrian": [
        ("§ 1. Ziel des Gesetzes sind sichere Stege.", "§ 1"),
        ("§ 2. (1) Stege sind", "§ 2(1)"),
        ("1. Landestege,", "§ 2(1)(1)"),
        ("2. Badestege,", "§ 2(1)(2)"),
        ("a) auch hölzerne.", "§ 2(1)(2)(a)"),
        ("(2) Flöße sind keine Stege.", "§ 2(2)"),
    ],
}


@pytest.mark.parametrize("family", FAMILIES)
def test_units_of_a_family(family: str) -> None:
    texts = FAMILIES[family]
    parts = [
        Part(BlockKind.HEADING, text[2:], 2) if text.startswith("# ") else Part(BlockKind.PARAGRAPH, text)
        for text, _ in texts
    ]
    found = [(part.text, part.pinpoint) for part in structured(parts)]
    wanted = [(text.removeprefix("# "), pinpoint) for text, pinpoint in texts]
    assert [one for one, other in zip(found, wanted, strict=True) if other[1] and one != other] == []


def test_a_note_mark_does_not_make_a_heading() -> None:

    assert [may_be_heading(text) for text in ("Having met in May;1", "Scope of the Act")] == [False, True]
