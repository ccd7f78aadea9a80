from pincite.eval.training.examples import Example, Texts, from_paragraph, without_answer

TEXT = "The Council meets in May. It elects a chair, Ms Orr. The chair serves for two years."
SPAN = (TEXT.index("two"), TEXT.index("two") + len("two years"))


def test_the_sentence_with_the_answer_answers() -> None:
    example = from_paragraph("How long does the chair serve?", "Rules", TEXT, [SPAN])
    assert [example.sentences[place][a:b] for place, spans in example.answers.items() for a, b in spans] == [
        "two years"
    ]


def test_a_span_over_two_sentences_is_in_both() -> None:
    example = from_paragraph("Who?", "Rules", TEXT, [(TEXT.index("Ms"), len(TEXT))])
    assert sorted(example.answers) == [1, 2]


def test_without_an_answer_the_plausible_sentence_is_near() -> None:
    assert from_paragraph("Who pays the chair?", "Rules", TEXT, [], TEXT.index("chair, Ms")).near == 1


def test_a_near_miss_shares_words_and_has_no_answer() -> None:
    asked = Example("How long does the chair serve?", "", ("The chair serves for two years.",), {0: ((21, 30),)})
    same = Example("?", "", ("Another chair serves for two years, too.",), {})
    other = Example("?", "", ("A chair of oak.", "The chair may serve long."), {})
    missed = Texts([asked, same, other, Example("?", "", ("Bees make honey.",), {})]).near_miss(asked)
    assert missed is not None
    assert (missed.sentences, missed.question, missed.answers, missed.near) == (
        other.sentences, asked.question, {}, 1,
    )  # fmt: skip


def test_a_text_without_its_answer_answers_nothing() -> None:
    left = without_answer(from_paragraph("How long does the chair serve?", "Rules", TEXT, [SPAN]))
    assert left is not None
    assert len(left.sentences) == 2
    assert not left.answers
