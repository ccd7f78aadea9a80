from pathlib import Path

from test_catalog import document, put

from pincite.ingest.index.acronyms import Acronym, find_acronyms, library_acronyms
from pincite.ingest.index.catalog import Catalog
from pincite.ingest.index.index import Index


def test_definitions_in_both_orders_and_in_quotes() -> None:
    text = (
        "The World AI Cooperation Organization (WAICO) works with the WHO (World Health Organization), the European"
        " Artificial Intelligence Office (“AI Office”) and the United States (hereinafter, the “U.S.”)."
    )
    assert find_acronyms(text) == [
        Acronym("WAICO", "World AI Cooperation Organization"),
        Acronym("WHO", "World Health Organization"),
        Acronym("AI Office", "Artificial Intelligence Office"),
        Acronym("US", "United States"),
    ]


def test_function_words_are_skipped_but_begin_no_long_form() -> None:
    text = "Office of Management and Budget (OMB), the Treaty on the Functioning of the European Union (TFEU)"
    assert [found.long for found in find_acronyms(text)] == [
        "Office of Management and Budget",
        "Treaty on the Functioning of the European Union",
    ]


def test_hyphens_plurals_possessives_and_lists() -> None:
    text = (
        "Organisation for Economic Co-operation and Development (OECD); large language models (LLMs); the African"
        " Union’s (AU) plan; science, technology, engineering, and mathematics (STEM)"
    )
    assert [(found.short, found.long) for found in find_acronyms(text)] == [
        ("OECD", "Organisation for Economic Co-operation and Development"),
        ("LLM", "large language models"),
        ("AU", "African Union"),
        ("STEM", "science, technology, engineering, and mathematics"),
    ]


def test_brackets_that_define_nothing() -> None:
    text = "Regulation (EU) 2024/1689, Hanoi (Viet Nam), a cost (USD 80,000), the sixth report (AR6), as said (OECD)."
    assert find_acronyms(text) == []


def test_definitions_in_cyrillic() -> None:
    assert find_acronyms("штучний інтелект (ШІ) і права людини") == [Acronym("ШІ", "штучний інтелект")]


def test_acts_cited_by_number_with_their_name() -> None:
    text = (
        "under Executive Order 14110 of October 30, 2023 (Safe, Secure, and Trustworthy Use of Artificial Intelligence)"
    )
    assert find_acronyms(text) == [
        Acronym("Executive Order 14110", "Safe, Secure, and Trustworthy Use of Artificial Intelligence")
    ]


def test_the_form_that_most_documents_define_comes_first(tmp_path: Path) -> None:

    catalog = Catalog(tmp_path, writable=True)
    put(catalog, document("a.md", "Members shall report. Subject matter experts (SME) help."), b"a")
    put(catalog, document("b.md", "Members shall report. Small and Medium Enterprises (SMEs) pay."), b"b")
    put(catalog, document("c.md", "Members shall report. Then small and medium enterprises (SMEs) pay."), b"c")
    (longs,) = library_acronyms(catalog.connection).values()
    assert [long.casefold() for long in longs] == ["small and medium enterprises", "subject matter experts"]


def test_acronyms_go_with_their_document(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, writable=True)
    put(catalog, document("a.md", "Members shall report to the World Health Organization (WHO)."))
    with catalog.transaction():
        catalog.remove_document("a.md")
    assert catalog.connection.execute("SELECT count(*) FROM acronyms").fetchone() == (0,)


def test_an_open_index_knows_the_acronyms_of_its_library(sample: Index) -> None:
    assert sample.acronyms == {"ШІ": ("штучний інтелект",)}
    assert sample.acronyms is sample.acronyms
