"""Who a document is: title, kind, issuer, symbol, date and names, on small texts and on the inputs in `../shared`."""

from pathlib import Path

import pytest

from pincite.answer.answerability.missing_sources import has_title
from pincite.answer.query.aliases import collect_aliases
from pincite.answer.query.filters import Filters
from pincite.ingest.document import Metadata
from pincite.ingest.index.catalog import Entry
from pincite.ingest.reading import read_document
from support.made_files import made

HTML_HEAD = "<html><head><title>{}</title></head><body>"


def known(folder: Path, name: str, text: str) -> Metadata:
    return made(folder, name, text).metadata


# Titles


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("LAWS OF NORLAND\n\nAct 17\n\nFERRIES ACT 1974\n\nAn Act about ferries.", "FERRIES ACT 1974"),
        (
            "LAWS OF NORLAND\n\nFERRIES ACT 1974\n\n1. This Act may be cited as the Ferries Act 1974.",
            "Ferries Act 1974",
        ),
        (
            "1. This Order may be cited as the Ferry Fares Order, 2029.\n\n2. Fares are fixed.",
            "Ferry Fares Order, 2029",
        ),
        ("A BILL\n\nTo fix fares.\n\n1. This Act may be cited as the “Fares Act of 2029”.", "Fares Act of 2029"),
        ("Strategy for\n\nFerries 2029\n\nTown, 2029\n\nForeword\n\nDear readers,", "Strategy for Ferries 2029"),
        ("NATIONAL FERRY\n\nSAFETY PLAN\n\nThis plan has many aims.", "NATIONAL FERRY SAFETY PLAN"),
        ("Guidelines on ferries\n\nAdopted on 3 May 2029\n\nVersion 2.0", "Guidelines on ferries"),
        (
            "|  | United Nations | FCCC/CP/2029/7/Add.1 |\n\nDecision 4/CP.35\n\nFerry Accord\n\nThe Conference,",
            "Ferry Accord",
        ),
        ("ЗАКОН УКРАЇНИ\n\nПро пороми\n\nЦей Закон регулює відносини.", "Про пороми"),
        (
            "BOLETÍN OFICIAL DEL ESTADO\n\nLey 8/2029, de 2 de mayo, de puertos.\n\nTexto.",
            "Ley 8/2029, de 2 de mayo, de puertos.",
        ),
        ("Item 4 of the agenda\n\nSeas\n\nFerries at sea\n\nReport of the Secretary-General", "Ferries at sea"),
        ("LEY 15 DE 2029\n\nPor la cual se rige el faro.\n\nDECRETA:", "LEY 15 DE 2029 Por la cual se rige el faro."),
        ("TOWN OF NORBAY\n\nFerry By-law\n\nBy-law # 44-29", "Ferry By-law"),
    ],
)  # fmt: skip
def test_titles(tmp_path: Path, text: str, title: str) -> None:
    assert known(tmp_path, "a.txt", text).title == title


def test_an_act_of_the_union_behind_a_list_of_links(tmp_path: Path) -> None:
    text = (
        "* [REGULATION (EU) …](#a)\n* [recital 1](#b)\n\n---\n\n"
        "REGULATION (EU) 2029/7 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL\n\nof 5 May 2029\n\n"
        "on ferries (‘Ferries Regulation’)\n\n"
        "THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,\n\nWhereas:\n"
    )
    found = known(tmp_path, "a.md", text)
    assert found.title.endswith("OF THE COUNCIL of 5 May 2029 on ferries (‘Ferries Regulation’)")
    assert (found.symbol, found.issuer, found.date) == ("Regulation (EU) 2029/7", "European Union", "2029-05-05")
    assert found.short_title == "Ferries Regulation"


def test_a_file_property_counts_only_where_the_text_agrees(tmp_path: Path) -> None:
    body = "<h1>Harbour and Quay Trust</h1><h1>CONSTITUTION</h1><p>The trust keeps the quay.</p>"
    found = known(tmp_path, "a.html", HTML_HEAD.format("Quay Trust constitution Master V2") + body)
    assert found.title == "Harbour and Quay Trust Constitution"
    assert (
        known(tmp_path, "b.html", HTML_HEAD.format("Ferry fees | Norbay") + "<h1>Ferry fees</h1>").title == "Ferry fees"
    )


