"""Retrieval beside its parts and LlamaIndex's quickstart, on gold questions and on SciFact: `make bench-retrieval`.

What is not there is left out with a sentence on standard error.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter

from pincite.answer.pipeline import SHOWN
from pincite.answer.retrieval.retrieve import RetrieveSettings
from pincite.eval.bench.retrieval import scifact
from pincite.eval.bench.retrieval.rankers import DEEP, SYSTEMS, Ranker, open_ranker
from pincite.eval.judging.gold import GoldQuestion, read_gold
from pincite.eval.judging.responses import SystemResponse
from pincite.eval.judging.verdicts import Verdict, judge
from pincite.eval.metrics.formatting import duration, format_interval, format_value
from pincite.eval.metrics.measures import LATENCY, RANKING_MEASURES
from pincite.eval.metrics.scores import Figure, Figures, Scores, score_all, summarise
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import PinciteError
from pincite.ingest.index.index import Index, open_index
from pincite.ingest.pipeline import ingest

SHARED = Path(__file__).resolve().parents[4] / "shared"
WORK = Path(".pincite-bench")
HARD = ("comparison", "multi-document", "table")  # kinds of question that stand first
RANKING = RetrieveSettings(top=DEEP)  # documents are ranked by their first passages, so more are needed


def opened(
    names: Sequence[str], index: Index, embedder: Embedder, settings: RetrieveSettings
) -> Iterator[tuple[str, Ranker]]:
    """The systems asked for, but for those whose packages are missing."""
    for name in names:
        try:
            ranker = open_ranker(name, index, embedder, settings)
        except ImportError as error:
            sys.stderr.write(f"{name} is left out: {error.name} is missing; make bench-retrieval installs it.\n")
        else:
            yield name, ranker


def judged(question: GoldQuestion, ranker: Ranker) -> Verdict:
    """What is found of the evidence that a system retrieves for a question."""
    began = perf_counter()
    found = ranker(question.question)
    seconds = {"total": perf_counter() - began}
    return judge(question, SystemResponse(question.id, "", evidence=tuple(found), seconds=seconds), {})


def gold_scores(questions: Sequence[GoldQuestion], ranker: Ranker) -> Scores:
    """A system's scores; one question is asked beforehand, so that what is opened at first use is open."""
    ranker(questions[0].question)
    return summarise(score_all([judged(question, ranker) for question in questions], {}))


def gold_table(scores: Mapping[str, Scores]) -> Iterator[str]:
    """Lines of a Markdown table: for all questions, then for each kind, a row a system."""
    kinds = {kind for one in scores.values() for kind in one.by_kind}
    yield from heading("questions", "system", *RANKING_MEASURES, *(name.removeprefix("Latency ") for name in LATENCY))
    for kind in ("all", *sorted(kinds, key=lambda kind: (kind not in HARD, kind))):
        for name, one in scores.items():
            figures = one.measures if kind == "all" else one.by_kind[kind]
            yield row(f"{kind} ({figures[RANKING_MEASURES[0]].of:.0f})", name, *figure_cells(figures))


def figure_cells(figures: Figures) -> list[str]:
    """The ranking measures with their intervals, and the quantiles of time."""
    ranked = [cell(figures[name]) for name in RANKING_MEASURES]
    return [*ranked, *(format_value(name, figures[name].value) for name in LATENCY)]


def cell(figure: Figure) -> str:
    """A share with its interval.

    >>> cell(Figure(0.5, (0.25, 0.75), 40))
    '0.500 (0.250 to 0.750)'
    """
    return f"{format_value('RR@10', figure.value)} ({format_interval('RR@10', figure.interval)})"


def heading(*names: str) -> tuple[str, str]:
    """The first two lines of a table."""
    return row(*names), row(*("---" for _ in names))


def row(*cells: str) -> str:
    """A line of a table.

    >>> row("a", "b")
    '| a | b |'
    """
    return f"| {' | '.join(cells)} |"


def gold_lines(options: argparse.Namespace, embedder: Embedder) -> Iterator[str]:
    """The table of the gold questions that can be answered. Raises PinciteError where they or documents are missing."""
    questions = [question for question in read_gold(options.gold) if question.answerable]
    if options.index is None:
        ingest([options.corpus], WORK, embedder=embedder)
    with open_index(options.index or WORK) as index:
        systems = opened(options.systems, index, embedder, SHOWN)
        scores = {name: gold_scores(questions, ranker) for name, ranker in systems}
        yield f"{len(questions)} questions of {options.gold.name}, {len(index.entries)} documents"
        yield from gold_table(scores)


def scifact_lines(options: argparse.Namespace, embedder: Embedder) -> Iterator[str]:
    """The table of SciFact, a row as soon as it is measured. Raises PinciteError where the task is missing."""
    task = scifact.read_task(options.scifact)
    folder = options.scifact_index or scifact.make_index(options.scifact, WORK / "scifact")
    scifact.check_index(options.scifact, folder)
    yield f"SciFact, {len(task.claims)} claims: {scifact.MEASURE}"
    yield from heading("system", *scifact.PARTS, "p50")
    with open_index(folder) as index:
        for name, ranker in opened(options.systems, index, embedder, RANKING):
            result = scifact.measure(task, ranker)
            cells = (cell(Figure(value, interval, 0.0)) for value, interval in result.figures.values())
            yield row(name, *cells, duration(result.seconds))


def arguments() -> argparse.ArgumentParser:
    """The options; the real documents are the default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "dev.jsonl")
    parser.add_argument("--index", type=Path, help="an index over --corpus that is there already")
    parser.add_argument("--scifact", type=Path, default=SHARED / "bench" / "scifact", help="BEIR's files of SciFact")
    parser.add_argument("--scifact-index", type=Path, help="an index over its abstracts that is there already")
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=SYSTEMS)
    return parser


def main() -> int:
    """Measure and print. Exit 1 where nothing could be measured."""
    options, embedder = arguments().parse_args(), Embedder()
    measured = 0
    for lines in (gold_lines(options, embedder), scifact_lines(options, embedder)):
        try:
            for line in lines:
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()
            measured += 1
        except PinciteError as error:
            sys.stderr.write(f"A table is left out: {error}\n")
    return 0 if measured else 1


if __name__ == "__main__":
    sys.exit(main())
