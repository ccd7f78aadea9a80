"""The JSON of an answer has exactly the fields of the contract, with their types."""

import json

from answer.ask import ask
from answer.record import answer_record
from ingest.embed import Embedder
from ingest.index import Index

ANSWER = {
    "schema": int, "id": str, "question": str, "answer": str, "abstained": bool, "reason": (str, type(None)),
    "statements": list, "citations": list, "evidence": list, "llm": str, "index": str, "seconds": dict,
}  # fmt: skip
STATEMENT = {"text": str, "support": str, "score": float, "citations": list, "reasons": list}
CITATION = {
    "n": int, "document": str, "title": str, "kind": str, "issuer": (str, type(None)), "symbol": (str, type(None)),
    "date": (str, type(None)), "page": (int, type(None)), "pinpoint": (str, type(None)), "quote": str, "start": int,
    "end": int,
}  # fmt: skip
EVIDENCE = {
    "rank": int, "document": str, "page": (int, type(None)), "pinpoint": (str, type(None)), "start": int, "end": int,
    "score": float, "text": str,
}  # fmt: skip
Fields = dict[str, object]


def fits(record: Fields, fields: dict[str, type | tuple[type, ...]]) -> bool:
    return list(record) == list(fields) and all(isinstance(record[name], kind) for name, kind in fields.items())


def test_an_answer_has_the_fields_of_the_contract(sample: Index, embedder: Embedder) -> None:
    record = answer_record(ask(sample, embedder, "When was the Meridian Forum founded?"), "q1")
    assert json.loads(json.dumps(record)) == record
    assert fits(record, ANSWER)
    assert record["id"] == "q1"
    assert all(fits(statement, STATEMENT) for statement in record["statements"])
    assert all(fits(citation, CITATION) for citation in record["citations"])
    assert all(fits(evidence, EVIDENCE) for evidence in record["evidence"])
    assert list(record["seconds"]) == ["retrieve", "draft", "verify", "total"]


def test_an_abstention_has_a_reason_and_evidence_and_nothing_else(sample: Index, embedder: Embedder) -> None:
    record = answer_record(ask(sample, embedder, "How do I bake sourdough bread?"))
    assert record["abstained"] is True
    assert record["statements"] == record["citations"] == []
    assert record["reason"]
    assert record["evidence"]
