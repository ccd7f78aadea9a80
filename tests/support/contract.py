"""Fields of the contract's JSON, with their types."""

ANSWER = {
    "schema": int, "id": str, "question": str, "answer": str, "notes": list, "abstained": bool,
    "reason": (str, type(None)),
    "statements": list, "citations": list, "evidence": list, "llm": str, "index": str, "seconds": dict,
}  # fmt: skip
STATEMENT = {"text": str, "support": str, "score": float, "citations": list, "reasons": list}
CITATION = {
    "n": int, "document": str, "title": str, "kind": str, "issuer": (str, type(None)), "symbol": (str, type(None)),
    "date": (str, type(None)), "page": (int, type(None)), "page_end": (int, type(None)),
    "page_label": (str, type(None)),
    "pinpoint": (str, type(None)), "quote": str, "start": int,
    "end": int,
}  # fmt: skip
EVIDENCE = {
    "rank": int, "document": str, "page": (int, type(None)), "pinpoint": (str, type(None)), "start": int, "end": int,
    "score": float, "text": str,
}  # fmt: skip
Fields = dict[str, object]


def fits(record: Fields, fields: dict[str, type | tuple[type, ...]]) -> bool:
    return list(record) == list(fields) and all(isinstance(record[name], kind) for name, kind in fields.items())
