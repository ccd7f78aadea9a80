from pathlib import Path

import pytest
from docx import Document

from answer.ask import ask
from briefing.conversation import write_conversation
from ingest.embed import Embedder
from ingest.errors import BadInput
from ingest.index import Index
from tests.briefed import COD, FELLOWSHIPS


def test_a_conversation_is_written_as_a_book_is(sample: Index, embedder: Embedder, tmp_path: Path) -> None:
    answers = [ask(sample, embedder, question) for question in (FELLOWSHIPS, COD, FELLOWSHIPS)]
    for name in ("talk.docx", "talk.md"):
        book = write_conversation(answers, tmp_path / name, "Our talk", {})
    texts = [paragraph.text for paragraph in Document(str(tmp_path / "talk.docx")).paragraphs]
    assert [f"1. {FELLOWSHIPS}" in texts, f"2. {COD}" in texts, f"3. {FELLOWSHIPS}" in texts] == [True] * 3
    assert "[^2]: " in (tmp_path / "talk.md").read_text(encoding="utf-8")
    assert list(book.cited()) == [answers[0].citations[0].document]
    with pytest.raises(BadInput, match="let --out end with"):
        write_conversation(answers, tmp_path / "talk.odt", "Our talk", {})
