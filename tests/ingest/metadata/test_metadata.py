"""What a document says about itself, stated or read off its text."""

import datetime
from typing import Any

import pytest

from pincite.ingest.document import BlockKind, Metadata, Part, Reading
from pincite.ingest.metadata.extract import describe


def heading(text: str, level: int = 1) -> Part:
    return Part(BlockKind.HEADING, text, level)


def paragraph(text: str) -> Part:
    return Part(BlockKind.PARAGRAPH, text)


def known(*parts: Part, path: str = "a.txt", **stated: Any) -> Metadata:
    return describe(Reading(parts, stated), path)


def test_what_is_stated_wins_over_what_is_read_off() -> None:
    found = known(
        heading("A heading"), paragraph("Adopted on 1 May 2020"), path="reports/x.md",
        title="Overrides  title", kind="law", issuer="A body", symbol="X/1", date=datetime.date(2024, 3, 21),
        language="UK", source_url="https://example.org/x",
    )  # fmt: skip
    expected = Metadata("Overrides title", "law", "A body", "X/1", "2024-03-21", "uk", "https://example.org/x")
    assert found == expected


def test_empty_and_foreign_values_state_nothing() -> None:
    found = known(heading("A plan"), path="plan.md", title="", kind="novel", date=None, language=[], issuer=[])
    assert found == Metadata("A plan")


def test_the_title_is_the_first_great_heading_with_those_that_go_on() -> None:
    assert known(
        paragraph("Ministry"), heading("A long title"), heading("in two lines"), heading("Scope", 2)
    ).title == ("A long title in two lines")
    set_apart = heading("Recommendation of the Council on"), heading("Legal instruments", 2), heading("AI")
    assert known(*set_apart).title == "Recommendation of the Council on AI"


def test_a_resolution_is_titled_by_its_own_title() -> None:
    found = known(heading("General Assembly"), heading("78/265. Seizing the opportunities[1]", 2), paragraph("Text"))
    assert found.title == "Seizing the opportunities"


def test_marks_of_libraries_and_figures_are_no_title() -> None:
    parts = paragraph("УДК 327:004.8"), paragraph("DOI: 10.1000/1"), paragraph("1.9"), heading("Нові технології", 2)
    assert known(*parts).title == "Нові технології"
    assert known(paragraph("12345"), path="folder/left over.txt").title == "left over"


def test_long_first_words_are_cut() -> None:
    assert known(paragraph("word " * 40)).title == "word " * 24 + "word…"


@pytest.mark.parametrize(
    ("path", "title", "kind"),
    [
        ("resolutions/a.pdf", "A report on reports", "resolution"),
        ("un/a.pdf", "Resolution adopted by the Assembly", "resolution"),
        ("a.pdf", "The Artificial Intelligence Act", "law"),
        ("a.pdf", "Those who act towards one another", "other"),
        ("a.pdf", "Statement by the President", "statement"),
        ("a.pdf", "Framework for managing risk", "report"),
        ("presidential-actions/a.md", "Removing barriers", "law"),
        ("notes/a.txt", "Some thoughts", "other"),
    ],
)
def test_kind_by_folder_and_title(path: str, title: str, kind: str) -> None:
    assert known(heading(title), path=path).kind == kind


@pytest.mark.parametrize(
    ("head", "symbol", "issuer"),
    [
        ("United Nations A/RES/78/265", "A/RES/78/265", "UN General Assembly"),
        ("S/RES/2686 (2023)", "S/RES/2686 (2023)", "UN Security Council"),
        ("REGULATION (EU) 2024/1689", "Regulation (EU) 2024/1689", "European Union"),
        ("CETS 225 - Framework Convention", "CETS 225", "Council of Europe"),
        ("NIST AI 100-1", "NIST AI 100-1", "NIST"),
        ("A sentence that names resolution A/RES/70/1 among other texts.", None, None),
    ],
)
def test_symbol_and_issuer_stand_on_a_line_of_their_own(head: str, symbol: str | None, issuer: str | None) -> None:
    found = known(heading("On trust in machines"), paragraph(head))
    assert (found.symbol, found.issuer) == (symbol, issuer)


def test_the_symbol_behind_the_title_is_the_documents() -> None:
    cite = "Please cite as: OECD, Recommendation on Artificial Intelligence, OECD/LEGAL/0449, and not A/RES/70/1."
    found = known(heading("Recommendation on Artificial Intelligence"), paragraph(cite))
    assert (found.symbol, found.issuer) == ("OECD/LEGAL/0449", "OECD")


