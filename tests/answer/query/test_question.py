from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest

from pincite.answer.query.aliases import Aliases, aliases_of, collect_aliases
from pincite.answer.query.answer_types import answer_type_of
from pincite.answer.query.decomposition import split_question
from pincite.answer.query.question import Question, document_types_named, issuers_named, read_question
from pincite.answer.query.time_range import Period, period_named
from pincite.answer.query.transliteration import transliterate_names
from pincite.ingest.document import Metadata
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index
from pincite.ingest.structure.pinpoint_grammar import matches, named_pinpoints

ACT = "Regulation (EU) 2024/1689 laying down harmonised rules on artificial intelligence (Artificial Intelligence Act)"
SAFE = "Executive Order on the Safe Use of Artificial Intelligence"
RMF = "Artificial Intelligence Risk Management Framework (AI RMF 1.0)"
TABLE = Metadata("One table or many?", "article", date="2025-02-06", authors=("Yi Zeng", "Ana von Ek-Berg"))
LIBRARY = {
    "eu/act.html": Metadata(ACT, "law", "European Union", "Regulation (EU) 2024/1689", "2024-06-13"),
    "un/78.pdf": Metadata("Seizing opportunities", "resolution", "UN General Assembly", "A/RES/78/265", "2024-03-21"),
    "un/79.pdf": Metadata("Closing the gaps", "resolution", "UN General Assembly", "A/RES/79/1", "2024-09-22"),
    "coe/cets.pdf": Metadata("Framework Convention on AI", "law", "Council of Europe", "CETS 225", "2024-09-05"),
    "us/order.md": Metadata(SAFE, "law", "The White House", None, "2023-10-30"),
    "us/remarks.md": Metadata("Remarks on Artificial Intelligence", "statement", "The White House", None, "2023-11-01"),
    "nist/rmf.pdf": Metadata(RMF, "report", "NIST", None, "2023-01"),
    "coe/rec.pdf": Metadata("Human rights impacts", "resolution", "Council of Europe", "CM/Rec(2020)1", "2020-04-08"),
    "zeng.md": TABLE,
    "koval.md": Metadata("Small states", "article", date="2025-04-15", authors=("Olena Kovalchuk",)),
}
ACRONYMS = {
    "AI": ("artificial intelligence",),
    "WAICO": ("World AI Cooperation Organization",),
    "Executive Order 14110": ("Safe Use of Artificial Intelligence",),
}


def entry(number: int, path: str, metadata: Metadata) -> Entry:
    return Entry(number, path, "/root", f"{number:064}", metadata, 1, 1, ())


@pytest.fixture(scope="module")
def names() -> Aliases:
    return collect_aliases([entry(n, path, metadata) for n, (path, metadata) in enumerate(LIBRARY.items())], ACRONYMS)


def read(text: str, names: Aliases) -> Question:
    return read_question(text, names)


def confident_paths(text: str, names: Aliases) -> list[str]:
    return sorted(one.path for one in read(text, names).documents if one.confidence >= 0.5)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("What does resolution 78/265 ask?", "un/78.pdf"),
        ("Under A/RES/78/265, who reports?", "un/78.pdf"),
        ("UNGA 78/265 on gaps?", "un/78.pdf"),
        ("Is 78/265 binding?", "un/78.pdf"),
        ("What did Executive Order 14110 order?", "us/order.md"),
        ("What did EO 14110 order?", "us/order.md"),
        ("Who is bound by Regulation (EU) 2024/1689?", "eu/act.html"),
        ("What does CM/Rec(2020)1 recommend?", "coe/rec.pdf"),
        ("Has anybody ratified CETS No. 225?", "coe/cets.pdf"),
        ("Which fines does the AI Act set?", "eu/act.html"),
        ("What is risk tolerance in the NIST AI RMF?", "nist/rmf.pdf"),
        ("Which duties does the EU regulation set?", "eu/act.html"),
        ("What must parties to the Council of Europe treaty do?", "coe/cets.pdf"),
        ("What did the March 2024 General Assembly resolution ask?", "un/78.pdf"),
        ("What does Zeng argue?", "zeng.md"),
        ("What do Ek-Berg and Zeng argue?", "zeng.md"),
        ("Що радить Ковальчук?", "koval.md"),
        ("Що пише Олена Ковальчукова про це?", "koval.md"),
        ("Summarise zeng.md in a line", "zeng.md"),
    ],
)
def test_documents_are_recognised_by_symbol_title_author_and_description(text: str, path: str, names: Aliases) -> None:
    assert confident_paths(text, names) == [path]


