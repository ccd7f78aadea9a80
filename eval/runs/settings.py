"""With what a run's answers are made: enough to make them again, and to tell whether two runs were made alike."""

import hashlib
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pincite.answer.pipeline import SHOWN
from pincite.answer.batch import code_digest
from pincite.eval.judging.gold import GoldQuestion
from pincite.ingest.index.index import Index

SCHEMA = 1
PACKAGES = ("pincite", "llama-index-core", "sentence-transformers", "openvino", "chromadb", "tantivy", "rapidfuzz")
BOUND = ("index", "llm", "code", "versions")  # what all answers of a run share


def settings_of(index: Index, gold: Iterable[Path], questions: Sequence[GoldQuestion], spec: str) -> dict[str, Any]:
    """With what a run's answers are made, and the kinds of the documents that its gold names."""
    kinds = {entry.path: entry.metadata.kind for entry in index.entries}
    named = sorted({piece.document for question in questions for piece in question.evidence})
    return {
        "schema": SCHEMA,
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "gold": [{"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in gold],
        "index": index.id,
        "documents": len(index.entries),
        "passages": asdict(index.settings),
        "retrieve": asdict(SHOWN),
        "llm": spec,
        "code": code_digest(),
        "versions": {"python": platform.python_version()} | {name: version(name) for name in PACKAGES},
        "machine": {"system": platform.platform(), "processor": platform.machine(), "cores": os.cpu_count()},
        "document_kinds": {path: kinds[path] for path in named if path in kinds},
    }
