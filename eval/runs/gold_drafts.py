"""Draft gold questions from answers that readers found wrong. A person makes gold of them: knows no right answer."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from pincite.answer.feedback import Feedback
from pincite.eval.judging.gold import Kind
from pincite.ingest.atomic_write import write_text
from pincite.ingest.jsonl import json_line
from pincite.ingest.document import BlockKind, Part
from pincite.ingest.errors import BadInput
from pincite.ingest.metadata.languages import guess_language
from pincite.ingest.chunking.sentences import sentence_spans

FEWEST, MOST = 6, 60  # words of a quote
PIECES = 5  # of evidence in a draft
ANSWER = 200  # characters of the answer in the note
TO_DO = (
    "To do: write the nuggets; keep the evidence in which the answer stands and add what is missing; "
    "check kind and language; set answerable to false if the documents do not answer; then remove this note."
)
OPENINGS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("comparison", re.compile(r"\b(compar\w+|differ(s|ed|ent|ence|ences)?|versus|vs)\b", re.I)),
    ("number", re.compile(r"\bhow (many|much)\b|\bwhat (number|share|percentage|amount)\b", re.I)),
    ("date", re.compile(r"^(\w+ )?when\b|\b(what|which) (date|day|month|year)\b", re.I)),
    ("list", re.compile(r"\bwhich\b|\blist\b|^name\b|^what are\b", re.I)),
    ("definition", re.compile(r"^what is\b|\bdefin\w+|\bmean(t by)?\b", re.I)),
)


def draft_questions(feedback: Sequence[Feedback], taken: Collection[str] = ()) -> list[dict[str, Any]]:
    """A draft for each question with an answer judged not helpful, without those whose id is `taken`.

    What is written is gold but for its nuggets: `pincite.eval.judging.gold.read_gold` refuses it until a person has added them.
    """
    asked: dict[str, list[Feedback]] = {}
    for judged in feedback:
        if not judged.helpful:
            asked.setdefault(judged.answer["question"], []).append(judged)
    return [draft(question, wrong) for question, wrong in asked.items() if draft_id(question) not in taken]


def draft_id(question: str) -> str:
    """The id of a question's draft, the same each time.

    >>> draft_id("Who pays?")
    'draft-1bcba518'
    """
    return f"draft-{sha256(question.encode()).hexdigest()[:8]}"


def draft(question: str, wrong: Sequence[Feedback]) -> dict[str, Any]:
    """The draft of a question, from the judgements of its answers."""
    return {
        "id": draft_id(question),
        "question": question,
        "answerable": True,
        "kind": guess_kind(question),
        "language": guess_language([Part(BlockKind.PARAGRAPH, question)]),
        "nuggets": [],
        "evidence": candidates(wrong),
        "note": " ".join([*map(remark, wrong), TO_DO]),
    }


def guess_kind(question: str) -> Kind:
    """The kind that a question's words suggest, `fact` where they suggest none.

    >>> guess_kind("How many?"), guess_kind("Since when?"), guess_kind("What is a pincite?"), guess_kind("Who pays?")
    ('number', 'date', 'definition', 'fact')
    """
    return next((kind for kind, opening in OPENINGS if opening.search(question)), "fact")


def candidates(wrong: Sequence[Feedback]) -> list[dict[str, Any]]:
    """Quotes that may be the evidence, at most 5: those cited first, then the beginnings of the nearest passages."""
    pieces: list[dict[str, Any]] = []
    for place, text in [*cited(wrong), *retrieved(wrong)]:
        document, quote = place["document"], " ".join(text.split()[:MOST])
        known = [piece["quote"] for piece in pieces if piece["document"] == document]
        if len(quote.split()) >= FEWEST and not any(quote in other or other in quote for other in known):
            pieces.append({"document": document, "quote": quote, "page": place["page"], "pinpoint": place["pinpoint"]})
    return pieces[:PIECES]


def cited(wrong: Sequence[Feedback]) -> Iterator[tuple[dict[str, Any], str]]:
    """The citations of answers with what they quote."""
    return ((citation, citation["quote"]) for judged in wrong for citation in judged.answer["citations"])


def retrieved(wrong: Sequence[Feedback]) -> Iterator[tuple[dict[str, Any], str]]:
    """The passages found for answers with how each begins."""
    return ((found, beginning(found["text"])) for judged in wrong for found in judged.answer["evidence"])


def beginning(text: str) -> str:
    """The first sentences of a text, as few as have six words.

    >>> beginning("2. Members. They meet twice a year. The seat is in Kigali.")
    '2. Members. They meet twice a year.'
    """
    ends = (end for _, end in sentence_spans(text) if len(text[:end].split()) >= FEWEST)
    return text[: next(ends, len(text))]


def remark(judged: Feedback) -> str:
    """What a reader said of an answer, when, and the answer in short."""
    answer = " ".join(judged.answer["answer"].split())
    short = answer if len(answer) <= ANSWER else f"{answer[:ANSWER].rsplit(' ', 1)[0]} …"
    comment = f": “{' '.join(judged.comment.split())}”" if judged.comment.strip() else ""
    return f"Judged not helpful on {judged.at}{comment}. The answer was: “{short}”"


def write_drafts(drafts: Sequence[dict[str, Any]], out: Path) -> int:
    """Add drafts to a JSON Lines file, those without whose id stands in it already; how many were added.

    Raises BadInput naming file and line for what cannot be read there, or when the file cannot be written.
    """
    try:
        written = out.read_bytes().decode() if out.exists() else ""
        known = ids_of(written, out)
        new = {draft["id"]: draft for draft in drafts if draft["id"] not in known}
        if new:
            between = "\n" if written and not written.endswith("\n") else ""
            write_text(out, [written, between, *map(json_line, new.values())])
    except OSError as error:
        raise BadInput(f"The drafts cannot be written to {out} ({error.strerror}): name another file.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{out} is not UTF-8 (byte {error.start}): save it as UTF-8.") from error
    return len(new)


def ids_of(written: str, out: Path) -> set[str]:
    """The ids of the questions in a file, be they drafts or gold."""
    return {
        identity(line, f"{out}, line {number}")
        for number, line in enumerate(written.removeprefix("\ufeff").split("\n"), 1)
        if line.strip()
    }


def identity(line: str, place: str) -> str:
    """The id of one question; `place` is what an error names."""
    try:
        return str(json.loads(line)["id"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{place}: no question with an id stands there; mend the line or name another file.") from error
