"""An `Answer` as the JSON that scripts rely on. A field changes its meaning only with a new schema number."""

from collections.abc import Sequence
from typing import Any

from pincite.answer.citation.citation import Citation
from pincite.answer.pipeline import Answer
from pincite.answer.retrieval.retrieve import Evidence

SCHEMA = 1


def answer_record(answer: Answer, identity: str = "") -> dict[str, Any]:
    """One answer; `identity` is the question's id where it has one."""
    return {
        "schema": SCHEMA,
        "id": identity,
        "question": answer.question,
        "answer": answer.text,
        "notes": list(answer.notes),
        "abstained": answer.abstained,
        "reason": answer.reason,
        "statements": [
            {
                "text": statement.text,
                "support": statement.support.value,
                "score": round(statement.score, 4),
                "citations": list(statement.citations),
                "reasons": list(statement.reasons),
            }
            for statement in answer.statements
        ],
        "citations": [citation_record(citation) for citation in answer.citations],
        "evidence": evidence_records(answer.evidence),
        "llm": answer.llm,
        "index": answer.index,
        "seconds": {stage: round(seconds, 4) for stage, seconds in answer.seconds.items()},
    }


def citation_record(citation: Citation) -> dict[str, Any]:
    """One citation; `start` and `end` index the canonical text that `pincite show --text` prints."""
    known = citation.metadata
    return {
        "n": citation.number,
        "document": citation.document,
        "title": known.title,
        "kind": known.kind,
        "issuer": known.issuer,
        "symbol": known.symbol,
        "date": known.date,
        "page": citation.page,
        "pinpoint": citation.pinpoint,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
    }


def evidence_records(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Evidence in rank order: what `pincite search --json` prints."""
    return [
        {
            "rank": found.rank,
            "document": found.passage.document,
            "page": found.passage.page,
            "pinpoint": found.passage.pinpoint,
            "start": found.passage.start,
            "end": found.passage.end,
            "score": round(found.score, 4),
            "text": found.passage.text,
        }
        for found in evidence
    ]
