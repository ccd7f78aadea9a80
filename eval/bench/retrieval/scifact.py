"""SciFact in BEIR's format: scientific claims and relevant abstracts, one document per abstract.

The claims are those of the training set. Documents are ranked by their first passages.
(Wadden et al. 2020, arXiv 2004.14974; Thakur et al. 2021, arXiv 2104.08663)
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from statistics import median
from time import perf_counter
from typing import Any

import ir_measures
import numpy as np
from ir_measures import Qrel, ScoredDoc, nDCG

from pincite.eval.bench.retrieval.rankers import Ranker
from pincite.eval.metrics.bootstrap import Interval, ratio_intervals
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import open_index
from pincite.ingest.jsonl import numbered_lines
from pincite.ingest.pipeline import ingest

CORPUS, QUERIES, RELEVANCE = "corpus.jsonl", "queries.jsonl", "qrels_train.tsv"
MEASURE = nDCG @ 10
PARTS: Mapping[str, Callable[[str], bool]] = {
    "all": lambda _claim: True,
    "even ids": lambda claim: int(claim) % 2 == 0,
    "odd ids": lambda claim: int(claim) % 2 == 1,
}  # settings tuned on one half are judged on the other


@dataclass(frozen=True, slots=True)
class SciFactTask:
    """Claims by id, and the relevant abstracts."""

    claims: Mapping[str, str]
    qrels: Sequence[Qrel]


@dataclass(frozen=True, slots=True)
class SciFactResult:
    """nDCG@10 by part of the claims with intervals, and the median seconds per claim."""

    figures: Mapping[str, tuple[float, Interval]]
    seconds: float


def read_task(folder: Path) -> SciFactTask:
    """The task in a folder, without claims that have no relevant abstract. Raises BadInput if files are missing."""
    missing = [name for name in (CORPUS, QUERIES, RELEVANCE) if not (folder / name).is_file()]
    if missing:
        raise BadInput(f"SciFact is not in {folder} ({', '.join(missing)} missing): give its folder with --scifact.")
    with (folder / RELEVANCE).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        qrels = [Qrel(row["query-id"], row["corpus-id"], int(row["score"])) for row in rows]
    known = {qrel.query_id for qrel in qrels}
    claims = {record["_id"]: record["text"] for record in records(folder / QUERIES) if record["_id"] in known}
    return SciFactTask(claims, [qrel for qrel in qrels if qrel.query_id in claims])


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return (json.loads(line) for _, line in numbered_lines(path))


def write_abstracts(source: Path, folder: Path) -> int:
    """Write the abstracts as Markdown, `<id>.md` with the title as heading; returns their number."""
    folder.mkdir(parents=True, exist_ok=True)
    abstracts = {record["_id"]: f"# {record['title']}\n\n{record['text']}\n" for record in records(source / CORPUS)}
    for identity, text in abstracts.items():
        (folder / f"{identity}.md").write_text(text, encoding="utf-8")
    return len(abstracts)


def make_index(source: Path, folder: Path) -> Path:
    """Make or update an index over the abstracts in a folder."""
    write_abstracts(source, folder / "abstracts")
    ingest([folder / "abstracts"], folder / "index")
    return folder / "index"


def check_index(source: Path, folder: Path) -> None:
    """Raises PinciteError unless an index contains exactly the abstracts."""
    with open_index(folder) as index:
        wrong = {document_id(entry.path) for entry in index.entries} ^ {one["_id"] for one in records(source / CORPUS)}
    if wrong:
        raise BadInput(
            f"The index in {folder} is not over SciFact's abstracts: {len(wrong):,} documents are missing or different."
        )


def document_id(path: str) -> str:
    """The id of an abstract from its file name.

    >>> document_id("4983.md")
    '4983'
    """
    return PurePosixPath(path).stem


def measure(task: SciFactTask, ranker: Ranker) -> SciFactResult:
    """The result of a system; one claim is asked first as a warm-up."""
    ranker(next(iter(task.claims.values())))
    ranked, seconds = dict[str, list[str]](), list[float]()
    for identity, claim in task.claims.items():
        began = perf_counter()
        found = ranker(claim)
        seconds.append(perf_counter() - began)
        ranked[identity] = list(dict.fromkeys(document_id(one.document) for one in found))
    return SciFactResult(figures(ndcg(task, ranked)), median(seconds))


def ndcg(task: SciFactTask, ranked: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """nDCG@10 of each claim from its documents in rank order; 0 if none were found."""
    run = [ScoredDoc(claim, name, 1 / rank) for claim, names in ranked.items() for rank, name in enumerate(names, 1)]
    found = {one.query_id: float(one.value) for one in ir_measures.iter_calc([MEASURE], task.qrels, run)} if run else {}
    return {claim: found.get(claim, 0.0) for claim in task.claims}


def figures(values: Mapping[str, float]) -> dict[str, tuple[float, Interval]]:
    """Means and intervals of a measure by part of the claims."""
    within = np.array([[float(belongs(claim)) for belongs in PARTS.values()] for claim in values])
    numerators = within * np.array(list(values.values()))[:, None]
    means = numerators.sum(axis=0) / np.maximum(within.sum(axis=0), 1)
    intervals = ratio_intervals(np.stack([numerators, within], axis=-1))
    return {name: (float(means[n]), intervals[n]) for n, name in enumerate(PARTS)}
