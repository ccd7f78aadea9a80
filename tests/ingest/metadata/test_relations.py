"""What documents say that they do to others, and what they only report."""

import pytest

from pincite.ingest.document import BlockKind, Part, Reading, Relation
from pincite.ingest.metadata.extract import describe
from pincite.ingest.metadata.relations import find_relations


def said(
    *texts: str, title: str = "On measures", kind: str = "law", symbol: str | None = None
) -> list[tuple[str, str]]:
    parts = [Part(BlockKind.PARAGRAPH, text) for text in texts]
    return [(relation.kind, relation.target) for relation in find_relations(parts, title, kind, symbol)]


@pytest.mark.parametrize(
    ("sentence", "relations"),
    [
        (
            "Executive Order 99001 of May 1, 2019 (On Weights), is hereby revoked.",
            [("revokes", "Executive Order 99001")],
        ),
        ("Sec. 4. Revocation. Executive Order 99001 is revoked.", [("revokes", "Executive Order 99001")]),
        ("(b) Executive Order 99001 is hereby amended by striking section 2.", [("amends", "Executive Order 99001")]),
        ("Directive 99/46/EC is repealed with effect from 1 May 2030.", [("revokes", "Directive 99/46/EC")]),
        ("Regulation (EU) 2018/9139 is amended as follows:", [("amends", "Regulation (EU) 2018/9139")]),
        ("1. Resolution 2/4 is amended as follows:", [("amends", "resolution 2/4")]),
        ("2. Decides to amend paragraph 2 of resolution XY/RES/2/4 by adding a word;", [("amends", "XY/RES/2/4")]),
        ("5. Decides also to amend its resolution 70/999;", [("amends", "resolution 70/999")]),
        ("This memorandum rescinds and replaces M-99-11.", [("revokes", "M-99-11"), ("supersedes", "M-99-11")]),
        ("This publication supersedes NIST SP 800-9990.", [("supersedes", "NIST SP 800-9990")]),
        ("This order revokes Executive Order 99001 of May 1, 2019.", [("revokes", "Executive Order 99001")]),
        (
            "Actions taken pursuant to the revoked Executive Order 99001 shall be reviewed.",
            [("mentions as revoked", "Executive Order 99001")],
        ),
        ("Resolution 2999 (2023) is hereby superseded.", [("supersedes", "resolution 2999 (2023)")]),
    ],
)
def test_what_a_document_does(sentence: str, relations: list[tuple[str, str]]) -> None:
    assert said(sentence) == relations


@pytest.mark.parametrize(
    "sentence",
    [
        "Recalling that Directive 99/46/EC was repealed in 2018,",
        "Executive Order 99001 of May 1, 2019, as amended, applies.",
        "The Board considers whether Executive Order 99001 is amended in time.",
        "This order revokes certain existing policies that stand in the way.",
        "Recalling its resolution 70/999, by which it decided to amend resolution 60/1,",
        "It would take more than a treaty to supersede that rivalry.",
        "Parties may amend their declarations.",
    ],
)
def test_what_it_only_reports(sentence: str) -> None:
    assert said(sentence) == []


def test_reports_of_others_have_no_relations() -> None:
    sentence = "Executive Order 99001 is hereby revoked."
    assert said(sentence, kind="article") == said(sentence, kind="statement") == []


def test_what_is_quoted_or_noted_is_not_done() -> None:
    sentence = "Executive Order 99001 is hereby revoked."
    for kind in (BlockKind.FOOTNOTE, BlockKind.QUOTE, BlockKind.REFERENCE, BlockKind.BOILERPLATE, BlockKind.TABLE):
        assert find_relations([Part(kind, sentence)], "On measures", "law") == ()


def test_the_title_of_an_amending_act() -> None:
    title = (
        "Regulation (EU) 2030/1 laying down rules on weights and amending Regulations (EC) No 300/2998, (EU) No"
        " 167/2999 and (EU) 2918/858 and Directives 2914/90/EU and (EU) 2916/797, and repealing Directive 2901/5/EC"
    )
    assert said(title=title) == [
        ("amends", "Regulation (EC) No 300/2998"),
        ("amends", "Regulation (EU) No 167/2999"),
        ("amends", "Regulation (EU) 2918/858"),
        ("amends", "Directive 2914/90/EU"),
        ("amends", "Directive (EU) 2916/797"),
        ("revokes", "Directive 2901/5/EC"),
    ]
    assert said(title="Amendments to resolution XY/RES/2/4 on weights") == [("amends", "XY/RES/2/4")]
    assert said(title="Amending the law: what to expect") == []


def test_the_draft_of_which_a_resolution_is_made() -> None:
    assert said("[without reference to a Main Committee (A/90/L.49 and A/90/L.49/Add.1)]", kind="resolution") == [
        ("adopts draft", "A/90/L.49")
    ]
    assert said("[on the report of the Third Committee (A/90/481, para. 35)]", kind="resolution") == []
    assert said("Having considered draft A/90/L.49 in its plenary,", kind="resolution") == []


def test_each_relation_once_and_none_to_itself() -> None:
    sentence = "Resolution XY/RES/2/4 is amended as follows:"
    assert said(sentence, sentence) == [("amends", "XY/RES/2/4")]
    assert said("Directive 99/46/EC is amended as follows:", symbol="Directive 99/46/EC") == []


def test_the_metadata_of_a_document_hold_them() -> None:
    parts = [Part(BlockKind.HEADING, "On measures", 1), Part(BlockKind.PARAGRAPH, "Directive 99/46/EC is repealed.")]
    assert describe(Reading(parts), "laws/a.md").relations == (Relation("revokes", "Directive 99/46/EC"),)