def test_a_notice_is_not_titled_by_the_issue_of_its_gazette(tmp_path: Path) -> None:
    text = (
        HTML_HEAD.format("Federal Register, Volume 94 Issue 3 (Friday, January 5, 2029)")
        + "<pre>\n[Federal Register Volume 94, Number 3 (Friday, January 5, 2029)]\n[Notices]\n\n"
        "DEPARTMENT OF FERRIES\n\nNorth Bank Commission\n\n[Docket No. 17-29]\n\nLong Pier; Notice of Hearing\n\n"
        "The hearing concerns the pier.\n\nDated: January 2, 2029.\n\n"
        "[FR Doc. 2029-00017 Filed 1-4-29; 8:45 am]\n</pre></body></html>"
    )
    found = known(tmp_path, "a.html", text)
    assert (found.title, found.symbol, found.date) == (
        "Long Pier; Notice of Hearing",
        "FR Doc. 2029-00017",
        "2029-01-05",
    )


def test_a_text_without_title_is_called_by_its_file(tmp_path: Path) -> None:
    text = "1. The fee for a crossing is set by the council each spring.\n\n2. It is paid in advance by all who cross."
    assert known(tmp_path, "ferry_fees.txt", text).title == "ferry fees"


def test_the_same_title_in_two_languages(tmp_path: Path) -> None:
    pairs = "".join(
        f"<p>第{n}條規定各國應當保證渡輪安全，並且應當每年檢查一次渡輪的燈光。</p><p>Article {n} says that "
        f"States shall keep ferries safe and that they shall inspect the lights of each ferry once a year.</p>"
        for n in range(1, 6)
    )
    page = "<h1>渡輪公約</h1><p>Convention on Ferries</p>" + pairs
    found = known(tmp_path, "a.html", HTML_HEAD.format("渡輪公約 — Treaties") + page)
    assert (found.title, found.aliases, found.kind) == ("Convention on Ferries", ("渡輪公約",), "law")
    assert set(found.languages) == {"en", "zh"}
    entry = Entry(1, "a.html", "", "", found, 0, 1, ())
    assert Filters(languages=("en",)).admits_metadata(entry)
    assert not Filters(languages=("fr",)).admits_metadata(entry)


# Kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Report of the Ferry Board\n\nXY/RES/4/2\n\nThe Board,", "resolution"),
        ("Decision 4/CP.35\n\nReport on ferries\n\nThe Conference of the Parties,", "resolution"),
        ("Fährgesetz\n\n§ 1 Zweck", "law"),
        ("Treaty on Ferries\n\nThe States Parties to this Treaty,", "law"),
        ("Quay rules\n\n1. These Rules may be cited as the Quay Rules 2029.", "law"),
        ("Press release\n\nNew rules agreed\n\nA/RES/99/1", "statement"),
        ("NATIONAL FERRY SAFETY STRATEGY\n\nText.", "report"),
        ("Leave policy\n\nText about leave.", "other"),
    ],
)
def test_kinds(tmp_path: Path, text: str, kind: str) -> None:
    assert known(tmp_path, "a.txt", text).kind == kind


# Issuers


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("THE CORPORATION OF THE TOWN OF NORBAY\n\nFerry By-law", "The Corporation of the Town of Norbay"),
        (
            "Ferry By-law\n\nNow therefore, the Council of the Town of Norbay hereby enacts as follows:",
            "Town of Norbay",
        ),
        ("Fares Act\n\nBE it enacted by the Parliament of Norland, as follows:", "Parliament of Norland"),
        ("Plan des ports\n\nPublié par l'ANSSI", "ANSSI"),
        ("Plan de faros\n\nTexto.\n\nwww.lamoncloa.gob.es", "Presidencia del Gobierno"),
        (
            "Convention on Ferries\n\nIt is deposited with the Secretary-General of the United Nations.",
            "United Nations",
        ),
        ("Crossing policy\n\nThe crossing is free.\n\n© NHS England 2029", "NHS England"),
        ("Staff guide\n\n© 2029 Lamps & Sons Ltd", "Lamps & Sons Ltd"),
        ("Про пороми\n\nКабінет Міністрів України постановляє:", "Cabinet of Ministers of Ukraine"),
        ("Duties of the Board\n\nThe council of the town met.", None),
        ("A study of ferries\n\nThe ECB may act, and the FSB may not.", None),
    ],
)
def test_issuers(tmp_path: Path, text: str, issuer: str | None) -> None:
    assert known(tmp_path, "a.txt", text).issuer == issuer


def test_a_company_is_named_by_what_it_does_for_its_employees(tmp_path: Path) -> None:
    does = "9lanterns offers leave. 9lanterns pays for lamps. 9lanterns matches savings. 9lanterns provides boats."
    assert known(tmp_path, "a.md", f"# Perks\n\nFor employees: {does}").issuer == "9lanterns"


