"""The settings that produced a run's answers: enough to reproduce them and to compare two runs."""

import hashlib
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pincite.answer.batch import code_digest
from pincite.answer.pipeline import SHOWN_EVIDENCE
from pincite.eval.judging.gold import GoldQuestion
from pincite.ingest.index.index import Index

SCHEMA = 1
PACKAGES = ("pincite", "llama-index-core", "sentence-transformers", "openvino", "chromadb", "tantivy", "rapidfuzz")
FIXED = ("index", "llm", "code", "versions")  # the same for all answers of a run


def run_settings(index: Index, gold: Iterable[Path], questions: Sequence[GoldQuestion], spec: str) -> dict[str, Any]:
    """The settings of a run, with the kinds of the documents in its gold evidence."""
    kinds = {entry.path: entry.metadata.kind for entry in index.entries}
    documents = sorted({piece.document for question in questions for piece in question.evidence})
    return {
        "schema": SCHEMA,
        "started": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "gold": [{"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in gold],
        "index": index.id,
        "documents": len(index.entries),
        "passages": asdict(index.settings),
        "retrieve": asdict(SHOWN_EVIDENCE),
        "llm": spec,
        "code": code_digest(),
        "versions": {"python": platform.python_version()} | {name: version(name) for name in PACKAGES},
        "machine": {"system": platform.platform(), "processor": platform.machine(), "cores": os.cpu_count()},
        "document_kinds": {path: kinds[path] for path in documents if path in kinds},
    }
