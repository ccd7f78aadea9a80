"""Where sentences of policy prose end, and where a full stop ends none."""

import pytest

from pincite.ingest.chunking.sentences import is_enumerator, sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It was adopted. It binds all.", ["It was adopted.", "It binds all."]),
        ("Who pays? States do! Others may…", ["Who pays?", "States do!", "Others may…"]),
        ("He said “yes.” She said no.", ["He said “yes.”", "She said no."]),
        ("It applies (see para. 4). Next comes Article 5.", ["It applies (see para. 4).", "Next comes Article 5."]),
        ("Рада ухвалила його. Він набрав чинності.", ["Рада ухвалила його.", "Він набрав чинності."]),
        ("規則は長い。次の文。", ["規則は長い。", "次の文。"]),
    ],
)
def test_sentences_end(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "See Art. 5 and No. 7 of the Reg. in force.",
        "The U.S. House and the E.U. Council agreed.",
        "J. R. Smith and Dr. Who, e.g. in Fig. 2, show it.",
        "It costs USD 7.5 million under version 2.1 of the text.",
        "Відповідно до ст. 5 і п. 3 закону у 2024 р. діє правило.",
        "Das gilt nach Art. 5 Abs. 2 Nr. 3 bis zum 31. Dezember 2030, vgl. Rn. 12.",
        "Selon l’art. 5, al. 2, voir chap. 3 du texte de M. Roux.",
        "Según el art. 5, núm. 3, pág. 12.",
        "“Why?” he asked.",
        "Because… it is so.",
    ],
)
def test_a_full_stop_may_end_nothing(text: str) -> None:
    assert sentences(text) == [text]


def test_a_number_in_front_stays_with_its_paragraph() -> None:
    assert sentences("6. The Assembly decides. 7. It ends.") == ["6. The Assembly decides.", "7. It ends."]
    assert sentences("IV. General rules apply.") == ["IV. General rules apply."]
    assert not is_enumerator("Members")


def test_the_mark_of_a_footnote_belongs_to_the_sentence_before_it() -> None:
    assert sentences("It was counted.[1] Then “all left.”[12] Nobody came.") == [
        "It was counted.[1]",
        "Then “all left.”[12]",
        "Nobody came.",
    ]


def test_points_of_a_list_are_sentences() -> None:
    assert sentences("States shall:\n(a) report;\n(b) publish.\nNothing else.") == [
        "States shall:",
        "(a) report;",
        "(b) publish.",
        "Nothing else.",
    ]


def test_offsets_are_in_order_without_white_space_and_miss_no_word() -> None:
    text = "  One sentence.  Another one;\n\nA block without an end\n\n\n  Last.  "
    spans = sentence_spans(text)
    assert [text[start:end] for start, end in spans] == [text[start:end].strip() for start, end in spans]
    assert spans == sorted(spans)
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_nothing_has_no_sentences() -> None:
    assert sentence_spans("") == []
    assert sentence_spans(" \n\n ") == []
