"""Ingests and evaluates the real documents: `make bench`."""

import argparse
import sys
from pathlib import Path
from time import perf_counter

from pincite.answer.batch import System
from pincite.eval.bench.paths import SHARED_CORPUS, SHARED_GOLD, WORK
from pincite.eval.pipeline import evaluate, unused_folder
from pincite.eval.runs.run_folder import EvaluationRun
from pincite.ingest.errors import PinciteError
from pincite.ingest.pipeline import ingest


def ingest_rows(corpus: Path, index: Path) -> list[tuple[str, str]]:
    """The results of two ingestions, the second over an index that is up to date."""
    rows = []
    for run in ("ingest", "ingest again"):
        began = perf_counter()
        summary = ingest([corpus], index)
        counts = f"{summary.added} added, {summary.unchanged} unchanged, {len(summary.rejected)} rejected"
        rows.append((run, f"{counts}, {summary.passages} passages, {perf_counter() - began:.1f} s"))
    return rows


def measure_rows(run: EvaluationRun) -> list[tuple[str, str]]:
    """The measures of a run with their intervals."""
    return [
        (f"{name} (of {one.of:.0f})", f"{one.value:.3f}{interval}")
        for name, one in run.scores.measures.items()
        if one.value is not None
        for interval in [f"  ({one.interval[0]:.3f} to {one.interval[1]:.3f})" if one.interval else ""]
    ]


def main() -> int:
    """Ingest, answer, judge and print a table. Exit 1 if the documents or questions are missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=SHARED_CORPUS)
    parser.add_argument("--gold", type=Path, default=SHARED_GOLD)
    parser.add_argument("--index", type=Path, default=WORK)
    options = parser.parse_args()
    try:
        rows = ingest_rows(options.corpus, options.index)
        began = perf_counter()
        run = evaluate([options.gold], unused_folder([options.gold]), System(options.index))
        rows += [*measure_rows(run), ("answering, judging, reporting", f"{perf_counter() - began:.1f} s")]
    except PinciteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{name:<42} {value}\n" for name, value in rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
