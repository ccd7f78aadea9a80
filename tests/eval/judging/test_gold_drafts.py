"""An answer marked as not helpful becomes a draft that lacks only what a person must write."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from pincite.answer.batch import failed_record
from pincite.answer.feedback import FILE, Feedback, read_feedback, store_feedback
from pincite.answer.pipeline import ask
from pincite.answer.schema import answer_record
from pincite.eval.judging.gold import GoldEvidence, read_gold
from pincite.eval.judging.gold_drafts import candidate_evidence, draft_questions, guess_kind, write_drafts
from pincite.eval.judging.matching import contains_evidence
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import Index

QUESTION = "How many accelerators were installed at Kigali, Montevideo and Hanoi on 30 June 2025?"
OUTSIDE = "How do I bake sourdough bread?"


def judged(sample: Index, embedder: Embedder, question: str, comment: str = "") -> Feedback:
    return Feedback(
        helpful=False,
        comment=comment,
        at="2026-01-02T03:04:05Z",
        answer=answer_record(ask(sample, embedder, question)),
    )


@pytest.fixture
def wrong(sample: Index, embedder: Embedder) -> Feedback:
    return judged(sample, embedder, QUESTION, "only those\nat Kigali")


def test_a_draft_lacks_only_its_nuggets(wrong: Feedback, tmp_path: Path) -> None:
    drafts = draft_questions([wrong])
    assert write_drafts(drafts, tmp_path / "gold.jsonl") == 1
    with pytest.raises(BadInput, match=r"gold\.jsonl, line 1.*nuggets: an answerable question needs at least one"):
        read_gold(tmp_path / "gold.jsonl")
    drafts[0]["nuggets"] = [{"vital": True, "any_of": ["2,890"]}]
    assert write_drafts(drafts, tmp_path / "filled.jsonl") == 1
    (question,) = read_gold(tmp_path / "filled.jsonl")
    assert question.id == f"draft-{sha256(QUESTION.encode()).hexdigest()[:8]}"
    assert (question.question, question.answerable, question.kind, question.language) == (
        QUESTION,
        True,
        "number",
        "en",
    )


@pytest.mark.parametrize("question", [QUESTION, OUTSIDE, "What does MF/RES/2/4 decide?"])
def test_quotes_are_verbatim(sample: Index, embedder: Embedder, question: str) -> None:
    evidence = draft_questions([judged(sample, embedder, question)])[0]["evidence"]
    assert 2 <= len(evidence) <= 5
    for piece in evidence:
        document = sample.document(piece["document"])
        start = " ".join(document.text.split()).find(piece["quote"])
        assert start >= 0
        assert 6 <= len(piece["quote"].split()) <= 60
        assert contains_evidence(GoldEvidence(**piece), piece["document"], document.text)


def test_citations_come_first_and_no_quote_is_repeated(wrong: Feedback) -> None:
    (draft,) = draft_questions([wrong])
    first = wrong.answer["citations"][0]
    assert draft["evidence"][0] == {
        "document": first["document"],
        "quote": " ".join(first["quote"].split()[:60]),
        "page": first["page"],
        "pinpoint": first["pinpoint"],
    }
    quotes = [piece["quote"] for piece in draft["evidence"]]
    assert not [quote for quote in quotes for other in quotes if quote is not other and quote in other]


def test_long_quotes_are_shortened_and_short_ones_left_out() -> None:
    place = {"document": "a.md", "page": None, "pinpoint": "Article 1"}
    texts = ["Members.", "word " * 90, "One. Two.\nThree four five six. Seven eight nine."]
    record = {"citations": [], "evidence": [{**place, "text": text} for text in texts]}
    quotes = [
        piece["quote"] for piece in candidate_evidence([Feedback(helpful=False, comment="", at="", answer=record)])
    ]
    assert quotes == [" ".join(["word"] * 60), "One. Two. Three four five six."]


def test_the_note_has_the_comment_its_date_and_what_remains_to_be_done(wrong: Feedback) -> None:
    note = draft_questions([wrong])[0]["note"]
    assert note.startswith("Marked as not helpful on 2026-01-02T03:04:05Z: “only those at Kigali”. The answer was: “")
    assert " ".join(wrong.answer["answer"].split())[:150] in note
    assert "write the nuggets" in note
    assert len(note) < 800


def test_a_question_has_one_draft_and_a_helpful_answer_none(wrong: Feedback) -> None:
    again = replace(wrong, comment="still", answer=wrong.answer | {"answer": "Another. [1]"})
    right = replace(wrong, helpful=True, answer=wrong.answer | {"question": "Right?"})
    (draft,) = draft_questions([wrong, again, right])
    assert all(part in draft["note"] for part in ("only those at Kigali", "still", "Another. [1]"))
    assert draft_questions([wrong, again], taken={draft["id"]}) == []


def test_a_draft_from_an_unhelpful_abstention_is_answerable(sample: Index, embedder: Embedder) -> None:
    wrong = judged(sample, embedder, OUTSIDE)
    assert wrong.answer["abstained"]
    (draft,) = draft_questions([wrong])
    assert draft["answerable"] is True
    assert draft["evidence"][0]["document"] == wrong.answer["evidence"][0]["document"]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How much does the Forum spend?", "number"),
        ("When was it founded?", "date"),
        ("On what date did it enter into force?", "date"),
        ("What happens when a member leaves?", "fact"),
        ("Compare how many chips Kigali and Hanoi have.", "comparison"),
        ("How does 2/4 differ from 3/2?", "comparison"),
        ("In which year was it founded?", "date"),
        ("What is an AI system?", "definition"),
        ("Who hosts the pool?", "fact"),
    ],
)
def test_the_kind_is_guessed_from_the_wording(question: str, kind: str) -> None:
    assert guess_kind(question) == kind


def test_stored_feedback_becomes_a_draft_in_its_language(sample_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_bytes((sample_folder / "catalog.sqlite").read_bytes())
    question = "Скільки прискорювачів було встановлено в трьох містах?"
    record = failed_record("q1", question, "", "extract", "index", 0.1) | {"answer": "12"}
    store_feedback(tmp_path, Feedback(helpful=False, comment="", at="2026-01-02T03:04:05Z", answer=record))
    (draft,) = draft_questions(read_feedback(tmp_path / FILE))
    assert draft["language"] == "uk"


def test_drafts_are_added_once_and_the_rest_of_the_file_is_unchanged(tmp_path: Path) -> None:
    out = tmp_path / "gold.jsonl"
    own = b'\xef\xbb\xbf{"id": "own"}\r\n\r\n{"id":   "draft-1"}'
    out.write_bytes(own)
    drafts = [{"id": "draft-1"}, {"id": "draft-2", "question": "Що?"}, {"id": "draft-2"}]
    assert write_drafts(drafts, out) == 1
    assert write_drafts(drafts, out) == 0
    added = out.read_bytes().removeprefix(own + b"\n")
    assert added.count(b"\n") == 1
    assert json.loads(added)["id"] == "draft-2"
    assert list(tmp_path.iterdir()) == [out]


def test_no_file_is_made_without_drafts(tmp_path: Path) -> None:
    assert write_drafts([], tmp_path / "gold.jsonl") == 0
    assert not (tmp_path / "gold.jsonl").exists()


@pytest.mark.parametrize("line", ["{", "[]", '"id"', "{}", "5"])
def test_a_file_that_is_not_gold_is_an_error_and_unchanged(tmp_path: Path, line: str) -> None:
    out = tmp_path / "gold.jsonl"
    out.write_text(f'{{"id": "a"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(BadInput, match=r"gold\.jsonl, line 2: not a question with an id"):
        write_drafts([{"id": "b"}], out)
    assert out.read_text(encoding="utf-8") == f'{{"id": "a"}}\n{line}\n'
    with pytest.raises(BadInput, match="cannot be written"):
        write_drafts([{"id": "b"}], tmp_path / "none" / "gold.jsonl")
