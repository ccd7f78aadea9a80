"""Public sets of passages with questions and the passages that answer them, and an index over such a set as it is.

Passages are those of the set, not cut by Pincite; each document of a set is a document of the index.
"""

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pincite.eval.bench.paths import SHARED
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.document import Block, BlockKind, Document, Metadata
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BadInput
from pincite.ingest.index.catalog import NewPassage
from pincite.ingest.index.index import Index, IndexSettings, open_for_writing
from pincite.ingest.model_change import embedded_text, embedding_digest

BETWEEN = "\n\n"  # passages of a document
WRITTEN = 2000  # passages at a time


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question and the keys of its relevant passages; `document`: the only one searched, None for all."""

    id: str
    text: str
    relevant: frozenset[str]
    document: str | None = None


@dataclass(slots=True)
class PassageSet:
    """Passages by document and key, and questions."""

    documents: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    questions: list[AskedQuestion] = field(default_factory=list)


def read_gzip(path: Path) -> Any:
    """The JSON value in a packed file. Raises BadInput if it is missing."""
    return json.loads(unpacked(path))


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a packed JSON Lines file. Raises BadInput if it is missing."""
    return (json.loads(line) for line in unpacked(path).splitlines() if line.strip())


def unpacked(path: Path) -> str:
    """The text of a packed file. Raises BadInput if it is missing."""
    if not path.is_file():
        raise BadInput(f"{path} is missing: the data sets are described in {SHARED / 'DATA.md'}.")
    return gzip.decompress(path.read_bytes()).decode()


def read_squad(path: Path, *, within: bool = False) -> PassageSet:
    """A set in SQuAD's format, paragraphs as passages, answerable questions only; `within`: each asked of its document.

    (Rajpurkar et al. 2018, arXiv 1806.03822; XQuAD: Artetxe et al. 2020, arXiv 1910.11856; PolicyQA: Ahmad et al. 2020,
    arXiv 2010.02557.)
    """
    found = PassageSet()
    for article in read_gzip(path)["data"]:
        for number, paragraph in enumerate(article["paragraphs"]):
            title, key = article["title"], f"{article['title']}|{number}"
            found.documents[title][key] = paragraph["context"]
            for asked in paragraph["qas"]:
                if not asked.get("is_impossible"):
                    only = title if within else None
                    found.questions.append(AskedQuestion(asked["id"], asked["question"], frozenset([key]), only))
    return found


def read_obliqa(folder: Path) -> PassageSet:
    """ObliQA: rules of a financial market and the test questions. (Gokhan et al. 2024, arXiv 2409.05677.)"""
    found, relevant = PassageSet(), defaultdict[str, set[str]](set)
    for line in unpacked(folder / "qrels_test.tsv.gz").splitlines()[1:]:
        question, passage, _ = line.split("\t")
        relevant[question].add(passage)
    for one in json_lines(folder / "corpus.jsonl.gz"):
        found.documents[one["_id"].split("|")[0]][one["_id"]] = one["text"]
    for one in json_lines(folder / "queries.jsonl.gz"):
        if one["_id"] in relevant:
            found.questions.append(AskedQuestion(one["_id"], one["text"], frozenset(relevant[one["_id"]])))
    return found


def read_contracts(path: Path) -> PassageSet:
    """ContractNLI: the spans of contracts, and hypotheses with the spans that are evidence for or against them.

    (Koreeda and Manning 2021, arXiv 2110.01799.)
    """
    found, data = PassageSet(), read_gzip(path)
    for contract in data["documents"]:
        name = str(contract["id"])
        for number, (start, end) in enumerate(contract["spans"]):
            found.documents[name][f"{name}|{number}"] = contract["text"][start:end]
        for label, note in contract["annotation_sets"][0]["annotations"].items():
            if note["spans"]:
                keys = frozenset(f"{name}|{number}" for number in note["spans"])
                found.questions.append(
                    AskedQuestion(f"{name}-{label}", data["labels"][label]["hypothesis"], keys, name)
                )
    return found


def make_index(passages: PassageSet, folder: Path, embedder: Embedder) -> Path:
    """Make an index over a set, unless the folder has one. Returns the folder of the set with this model."""
    facts = f"{embedder.model} {json.dumps(passages.documents)}"
    place = folder / hashlib.sha256(facts.encode()).hexdigest()[:12]
    with open_for_writing(place, IndexSettings(embedder.model)) as index:
        if not index.entries:
            for name, texts in passages.documents.items():
                add_document(index, name, texts, embedder)
            index.sync()
    return place


def add_document(index: Index, name: str, texts: Mapping[str, str], embedder: Embedder) -> None:
    """Add a document with its passages as they are, their keys in place of ids."""
    cut = list(passages_of(name, texts))
    text = BETWEEN.join(texts.values())
    blocks = tuple(Block(BlockKind.PARAGRAPH, one.start, one.end) for one in cut)
    identity = hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()
    with index.catalog.transaction():
        for some in (cut[start : start + WRITTEN] for start in range(0, len(cut), WRITTEN)):
            digests = [embedding_digest(one, embedder.model) for one in some]
            vectors = embedder.embed([embedded_text(one) for one in some])
            index.catalog.add_embeddings(dict(zip(digests, vectors, strict=True)))
        document = Document(identity, name, text, (), blocks, Metadata(title=name), ())
        new = [NewPassage(one, embedding_digest(one, embedder.model)) for one in cut]
        index.catalog.add_document(document, "", new)


def passages_of(name: str, texts: Mapping[str, str]) -> Iterator[Passage]:
    """The passages of a document of a set."""
    start = 0
    for key, text in texts.items():
        yield Passage(key, name, start, start + len(text), text, None, None, (), "")
        start += len(text) + len(BETWEEN)