@pytest.mark.parametrize(
    "text",
    [
        "What is artificial intelligence?",  # words of many titles
        "What did the General Assembly decide?",  # an issuer of several
        "Which earlier General Assembly resolution is recalled?",  # none in particular
        "How does Brazil's draft AI law sort systems?",  # another's
        "What does S/RES/78/265 say?",  # another series
        "What does paragraph 225 say?",
        "What happened in 2024?",
        "Who met in the 2024 resolution's hall?",  # two of that year
        "What does WHO's 2024 guidance recommend?",
    ],
)
def test_texts_that_name_no_document(text: str, names: Aliases) -> None:
    assert confident_paths(text, names) == []


def test_a_mention_has_confidence_kind_and_offsets(names: Aliases) -> None:
    text = "What does resolution 78/265 ask?"
    (one,) = read(text, names).documents
    assert (one.matched_by, text[one.start : one.end]) == ("symbol", "resolution 78/265")
    assert 0.5 < one.confidence <= 1


def test_near_duplicates_are_named_together() -> None:
    metadata = Metadata("The case for differentiated cooperation", "article", authors=("Nora Ek",))
    one, other = (replace(entry(n, f"{n}.txt", metadata), near_duplicates=(f"{1 - n}.txt",)) for n in (0, 1))
    twins = collect_aliases([one, other], {})
    assert confident_paths("What is the differentiated-cooperation paper about?", twins) == ["0.txt", "1.txt"]


def test_acronyms_are_expanded_both_ways(names: Aliases) -> None:
    assert read("Where does WAICO sit?", names).expansions == ("World AI Cooperation Organization",)
    assert "WAICO" in read("Where is the World AI Cooperation Organization?", names).expansions


def test_issuers_types_and_periods_are_recognised(names: Aliases) -> None:
    assert issuers_named("the EU, the White House and the general assembly", names) == (
        "European Union", "The White House",
        "UN General Assembly",
    )  # fmt: skip
    assert issuers_named("who attends a council of war", names) == ()
    assert document_types_named("Which UN resolution and which treaty say so?") == ("resolution", "law")
    assert period_named("since March 2024") == Period((2024,), "2024-03-01", None)
    assert period_named("Regulation (EU) 2024/1689 and 78/265") == Period()
    assert period_named("what changed last year?", date(2026, 2, 1)).years == (2025,)


@pytest.mark.parametrize(
    ("text", "pinpoint"),
    [
        ("operative paragraph 6", "para. 6"),
        ("paragraph 6 e of it", "para. 6 (e)"),
        ("para 6(e)", "para. 6 (e)"),
        ("Art. 5 (1) (a)", "Article 5(1)(a)"),
        ("section 4.2(b)", "section 4.2(b)"),
        ("recital 27", "Recital 27"),
        ("Annex III point 4(a)", "Annex III, point 4(a)"),
        ("principle 1.2", "Principle 1.2"),
        ("Table 1", "Table 1"),
        ("GOVERN 1.1", "GOVERN 1.1"),
        ("стаття 5", "Article 5"),
    ],
)
def test_pinpoints_are_normalised_to_the_form_of_passages(text: str, pinpoint: str) -> None:
    assert named_pinpoints(f"What does {text}?") == (pinpoint,)


def test_texts_without_pinpoints() -> None:
    assert (
        named_pinpoints("Which article governs? The article I read, actions in 2024, rules A and the second part.")
        == ()
    )


def test_a_pinpoint_matches_its_parts_and_its_parents() -> None:
    assert matches("section 4.2(b)", "Sec. 4.2(b)(i)")
    assert matches("Article 5(1)(a)", "Article 5")
    assert matches("Annex III", "Annex III, point 4(a)")
    assert matches("para. 4", "paragraphs 3-5")
    assert not matches("Article 5(1)", "Article 51")
    assert not matches("para. 6", "Article 6")
    assert not matches("Table 1", "Scope of the study")


