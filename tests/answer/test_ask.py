import re
from collections.abc import Sequence

import pytest

from pincite.answer.answerability.abstain import NOT_IN_CORPUS
from pincite.answer.draft.draft import Model
from pincite.answer.models.prompts import ABSTENTION
from pincite.answer.pipeline import Answer, ask
from pincite.answer.query.filters import make_filters
from pincite.answer.schema import answer_record
from pincite.answer.verification.verify import Support
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import Index
from support.scripted_llm import ScriptedLLM

FOUNDED = "When and where was the Meridian Forum founded?"
FISH = "Which fishing quotas apply to cod in the North Sea?"


def with_model(index: Index, embedder: Embedder, *replies: str, question: str = FOUNDED) -> Answer:
    return ask(index, embedder, question, model=Model("scripted", ScriptedLLM(replies=list(replies))))


def quotes_are_true(index: Index, answer: Answer) -> bool:
    return all(index.document(c.document).text[c.start : c.end] == c.quote for c in answer.citations)


def marks(numbers: Sequence[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)


def test_an_answer_has_statements_citations_and_quotes(sample: Index, embedder: Embedder) -> None:
    answer = ask(sample, embedder, FOUNDED)
    assert "14 May 2023" in answer.text
    assert "Nairobi" in answer.text
    assert quotes_are_true(sample, answer)
    assert all(statement.support is Support.SUPPORTED for statement in answer.statements)
    assert answer.text == "\n".join(f"{s.text} {marks(s.citations)}" for s in answer.statements)
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))


def test_questions_outside_the_corpus_are_not_answered(sample: Index, embedder: Embedder) -> None:
    answer = ask(sample, embedder, FISH)
    assert (answer.abstained, answer.text, answer.statements, answer.citations) == (True, NOT_IN_CORPUS, (), ())
    assert answer.reason
    assert answer.evidence


def test_filters_without_matches_are_the_reason_to_abstain(sample: Index, embedder: Embedder) -> None:
    answer = ask(sample, embedder, FOUNDED, make_filters(issuers=("Nobody",)))
    assert answer.abstained
    assert "filters" in str(answer.reason)


def test_the_same_question_gives_the_same_answer(sample: Index, embedder: Embedder) -> None:
    first, second = (answer_record(ask(sample, embedder, FOUNDED)) for _ in range(2))
    assert first | {"seconds": None} == second | {"seconds": None}


def test_an_empty_question_is_rejected(sample: Index, embedder: Embedder) -> None:
    with pytest.raises(BadInput):
        ask(sample, embedder, "  ")


def test_a_correct_model_sentence_is_cited_with_a_source_quote(sample: Index, embedder: Embedder) -> None:
    llm = ScriptedLLM(replies=["Nothing."])
    ask(sample, embedder, FOUNDED, model=Model("scripted", llm))
    number = re.search(r"\[(\d+)\][^\n]*\n> [^\n]*14 May 2023", llm.prompts[0])
    assert number
    answer = with_model(sample, embedder, f"The Forum was founded in Nairobi on 14 May 2023 [{number[1]}].")
    assert answer.llm == "scripted"
    assert answer.statements[0].support is not Support.UNSUPPORTED
    assert quotes_are_true(sample, answer)
    assert "14 May 2023" in answer.citations[0].quote


def test_an_invented_model_sentence_is_replaced_by_the_extractive_answer(sample: Index, embedder: Embedder) -> None:
    answer = with_model(sample, embedder, "The Forum was founded in Oslo on 3 March 1999 [1].")
    assert answer.llm == "extract"
    assert "failed verification" in str(answer.reason)
    assert "Oslo" not in answer.text
    assert not answer.abstained


def test_a_mark_without_a_passage_supports_nothing(sample: Index, embedder: Embedder) -> None:
    assert with_model(sample, embedder, "The Forum was founded in Nairobi on 14 May 2023 [99].").llm == "extract"


def test_the_model_may_abstain(sample: Index, embedder: Embedder) -> None:
    answer = with_model(sample, embedder, ABSTENTION)
    assert answer.abstained
    assert answer.reason == "The model found no answer in the passages."


def test_the_model_is_not_asked_questions_outside_the_corpus(sample: Index, embedder: Embedder) -> None:
    answer = with_model(sample, embedder, "Cod quotas are 12 tonnes [1].", question=FISH)
    assert answer.abstained
