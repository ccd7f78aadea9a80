from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from pincite.answer.pipeline import ask
from pincite.answer.verification.verify import Support
from pincite.briefing.conversation import Exchange, with_references, write_conversation
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import Index
from support.briefed import COD, FELLOWSHIPS

NARROW = "2 of 12 documents were searched (report)."


def test_a_conversation_is_written_as_a_book_is(sample: Index, embedder: Embedder, tmp_path: Path) -> None:
    answers = [ask(sample, embedder, question) for question in (FELLOWSHIPS, COD, FELLOWSHIPS)]
    exchanges = [Exchange(question, one) for question, one in zip(("Who?", COD, "And who else?"), answers, strict=True)]
    for name in ("talk.docx", "talk.md"):
        book = write_conversation(exchanges, tmp_path / name, "Our talk", {})
    texts = [paragraph.text for paragraph in Document(str(tmp_path / "talk.docx")).paragraphs]
    assert ["1. Who?" in texts, f"2. {COD}" in texts, "3. And who else?" in texts] == [True] * 3
    assert "[^2]: " in (tmp_path / "talk.md").read_text(encoding="utf-8")
    assert list(book.cited_documents()) == [answers[0].citations[0].document]
    with pytest.raises(BadInput, match="--out must end with"):
        write_conversation(exchanges, tmp_path / "talk.odt", "Our talk", {})


def test_what_a_reader_must_know_stands_under_each_answer(sample: Index, embedder: Embedder, tmp_path: Path) -> None:
    exchanges = [Exchange(one, ask(sample, embedder, one), ("Understood as: x", NARROW)) for one in (FELLOWSHIPS, COD)]
    write_conversation(exchanges, tmp_path / "talk.md", "Our talk", {})
    first, second = (tmp_path / "talk.md").read_text(encoding="utf-8").split(f"### 2. {COD}")
    assert [f"*Note: {NARROW}*" in part for part in (first, second)] == [True, True]
    assert "*Note: Understood as: x*" in first


def test_an_answer_is_copied_with_its_references(sample: Index, embedder: Embedder) -> None:
    answer = ask(sample, embedder, FELLOWSHIPS)
    citation = answer.citations[0]
    question, said, references = with_references(Exchange("Who?", answer)).split("\n\n")
    assert question == "Who?"
    assert said.startswith(f"{answer.statements[0].text} [1]")
    assert references.startswith(f"[1] {citation.reference()}: “{' '.join(citation.quote.split())}”")
    doubtful = replace(answer.statements[0], support=Support.PARTLY)
    withheld = replace(answer.statements[0], text="Never.", support=Support.UNSUPPORTED, citations=())
    text = with_references(Exchange("Who?", replace(answer, statements=(doubtful, withheld), notes=("Amended.",))))
    assert "[1] (only partly supported)" in text
    assert "\n\nNote: Amended.\n\n" in text
    assert "Never." not in text


def test_an_abstention_is_copied_with_its_reason(sample: Index, embedder: Embedder) -> None:
    answer = ask(sample, embedder, COD)
    assert with_references(Exchange(COD, answer, (NARROW,))).split("\n\n") == [
        COD, answer.text, answer.reason, f"Note: {NARROW}"
    ]  # fmt: skip