@pytest.mark.parametrize(
    ("path", "text", "date"),
    [
        ("2023-05-04-fact-sheet.md", "Issued on 6 June 2024", "2023-05-04"),
        ("a.pdf", "Distr. 1 April 2024\nResolution adopted on 21 March 2024", "2024-03-21"),
        ("a.pdf", "Vilnius, 5.IX.2024", "2024-09-05"),
        ("a.pdf", "Київ, 15 квітня 2025 року", "2025-04-15"),
        ("a.pdf", "Washington, May 4th, 2023", "2023-05-04"),
        ("a.pdf", "NIST AI 100-1 January 2023", "2023-01"),
        ("a.pdf", "New Place, 9-10 September 2023", "2023-09-09"),
        ("snapshot_2026-01-01.pdf", "Adopted on 22/05/2019", "2019-05-22"),
        ("snapshot_2026-01-01.pdf", "Some words", "2026-01-01"),
        ("a.pdf", "1 May 2020\nRegulation (EU) 2030/1 of the Council of 13 June 2024", "2024-06-13"),
        ("a.pdf", "Fait à Paris, le 1er août 2024", "2024-08-01"),
        ("a.pdf", "Berlin, den 3. März 2024", "2024-03-03"),
        ("a.pdf", "Santiago, 28 de octubre de 2021", "2021-10-28"),
        ("a.pdf", "31 June 2024", None),
    ],
)
def test_dates(path: str, text: str, date: str | None) -> None:
    assert known(paragraph(text), path=path).date == date


def test_language_by_statement_then_by_letters() -> None:
    assert known(paragraph("Малі держави і правила")).language == "uk"
    assert known(paragraph("Правила государств")).language == "ru"
    assert known(paragraph("Small states")).language == "en"
    assert known(paragraph("Малі держави"), language=["en", "uk"]).language == "en"


def test_a_signature_dates_a_document_wherever_it_stands() -> None:
    signed = paragraph("Done at Place, this 5th day of September 2024, in a single copy.")
    assert known(paragraph("Published on 1 October 2024"), *[paragraph("Words.")] * 99, signed).date == "2024-09-05"
    order = paragraph("THE WHITE HOUSE,\nOctober 30, 2023.")
    assert known(heading("On weights"), paragraph("1 May 2020"), order).date == "2023-10-30"


def resolution(*lines: str) -> Metadata:
    """Metadata of a resolution whose lines are headings, as readers of PDF give them."""
    return known(*(heading(line) for line in lines))


def test_a_resolution_of_the_human_rights_council() -> None:
    found = resolution(
        "United Nations A/HRC/RES/99/29", "General Assembly Distr.: General", "18 July 2023", "Human Rights Council",
        "Resolution adopted by the Human Rights Council on 14 July 2023", "99/29. Machines and rights",
        "The Human Rights Council,",
    )  # fmt: skip
    expected = Metadata("Machines and rights", "resolution", "UN Human Rights Council", "A/HRC/RES/99/29", "2023-07-14")
    assert found == expected


def test_a_resolution_of_the_security_council() -> None:
    found = resolution("United Nations S/RES/9999 (2023)", "Security Council Distr.: General", "Resolution 9999 (2023)")
    expected = "Resolution 9999 (2023)", "resolution", "UN Security Council", "S/RES/9999 (2023)"
    assert (found.title, found.kind, found.issuer, found.symbol) == expected


def test_a_draft_resolution_is_titled_behind_its_sponsors() -> None:
    lines = ("United Nations A/C.3/99/L.2", "General Assembly Distr.: Limited", "8 October 2024", "Agenda item 71",
             "Rights of all", "Kenya, Norway and Peru: draft resolution", "Fair use of models")  # fmt: skip
    found = known(*map(paragraph, lines))
    expected = "Fair use of models", "resolution", "UN General Assembly", "A/C.3/99/L.2", "2024-10-08"
    assert (found.title, found.kind, found.issuer, found.symbol, found.date) == expected


def test_a_proposal_of_the_commission() -> None:
    found = known(
        heading("EUROPEAN COMMISSION"), paragraph("Brussels, 21.4.2021"), paragraph("COM(2021) 999 final"),
        heading("Proposal for a"), heading("REGULATION ON WEIGHTS"),
    )  # fmt: skip
    expected = ("Proposal for a REGULATION ON WEIGHTS", "law", "European Commission", "COM(2021) 999 final")
    assert (found.title, found.kind, found.issuer, found.symbol) == expected
    assert found.date == "2021-04-21"


