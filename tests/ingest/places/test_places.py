"""The index of places: outline, definitions, enumerations and tables of a document."""

import pytest

from pincite.ingest.document import BlockKind, Document, Metadata, Part, join_parts
from pincite.ingest.index.index import Index
from pincite.ingest.places.definitions import definitions_of, terms_of
from pincite.ingest.places.enumerations import enumerations_of
from pincite.ingest.places.outline import OutlineNode, every_node, outline_of
from pincite.ingest.places.store import stored_definitions, stored_enumerations, units_at
from pincite.ingest.places.tables import tables_of
from pincite.ingest.structure import structured

ACT = [
    (BlockKind.HEADING, 1, "PILOTAGE ACT"),
    (BlockKind.HEADING, 2, "CHAPTER I"),
    (BlockKind.HEADING, 2, "General provisions"),
    (BlockKind.HEADING, 3, "Article 1"),
    (BlockKind.HEADING, 3, "Definitions"),
    (BlockKind.PARAGRAPH, 0, "In this Act:"),
    (BlockKind.ITEM, 0, "(a) ‘pilot’ means whoever guides a vessel through the channel, including:"),
    (BlockKind.ITEM, 0, "(i) a deputy;"),
    (BlockKind.ITEM, 0, "(ii) a trainee under supervision;"),
    (BlockKind.ITEM, 0, "(b) ‘channel’ means the water between the moles."),
    (BlockKind.HEADING, 2, "CHAPTER II"),
    (BlockKind.HEADING, 2, "Duties"),
    (BlockKind.HEADING, 3, "Article 2"),
    (BlockKind.HEADING, 3, "Duties of pilots"),
    (BlockKind.PARAGRAPH, 0, "1. A pilot shall report each passage."),
    (BlockKind.PARAGRAPH, 0, "2. The report gives the hour."),
    (BlockKind.TABLE, 0, "Hour | Fee\nDay | 40\nNight | 55"),
]


def document_of(*parts: tuple[BlockKind, int, str]) -> Document:
    text, pages, blocks = join_parts(structured([Part(kind, words, level) for kind, level, words in parts]))
    return Document("0" * 64, "act.md", text, pages, blocks, Metadata())


@pytest.fixture(scope="module")
def act() -> Document:
    return document_of(*ACT)


def tree(nodes: tuple[OutlineNode, ...]) -> list[object]:
    return [(node.pinpoint, tree(node.children)) if node.children else node.pinpoint for node in nodes]


def test_chapters_contain_articles_and_these_their_points(act: Document) -> None:
    (whole,) = outline_of(act)
    assert tree(whole.children) == [
        (
            "CHAPTER I",
            [("Article 1", [("Article 1(a)", ["Article 1(a)(i)", "Article 1(a)(ii)"]), "Article 1(b)"])],
        ),
        ("CHAPTER II", [("Article 2", ["Article 2(1)", "Article 2(2)"])]),
    ]


def test_titles_are_those_of_the_lines_below_the_numbers(act: Document) -> None:
    titles = {node.pinpoint: node.title for node in every_node(outline_of(act)) if node.title}
    assert titles["CHAPTER I"] == "General provisions"
    assert titles["Article 2"] == "Duties of pilots"


def test_a_heading_above_one_section_is_its_title() -> None:
    quays = document_of(
        (BlockKind.HEADING, 1, "QUAYS ACT"),
        (BlockKind.PARAGRAPH, 0, "An Act to provide for quays."),
        (BlockKind.HEADING, 3, "Short title"),
        (BlockKind.PARAGRAPH, 0, "1. This Act may be cited as the Quays Act."),
        (BlockKind.HEADING, 3, "Lights"),
        (BlockKind.PARAGRAPH, 0, "2. (1) A quay is lit at night."),
        (BlockKind.PARAGRAPH, 0, "(2) The council pays for it."),
    )
    (act_node,) = outline_of(quays)
    assert [(node.pinpoint, node.title) for node in act_node.children] == [
        ("section 1", "Short title"),
        ("section 2", "Lights"),
    ]
    assert quays.text[act_node.children[1].start :].startswith("Lights")


def test_a_unit_spans_all_that_is_inside_it(act: Document) -> None:
    nodes = {node.pinpoint: node for node in every_node(outline_of(act))}
    article = nodes["Article 2"]
    assert act.text[article.start : article.end].startswith("Article 2")
    assert act.text[article.start : article.end].endswith("Night | 55")
    assert all(node.start < node.end for node in nodes.values())
    for node in nodes.values():
        assert all(node.start <= child.start and child.end <= node.end for child in node.children)


