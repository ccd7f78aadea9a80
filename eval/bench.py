"""Measures retrieval, quotes and speed on gold questions: `python -m eval.bench` (make bench)."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean, median, quantiles
from time import perf_counter

from answer.ask import ask
from answer.retrieve import retrieve
from eval.gold import GoldQuestion, read_gold
from eval.measure import evidence_at, reciprocal_rank
from ingest.embed import Embedder
from ingest.errors import PinciteError
from ingest.index import Index, open_index
from ingest.pipeline import ingest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def retrieval_rows(index: Index, embedder: Embedder, gold: Sequence[GoldQuestion]) -> list[tuple[str, str]]:
    """Evidence@5, Evidence@10 and RR@10 over the answerable questions."""
    at_five, at_ten, ranks = [], [], []
    for question in gold:
        if question.answerable:
            found = retrieve(index, embedder, question.question)
            ranked = [(evidence.passage.document, evidence.passage.text) for evidence in found]
            at_five.append(evidence_at(question.evidence, ranked, 5))
            at_ten.append(evidence_at(question.evidence, ranked, 10))
            ranks.append(reciprocal_rank(question.evidence, ranked))
    means = {"Evidence@5": fmean(at_five), "Evidence@10": fmean(at_ten), "RR@10": fmean(ranks)}
    return [(f"{name} ({len(ranks)} questions)", f"{value:.3f}") for name, value in means.items()]


def answer_rows(index: Index, embedder: Embedder, gold: Sequence[GoldQuestion]) -> list[tuple[str, str]]:
    """QuoteFidelity of all citations, the share of questions abstained on, and the time of an answer."""
    answers = [ask(index, embedder, question.question) for question in gold]
    citations = [citation for answer in answers for citation in answer.citations]
    true = [index.document(c.document).text[c.start : c.end] == c.quote for c in citations]
    times = [answer.seconds["total"] * 1000 for answer in answers]
    abstained = {
        kind: [a.abstained for a, q in zip(answers, gold, strict=True) if q.answerable == kind]
        for kind in (True, False)
    }
    return [
        (f"QuoteFidelity ({len(citations)} citations)", f"{fmean(true):.3f}"),
        ("abstained on answerable / unanswerable", f"{fmean(abstained[True]):.2f} / {fmean(abstained[False]):.2f}"),
        ("Latency p50 / p95", f"{median(times):.0f} ms / {quantiles(times, n=20)[-1]:.0f} ms"),
    ]


def ingest_rows(corpus: Path, index: Path) -> list[tuple[str, str]]:
    """What two runs of ingestion did, the second over an index that is up to date."""
    rows = []
    for run in ("ingest", "ingest again"):
        began = perf_counter()
        summary = ingest([corpus], index)
        did = f"{summary.added} added, {summary.unchanged} unchanged, {len(summary.rejected)} rejected"
        rows.append((run, f"{did}, {summary.passages} passages, {perf_counter() - began:.1f} s"))
    return rows


def main() -> int:
    """Ingest, search and ask; print a table. Exit 1 where the documents or the questions are missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "dev.jsonl")
    parser.add_argument("--index", type=Path, default=Path(".pincite-bench"))
    options = parser.parse_args()
    try:
        gold = read_gold(options.gold)
        rows = ingest_rows(options.corpus, options.index)
        with open_index(options.index) as index:
            embedder = Embedder(index.settings.model)
            rows += retrieval_rows(index, embedder, gold) + answer_rows(index, embedder, gold)
    except PinciteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{name:<42} {value}\n" for name, value in rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
