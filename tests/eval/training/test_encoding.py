import pytest
from tokenizers import Tokenizer

from pincite.eval.training.encoding import MAX_TOKENS, NO_SENTENCE, open_tokenizer, pad, readings
from pincite.ingest.embedding.weights import find_weights

SENTENCES = ["The Council meets in May.", "It elects a chair."]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return open_tokenizer(find_weights() / "tokenizer.json")


def test_tokens_know_their_sentence(tokenizer: Tokenizer) -> None:
    read = pad(tokenizer, readings(tokenizer, "When does it meet?", "Rules", SENTENCES))
    words = [tokenizer.id_to_token(number) for number in read.ids[0]]
    of_sentence = [[word for word, at in zip(words, read.sentences[0], strict=True) if at == place] for place in (0, 1)]
    assert of_sentence == [["the", "council", "meets", "in", "may", "."], ["it", "elects", "a", "chair", "."]]
    assert words[:9] == ["[CLS]", "when", "does", "it", "meet", "?", "[SEP]", "rules", "the"]
    assert list(read.segments[0][:8]) == [0, 0, 0, 0, 0, 0, 0, 1]
    assert read.sentences[0][7] == NO_SENTENCE


def test_a_long_text_is_read_in_parts_without_losing_a_sentence(tokenizer: Tokenizer) -> None:
    parts = readings(tokenizer, "Who?", "Rules", SENTENCES * 60)
    assert len(parts) > 1
    assert all(one.length <= MAX_TOKENS for one in parts)
    assert sum(len(one.sentences) for one in parts) == len(SENTENCES) * 60


def test_shorter_sequences_are_padded(tokenizer: Tokenizer) -> None:
    long, short = readings(tokenizer, "Who?", "", SENTENCES)[0], readings(tokenizer, "Who?", "", SENTENCES[:1])[0]
    read = pad(tokenizer, [long, short])
    assert list(read.mask.sum(axis=1)) == [long.length, short.length]
    assert set(read.sentences[1][short.length :]) == {NO_SENTENCE}
