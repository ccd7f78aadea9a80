"""Measures how the time of judging grows with the number of answers: `make bench-scoring`.

The answers of a run are judged repeatedly under new ids; no files or reports are written.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from pincite.eval.bench.measuring import seconds_of
from pincite.eval.judging.verdicts import Verdict, judge
from pincite.eval.metrics.scores import ScoredQuestion, score_all, summarise
from pincite.eval.runs.run_folder import read_run
from pincite.ingest.errors import PinciteError

COUNTS = (1_000, 2_500, 5_000, 10_000)


def repeated(scored: Sequence[ScoredQuestion], count: int) -> list[Verdict]:
    """A run's questions, repeated and judged again."""
    verdicts = islice(cycle([one.verdict for one in scored]), count)
    return [judged_again(verdict, f"{verdict.question.id}-{number}") for number, verdict in enumerate(verdicts)]


def judged_again(verdict: Verdict, identity: str) -> Verdict:
    """The verdict on the same question and answer under another id."""
    resolves = {place: one.resolves for place, one in enumerate(verdict.citations)}
    return judge(replace(verdict.question, id=identity), replace(verdict.response, id=identity), resolves)


def judge_repeatedly(scored: Sequence[ScoredQuestion], count: int) -> None:
    """Judge and score that many answers."""
    summarise(score_all(repeated(scored, count), {}))


def main() -> int:
    """Judge the answers of a run's folder repeatedly and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder of a run")
    options = parser.parse_args()
    try:
        scored = read_run(options.run).scored
    except PinciteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for count in COUNTS:
        seconds = seconds_of(partial(judge_repeatedly, scored, count))
        sys.stdout.write(f"{count:>7,} answers {seconds:6.1f} s {1000 * seconds / count:6.2f} ms each\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