# Dates


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("A note\n\nIt follows the act of 3 May 1999 on quays.\n\nBergen, 4 June 2029", "2029-06-04"),
        ("A note\n\nRecalling its resolution 8/1 of 3 June 2029,", None),
        ("Budget\n\nFor the financial year 1 April 2029 to 31 March 2030.", None),
        (
            "Ferry By-law\n\nAs amended by 12-31 of 2 May 2031\n\nBy-law read and passed this 8th day of May, 2029.",
            "2029-05-08",
        ),
        ("Treaty\n\nDONE at Oslo this third day of May two thousand and twenty-nine.", "2029-05-03"),
        ("Decision 4/CP.35\n\nFerries\n\nThe Conference,\n\n9th plenary meeting\n\n3 May 2029", "2029-05-03"),
        ("Ferry policy\n\nVersion 3, 8 May 2029", "2029-05-08"),
        ("Act to provide for ferries. [3 May 1974]\n\n1. Text.", "1974-05-03"),
        ("The Ferry Regulations\n\n(2) They come into force on 1st May 2029.", None),
        ("Plan\n\nVienna, 2029", "2029"),
        ("LEY 15 DE 2029\n\n(octubre 17)\n\nPor la cual se protege el faro.", "2029-10-17"),
        ("Ferry agreement\n\nThis Agreement is made on 3 May 2029 between two firms.", "2029-05-03"),
        ("Ferry plan\n\nTo be downloaded from the site of the town. [Certified on 3 May 2029]", "2029-05-03"),
        ("Strategy 2030\n\nText on the years to come.", None),
        ("LOI n° 2029-12 du 3 mai 2029 relative aux bacs\n\nVu la loi du 6 janvier 1978,", "2029-05-03"),
        (
            "Закон\n\n{Із змінами, внесеними згідно із Законом № 1 від 23.02.2031}\n\nм. Київ\n\n1 червня 2029 року",
            "2029-06-01",
        ),
        ("The Ferry Advice\n\nThis Recommendation was adopted by the Council.\n\n3 May 2029", "2029-05-03"),
        ("Ferry Recommendation\n\nThe Recommendation, a first, was adopted by the Board on 3 May 2029.", "2029-05-03"),
    ],
)  # fmt: skip
def test_dates(tmp_path: Path, text: str, date: str | None) -> None:
    assert known(tmp_path, "a.txt", text).date == date


@pytest.mark.parametrize(
    ("name", "date"),
    [("20290503_plan.txt", "2029-05-03"), ("20290101_plan.txt", "2029"), ("plan-May-2029.txt", "2029-05")],
)
def test_dates_in_names_of_files(tmp_path: Path, name: str, date: str) -> None:
    assert known(tmp_path, name, "A plan\n\nText about ferries.").date == date


# Names


def names(metadata: Metadata) -> tuple[str | None, tuple[str, ...]]:
    return metadata.short_title, metadata.aliases


@pytest.mark.parametrize(
    ("text", "short", "aliases"),
    [
        (
            "Ferry Code\n\n9. This Act may be cited as the Norland Ferry Act, 2029, and applies at once.",
            "Norland Ferry Act, 2029", (),
        ),
        ("Rules on quays (Quay Safety Regulation)\n\nText.", "Quay Safety Regulation", ()),
        ("Fährgesetz (FährG)\n\n§ 1 Zweck", None, ("FährG",)),
        (
            "Decision 4/CP.35\n\nAdoption\n\n1. Decides to adopt the Ferry Accord, as contained in the annex;",
            None, ("Ferry Accord",),
        ),
        ("Strategy for Ferries\n\nThe Strategy for Ferries, hereinafter “SFF 2029”, is new.", None, ("SFF 2029",)),
        ("Ferry agreement\n\nThe parties (hereinafter “the Parties”) agree.", None, ()),
    ],
)  # fmt: skip
def test_names(tmp_path: Path, text: str, short: str | None, aliases: tuple[str, ...]) -> None:
    assert names(known(tmp_path, "a.txt", text)) == (short, aliases)


def test_a_question_may_name_a_document_by_any_of_its_names() -> None:
    metadata = Metadata(
        "REGULATION (EU) 2029/7 on quays", "law", short_title="European Quays Law", aliases=("Lamp Accord",)
    )
    aliases = collect_aliases([Entry(1, "a.html", "", "", metadata, 0, 1, ())], {})
    assert has_title("European Quays Law", aliases)
    assert has_title("Lamp Accord", aliases)
    assert not has_title("Lamp Convention", aliases)


