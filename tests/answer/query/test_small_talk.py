import pytest

from pincite.answer.pipeline import NO_QUESTION, ask
from pincite.answer.query.small_talk import is_small_talk
from pincite.answer.schema import answer_record
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "Good morning!",
        "Thank you so much",
        "thanks, bye",
        "What can you do?",
        "help",
        "What should I say to our director?",
        "Bonjour à tous",
        "Vielen Dank!",
        "¡Hola!",
        "Добрий день",
    ],
)
def test_greetings_and_questions_about_the_program_are_small_talk(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "help for small firms",
        "What can you do about noise?",
        "thanks to whom was it adopted?",
        "What should I tell my minister about fines?",
        "latest",
        "Who are the members?",
    ],
)
def test_questions_are_no_small_talk(text: str) -> None:
    assert not is_small_talk(text)


def test_the_reply_has_three_questions_that_the_library_answers(sample: Index, embedder: Embedder) -> None:
    reply = ask(sample, embedder, "Hello!")
    assert (reply.abstained, reply.reason, reply.statements, reply.citations) == (True, NO_QUESTION, (), ())
    assert len(reply.examples) == 3
    assert all(example in reply.text for example in reply.examples)
    assert not any(ask(sample, embedder, example).abstained for example in reply.examples)
    assert answer_record(reply)["examples"] == list(reply.examples)