def test_an_order_and_a_memorandum_of_the_united_states() -> None:
    order = known(heading("Executive Order 99110 of October 30, 2023"), heading("Safe weights"))
    assert (order.title, order.kind, order.issuer) == ("Safe weights", "law", "The White House")
    lines = ("EXECUTIVE OFFICE OF THE PRESIDENT", "OFFICE OF MANAGEMENT AND BUDGET", "March 28, 2024", "M-99-10",
             "MEMORANDUM FOR THE HEADS OF AGENCIES", "FROM: A. Director", "SUBJECT: Use of weights")  # fmt: skip
    memorandum = known(*map(paragraph, lines))
    expected = "Use of weights", "US Office of Management and Budget", "M-99-10", "2024-03-28"
    assert (memorandum.title, memorandum.issuer, memorandum.symbol, memorandum.date) == expected


@pytest.mark.parametrize(
    ("line", "issuer"),
    [
        ("African Union", "African Union"),
        ("OECD Legal Instruments", "OECD"),
        ("THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,", "European Union"),
        ("Council of Europe Treaty Series - No. 999", "Council of Europe"),
        ("Ministry of Digital Affairs", "Ministry of Digital Affairs"),
        ("Міністерство цифрової трансформації України", "Міністерство цифрової трансформації України"),
        ("The African Union and the OECD met to discuss weights.", None),
    ],
)
def test_issuer_by_masthead(line: str, issuer: str | None) -> None:
    assert known(paragraph(line), heading("On trust in machines")).issuer == issuer


def test_issuer_by_address_and_by_title() -> None:
    assert known(heading("A fact sheet"), url="https://www.whitehouse.gov/a").issuer == "The White House"
    assert known(heading("G7 Leaders’ Statement"), url="https://www.whitehouse.gov/a").issuer == "G7"
    assert known(heading("Remarks on the G7"), url="https://example.org/a").issuer is None


def test_an_article_bears_no_symbol_and_no_masthead_of_what_it_is_about() -> None:
    article = known(heading("Weights"), paragraph("A/RES/78/999"), paragraph("General Assembly"), tags="blog")
    assert (article.kind, article.symbol, article.issuer) == ("article", None, None)
    release = known(paragraph("Press release"), heading("The Act agreed"), paragraph("Executive Order 99110 ended."))
    assert (release.kind, release.symbol, release.issuer) == ("statement", None, None)


def test_mastheads_contents_and_dates_are_no_title() -> None:
    lines = ("Table of Contents", "Foreword", "United Nations A/99/296", "5 May 2024", "Press release", "A plan")
    assert known(*map(heading, lines)).title.startswith("A plan")


@pytest.mark.parametrize(
    "made_up", ["Microsoft Word - plan_v3.docx", "untitled", "N2406569", "a plan.indd", "Layout 1"]
)
def test_titles_made_up_by_programs_are_ignored(made_up: str) -> None:
    assert known(heading("A plan for machines"), title=made_up).title == "A plan for machines"


def test_the_title_of_a_web_page_without_its_site() -> None:
    assert known(heading("A plan for schools"), title="A plan for schools - GOV.UK").title == "A plan for schools"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La présente stratégie définit les priorités du gouvernement pour les cinq prochaines années.", "fr"),
        ("La presente estrategia define las prioridades del gobierno para los próximos cinco años.", "es"),
        ("Die Bundesregierung legt mit dieser Strategie einen Rahmen für die Entwicklung vor.", "de"),
        ("Цей закон визначає мету, принципи та основні напрями розвитку технологій в Україні.", "uk"),
        ("Настоящий закон определяет цели и основные направления развития технологий в стране.", "ru"),
        ("Strategi ini menetapkan prioritas pemerintah untuk lima tahun yang akan datang.", "id"),
        ("本战略确定了政府未来五年在人工智能领域的优先事项和主要任务。", "zh"),
    ],
)
def test_language_by_the_text(text: str, language: str) -> None:
    assert known(paragraph(text)).language == language


def test_of_two_languages_that_of_most_of_the_text() -> None:
    english = paragraph("This strategy sets out what the government will do in the coming five years.")
    ukrainian = paragraph("Ця стратегія визначає, що уряд робитиме протягом наступних п’яти років.")
    assert known(english, ukrainian, ukrainian).language == "uk"
    assert known(ukrainian, english, english).language == "en"