def test_the_units_around_a_place(act: Document) -> None:
    around = units_at(outline_of(act), act.text.index("a trainee"))
    assert [node.pinpoint for node in around][1:] == ["CHAPTER I", "Article 1", "Article 1(a)", "Article 1(a)(ii)"]


def test_definitions_have_their_points_with_them(act: Document) -> None:
    pilot, channel = definitions_of(act)
    assert (pilot.term, pilot.pinpoint, channel.term) == ("pilot", "Article 1(a)", "channel")
    assert act.text[pilot.start : pilot.end].endswith("under supervision;")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("“keeper” or “warden” means a person appointed under section 4;", ["keeper", "warden"]),
        ("The term “berth” has the meaning given in the Harbour Code.", ["berth"]),
        ("« navire » désigne tout engin flottant.", ["navire"]),
        ("Se entiende por «puerto» el conjunto de obras.", ["puerto"]),
        ("He said that “fair” terms were promised.", []),
        ("Under the “Quiet Nights” scheme, the council which meets each spring means well.", []),
    ],
)
def test_terms_are_read_in_several_languages(text: str, terms: list[str]) -> None:
    assert list(terms_of(text)) == terms


def test_a_glossary_may_be_a_table() -> None:
    glossary = document_of(
        (BlockKind.HEADING, 1, "Glossary"), (BlockKind.TABLE, 0, "Mole | A wall that breaks the waves\nQuay | A wall")
    )
    mole, quay = definitions_of(glossary)
    assert (mole.term, quay.term) == ("Mole", "Quay")
    assert glossary.text[quay.start : quay.end] == "Quay | A wall"


def test_a_sentence_may_announce_a_list_of_definitions() -> None:
    listed = document_of(
        (BlockKind.PARAGRAPH, 0, "AGREES that the following terms are understood as follows:"),
        (BlockKind.ITEM, 0, "‒ Tug: A tug is a vessel that tows others."),
        (BlockKind.ITEM, 0, "‒ Tow: A tow is what a tug moves."),
    )
    assert [one.term for one in definitions_of(listed)] == ["Tug", "Tow"]


def test_a_heading_may_be_the_term_that_is_defined_below_it() -> None:
    found = document_of(
        (BlockKind.HEADING, 1, "1.2 Freeboard"),
        (
            BlockKind.PARAGRAPH,
            0,
            "It varies with the load. Freeboard refers to the height of the deck above the water.",
        ),
    )
    assert [one.term for one in definitions_of(found)] == ["Freeboard"]


def test_a_glossary_may_give_two_names_for_a_term() -> None:
    glossary = document_of(
        (BlockKind.HEADING, 1, "Glossary"), (BlockKind.TABLE, 0, "Port Authority or PA | The office\nQuay | A wall")
    )
    assert [one.term for one in definitions_of(glossary)] == ["Port Authority", "PA", "Quay"]


def test_an_enumeration_has_its_items_whole(act: Document) -> None:
    outer, inner = enumerations_of(act)
    assert [item.pinpoint for item in outer.items] == ["Article 1(a)", "Article 1(b)"]
    assert [item.pinpoint for item in inner.items] == ["Article 1(a)(i)", "Article 1(a)(ii)"]
    assert act.text[outer.items[0].start : outer.items[0].end].endswith("under supervision;")


def test_bullets_are_enumerated_until_the_next_heading() -> None:
    listed = document_of(
        (BlockKind.HEADING, 1, "Fees"),
        (BlockKind.PARAGRAPH, 0, "The council:"),
        (BlockKind.ITEM, 0, "- sets the fee;"),
        (BlockKind.ITEM, 0, "- hears the owners."),
        (BlockKind.HEADING, 1, "Appeals"),
        (BlockKind.ITEM, 0, "- to the mayor"),
    )
    (found,) = enumerations_of(listed)
    assert len(found.items) == 2


def test_a_table_has_heads_rows_and_offsets(act: Document) -> None:
    (table,) = tables_of(act)
    assert [head.text for head in table.heads] == ["Hour", "Fee"]
    night = table.rows[1][1]
    assert (night.text, act.text[night.start : night.end]) == ("55", "55")


def test_places_are_kept_with_the_document(sample: Index) -> None:
    for entry in sample.entries:
        document = sample.document(entry.path)
        assert sample.catalog.outline(entry.path) == outline_of(document)
        kept = stored_enumerations(sample.catalog.connection, entry.number)
        assert sorted(kept, key=lambda one: one.start) == sorted(enumerations_of(document), key=lambda one: one.start)
    every_term = {one.term for entry in sample.entries for one in definitions_of(sample.document(entry.path))}
    for term in every_term:
        assert stored_definitions(sample.catalog.connection, f"{term}s"), term
