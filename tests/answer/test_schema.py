"""The JSON of an answer has exactly the fields of the contract, with their types."""

import json

from pincite.answer.pipeline import ask
from pincite.answer.schema import answer_record
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index
from support.contract import ANSWER, CITATION, EVIDENCE, STATEMENT, fits


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
