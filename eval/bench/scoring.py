"""Measures how judging grows with the number of answers: `make bench-scoring`.

The answers of a run are judged many times over, under ids of their own; nothing is written, and no report is drawn.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

from pincite.eval.judging.verdicts import Verdict, judge
from pincite.eval.metrics.scores import ScoredQuestion, score_all, summarise
from pincite.eval.runs.run_folder import read_run
from pincite.ingest.errors import PinciteError

COUNTS = (1_000, 2_500, 5_000, 10_000)


def many(scored: Sequence[ScoredQuestion], count: int) -> list[Verdict]:
    """A run's questions over and over, each judged anew."""
    verdicts = islice(cycle([one.verdict for one in scored]), count)
    return [judged_again(verdict, f"{verdict.question.id}-{number}") for number, verdict in enumerate(verdicts)]


def judged_again(verdict: Verdict, identity: str) -> Verdict:
    """The same question and answer under another id."""
    resolves = {place: one.resolves for place, one in enumerate(verdict.citations)}
    return judge(replace(verdict.question, id=identity), replace(verdict.response, id=identity), resolves)


def seconds_for(scored: Sequence[ScoredQuestion], count: int) -> float:
    """How long judging so many answers and summing them up takes."""
    began = perf_counter()
    summarise(score_all(many(scored, count), {}))
    return perf_counter() - began


def main() -> int:
    """Judge the answers of a run's folder many times over; print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder of a run")
    options = parser.parse_args()
    try:
        scored = read_run(options.run).scored
    except PinciteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for count in COUNTS:
        taken = seconds_for(scored, count)
        sys.stdout.write(f"{count:>7,} answers {taken:6.1f} s {1000 * taken / count:6.2f} ms each\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