def test_a_comparison_of_named_documents_has_a_part_for_each(names: Aliases) -> None:
    question = read("How do the EU AI Act and NIST's AI RMF differ in legal force?", names)
    assert question.comparison
    assert [(part.text, part.documents) for part in question.parts] == [
        ("How do the EU AI Act differ in legal force?", ("eu/act.html",)),
        ("How do NIST's AI RMF differ in legal force?", ("nist/rmf.pdf",)),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "What do small firms pay as against big firms?",
            ["What do small firms pay?", "big firms?"],
        ),
        (
            "In Table 1, which aim is unsuitable for the world, and which aim is unsuitable for a select group?",
            [
                "In Table 1, which aim is unsuitable for the world?",
                "In Table 1, which aim is unsuitable for a select group?",
            ],
        ),
        (
            "What did Zeng want, and what price did she get?",
            ["What did Zeng want?", "what price did she get (Zeng, want)?"],
        ),
    ],
)
def test_compound_questions_are_split(text: str, parts: list[str]) -> None:
    assert [part.text for part in split_question(text, ())] == parts


@pytest.mark.parametrize(
    "text",
    [
        "Who signs it, and when?",
        "What must a State do, and by when, once it leaves?",
        "What features must measures have? Point to the paragraph.",
        "Which body, whose members are elected, decides on it, and in which paragraph is that stated?",
        "How does the Observatory work out utilisation, as opposed to booking?",
    ],
)
def test_single_questions_are_not_split(text: str) -> None:
    assert [part.text for part in split_question(text, ())] == [text]


def test_answer_types() -> None:
    asked = [
        "By when must it report?",
        "How many sites?",
        "Who decides?",
        "What fine applies?",
        "Is it law?",
        "Walk me through it",
    ]
    assert [answer_type_of(text) for text in asked] == [
        "date",
        "number",
        "person or body",
        "money",
        "yes/no",
        "procedure",
    ]


def test_cyrillic_names_are_transliterated(names: Aliases) -> None:
    question = read("Що каже Олена Ковальчук про ШІ у 2025 році?", names)
    assert (question.language, question.transliterated) == ("uk", ("Olena", "Kovalchuk", "AI", "2025"))
    assert transliterate_names("Что пишет Щедрин?", "ru") == ("Shchedrin",)
    assert read("What does Zeng say?", names).transliterated == ()


def test_aliases_are_collected_once_per_index(sample: Index) -> None:
    assert aliases_of(sample) is aliases_of(sample)
    documents = read_question("MF/RES/3/2: from what day is it operative?", aliases_of(sample)).documents
    assert [(one.path, one.confidence) for one in documents] == [
        ("resolutions/MF-RES-3-2-amendments-pooled-computing.pdf", 1.0)
    ]


def test_reading_a_question_is_fast_in_a_large_library() -> None:
    words = "water energy trade health labour forest ocean border school traffic".split()
    titles = [f"The {words[n % 10]} {words[n // 10 % 10]} programme {n}" for n in range(10_000)]
    known = [
        Metadata(
            title,
            "report",
            f"Body {n % 50}",
            f"A/RES/{n}/1",
            f"20{n % 25:02}-0{n % 9 + 1}",
            authors=(f"Ana Ek{n % 3000}",),
        )
        for n, title in enumerate(titles)
    ]
    entries = [entry(n, f"{n}.pdf", metadata) for n, metadata in enumerate(known)]
    large = collect_aliases(entries, ACRONYMS)
    text = (
        "Compare the March 2024 Body 7 report on ocean trade with A/RES/77/1 and the Forest Labour Programme, by Ek12."
    )
    read_question(text, large)  # compiles what is compiled once
    began = perf_counter()
    for _ in range(5):
        read_question(text, large)
    assert (perf_counter() - began) / 5 < 0.1  # 20 ms by itself; machines that run tests do other things too


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("For how many years do members serve?", "duration"),
        ("How soon must it rule?", "duration"),
        ("How many hours of speech were recorded?", "number"),
        ("What share of time is reserved?", "share"),
        ("How many dollars does Namibia pay?", "money"),
        ("When does an update count as a new system?", "definition"),
        ("When the Assembly met in Jakarta, which body asked for it?", "person or body"),
        ("When does the Assembly, which met in Jakarta, decide?", "date"),
        ("What does the budget office owe first?", "other"),
    ],
)
def test_the_answer_type_ignores_circumstances(question: str, wants: str) -> None:
    assert answer_type_of(question) == wants
