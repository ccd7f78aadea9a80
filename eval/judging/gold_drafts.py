"""Drafts gold questions from answers that readers marked as not helpful; a person completes them."""

import json
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from pincite.answer.feedback import Feedback
from pincite.answer.query.answer_types import answer_type_of
from pincite.answer.query.decomposition import is_comparison
from pincite.eval.judging.gold import Kind
from pincite.eval.judging.gold_check import MAX_WORDS, MIN_WORDS
from pincite.ingest.atomic_write import write_text
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import BlockKind, Part
from pincite.ingest.errors import BadInput
from pincite.ingest.jsonl import json_line
from pincite.ingest.metadata.languages import guess_language

MAX_PIECES = 5  # of evidence in a draft
ANSWER_LENGTH = 200  # characters of the answer quoted in the note
TO_DO = (
    "To do: write the nuggets; keep the evidence that supports the answer and add what is missing; "
    "check kind and language; set answerable to false if the documents do not answer; then remove this note."
)
# Kinds of gold questions by the answer type that a question asks for.
KIND_OF_TYPE: dict[str, Kind] = {
    "definition": "definition",
    "money": "number",
    "duration": "number",
    "share": "number",
    "number": "number",
    "date": "date",
    "list": "list",
    "procedure": "procedure",
}


def draft_questions(feedback: Sequence[Feedback], taken: Collection[str] = ()) -> list[dict[str, Any]]:
    """A draft for each question with an answer marked as not helpful, except those whose id is `taken`.

    A draft lacks only its nuggets: `pincite.eval.judging.gold.read_gold` refuses it until a person has added them.
    """
    by_question: dict[str, list[Feedback]] = {}
    for one in feedback:
        if not one.helpful:
            by_question.setdefault(one.answer["question"], []).append(one)
    return [draft(question, wrong) for question, wrong in by_question.items() if draft_id(question) not in taken]


def draft_id(question: str) -> str:
    """The id of a question's draft, derived from the question.

    >>> draft_id("Who pays?")
    'draft-1bcba518'
    """
    return f"draft-{sha256(question.encode()).hexdigest()[:8]}"


def draft(question: str, wrong: Sequence[Feedback]) -> dict[str, Any]:
    """The draft of a question, from the feedback on its answers."""
    return {
        "id": draft_id(question),
        "question": question,
        "answerable": True,
        "kind": guess_kind(question),
        "language": guess_language([Part(BlockKind.PARAGRAPH, question)]),
        "nuggets": [],
        "evidence": candidate_evidence(wrong),
        "note": " ".join([*map(feedback_note, wrong), TO_DO]),
    }


def guess_kind(question: str) -> Kind:
    """The kind of question suggested by its wording, `fact` by default.

    >>> guess_kind("How many?"), guess_kind("Since when?"), guess_kind("What is a pincite?"), guess_kind("Who pays?")
    ('number', 'date', 'definition', 'fact')
    """
    return "comparison" if is_comparison(question) else KIND_OF_TYPE.get(answer_type_of(question), "fact")


def candidate_evidence(wrong: Sequence[Feedback]) -> list[dict[str, Any]]:
    """At most 5 candidate quotes: first those cited, then the openings of the top passages."""
    pieces: list[dict[str, Any]] = []
    for source, text in [*cited_quotes(wrong), *passage_openings(wrong)]:
        document, quote = source["document"], " ".join(text.split()[:MAX_WORDS])
        known = [piece["quote"] for piece in pieces if piece["document"] == document]
        if len(quote.split()) >= MIN_WORDS and not any(quote in other or other in quote for other in known):
            located = {"page": source["page"], "pinpoint": source["pinpoint"]}
            pieces.append({"document": document, "quote": quote, **located})
    return pieces[:MAX_PIECES]


def cited_quotes(wrong: Sequence[Feedback]) -> Iterator[tuple[dict[str, Any], str]]:
    """The citations of answers, each with its quote."""
    return ((citation, citation["quote"]) for one in wrong for citation in one.answer["citations"])


def passage_openings(wrong: Sequence[Feedback]) -> Iterator[tuple[dict[str, Any], str]]:
    """The evidence of answers, each passage with its opening."""
    return ((passage, opening(passage["text"])) for one in wrong for passage in one.answer["evidence"])


def opening(text: str) -> str:
    """The first sentences of a text, as many as needed for six words.

    >>> opening("2. Members. They meet twice a year. The seat is in Kigali.")
    '2. Members. They meet twice a year.'
    """
    ends = (end for _, end in sentence_spans(text) if len(text[:end].split()) >= MIN_WORDS)
    return text[: next(ends, len(text))]


def feedback_note(feedback: Feedback) -> str:
    """A reader's comment on an answer, its date, and the beginning of the answer."""
    answer = " ".join(feedback.answer["answer"].split())
    short = answer if len(answer) <= ANSWER_LENGTH else f"{answer[:ANSWER_LENGTH].rsplit(' ', 1)[0]} …"
    comment = f": “{' '.join(feedback.comment.split())}”" if feedback.comment.strip() else ""
    return f"Marked as not helpful on {feedback.at}{comment}. The answer was: “{short}”"


def write_drafts(drafts: Sequence[dict[str, Any]], out: Path) -> int:
    """Append drafts to a JSON Lines file unless it already has their ids; returns how many were added.

    Raises BadInput naming file and line if the file cannot be read, or if it cannot be written.
    """
    try:
        written = out.read_bytes().decode() if out.exists() else ""
        known = ids_of(written, out)
        new = {draft["id"]: draft for draft in drafts if draft["id"] not in known}
        if new:
            between = "\n" if written and not written.endswith("\n") else ""
            write_text(out, [written, between, *map(json_line, new.values())])
    except OSError as error:
        raise BadInput(f"The drafts cannot be written to {out} ({error.strerror}): choose another file.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{out} is not UTF-8 (byte {error.start}): save it as UTF-8.") from error
    return len(new)


def ids_of(written: str, out: Path) -> set[str]:
    """The ids of the questions in a file, drafts and gold alike."""
    return {
        identity(line, f"{out}, line {number}")
        for number, line in enumerate(written.removeprefix("\ufeff").split("\n"), 1)
        if line.strip()
    }


def identity(line: str, location: str) -> str:
    """The id of one question. Raises BadInput, which begins with `location`."""
    try:
        return str(json.loads(line)["id"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{location}: not a question with an id; correct the line or choose another file.") from error