def test_values_have_their_places(tmp_path: Path) -> None:
    document = made(tmp_path, "a.txt", "TOWN OF NORBAY\n\nFerry By-law\n\nBy-law # 44-29\n\nNorbay, 3 May 2029")
    found = {source.field: document.text[source.start : source.end] for source in document.metadata.sources}
    assert found == {
        "title": "Ferry By-law", "issuer": "TOWN OF NORBAY", "symbol": "By-law # 44-29", "date": "Norbay, 3 May 2029",
    }  # fmt: skip


# The inputs in ../shared


@pytest.mark.parametrize(
    ("file", "values"),
    [
        ("faults/commonwealth_act.pdf", {"title": "Lighthouses Act 1998", "kind": "law"}),
        ("faults/legislation_gov_uk.html", {"title": "The Lighthouse Regulations 2026", "kind": "law"}),
        ("faults/short_name_of_act.html", {"short_title": "European Lights Law", "symbol": "Regulation (EU) 2031/7"}),
        (
            "faults/eurlex_as_markdown.md",
            {
                "title": "REGULATION (EU) 2031/7 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL of 25 March 2031 "
                "laying down measures on lighthouses"
            },
        ),
        ("faults/date_of_another_act.txt", {"date": "2024-02-04"}),
        ("faults/res_seriously.md", {"date": None, "kind": "resolution"}),
        ("faults/res_report.md", {"kind": "resolution", "symbol": "MF/RES/9/6", "date": "2025-10-29"}),
        (
            "faults/federal_register.html",
            {
                "title": "Harwick Pier Partners; Notice of Availability of Harbour Assessment",
                "symbol": "FR Doc. 2026-05083",
            },
        ),
        ("field/lk/2025-013-en.pdf", {"kind": "law", "issuer": "Parliament of Sri Lanka", "date": "2025-08-15"}),
        ("field/my/Contracts-Act-1950.pdf", {"title": "Contracts Act 1950", "kind": "law"}),
        (
            "field/fr/federal-register-2020-17221.pdf",
            {"title": "Airworthiness Directives; The Boeing Company Airplanes"},
        ),
        (
            "field/edpb/consent.pdf",
            {
                "title": "Guidelines 05/2020 on consent under Regulation 2016/679",
                "issuer": "European Data Protection Board",
            },
        ),
        ("field/eu/com_2025_524_en.md", {"symbol": "COM(2025) 524 final", "date": "2025-07-02", "kind": "law"}),
        ("field/html/ico_right_to_be_informed.html", {"date": None, "issuer": "Information Commissioner's Office"}),
        ("field/treaties/vclt.html", {"title": "Vienna Convention on the Law of Treaties", "kind": "law"}),
        ("domains/city/6917-14_Noise_By-Law.pdf", {"title": "Noise By-law", "kind": "law", "date": "2014-09-08"}),
        ("domains/city/8209-25_E-scooter_and_E-bike_By-law.pdf", {"date": "2025-06-23"}),
        ("domains/climate/cp2015_21 - 2015 - decision 1.txt", {"title": "Adoption of the Paris Agreement",
            "kind": "resolution", "date": "2015-12-12", "symbol": "FCCC/CP/2015/10/Add.1"}),
        ("domains/climate/CMA2021_3_Decisions_1_to_4.txt", {"kind": "resolution", "date": "2021-11-13"}),
        ("domains/climate/eu_climate_law_regulation_2021_1119.md", {"short_title": "European Climate Law"}),
        ("domains/lang/ksg.md", {"kind": "law", "aliases": ("KSG",)}),
        ("domains/rights/outer-space.html", {"kind": "law", "date": None}),
        ("domains/budget/2024.md", {"kind": "statement", "date": "2024"}),
        ("domains/cyber/20130101_Spain_National Cybersecurity Strategy_ESP.txt",
            {"title": "ESTRATEGIA DE CIBERSEGURIDAD NACIONAL", "kind": "report", "date": "2013"}),
        ("domains/cyber/20211222_Austria_National Cybersecurity Strategy_ENG.txt",
            {"title": "Austrian Strategy for Cybersecurity 2021", "date": "2021-12-22"}),
        ("domains/cyber/20150101_Jamaica_National Cybersecurity Strategy_ENG.txt",
            {"title": "NATIONAL CYBER SECURITY STRATEGY", "kind": "report", "issuer": "Government of Jamaica"}),
    ],
)  # fmt: skip
def test_documents_that_were_wrong(shared: Path, file: str, values: dict[str, object]) -> None:
    metadata = read_document(shared / file, file).metadata
    assert {field: getattr(metadata, field) for field in values} == values
