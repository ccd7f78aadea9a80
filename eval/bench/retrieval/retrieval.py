"""Compares retrieval with its parts and LlamaIndex's quickstart on gold questions and SciFact: `make bench-retrieval`.

Systems and tables whose packages or files are missing are left out with a message on standard error.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter

from pincite.answer.pipeline import SHOWN_EVIDENCE
from pincite.answer.retrieval.retrieve import RetrieveSettings
from pincite.eval.bench.measuring import heading, print_line, row
from pincite.eval.bench.paths import SCIFACT, SHARED_CORPUS, SHARED_GOLD, WORK
from pincite.eval.bench.retrieval import scifact
from pincite.eval.bench.retrieval.rankers import DEPTH, SYSTEMS, Ranker, open_ranker
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

HARD = ("comparison", "multi-document", "table")  # kinds of question listed first
SCIFACT_SETTINGS = RetrieveSettings(top=DEPTH)  # more passages, since documents are ranked by their first


def open_rankers(
    names: Sequence[str], index: Index, embedder: Embedder, settings: RetrieveSettings
) -> Iterator[tuple[str, Ranker]]:
    """The systems named, except those whose packages are missing."""
    for name in names:
        try:
            ranker = open_ranker(name, index, embedder, settings)
        except ImportError as error:
            sys.stderr.write(f"{name} is left out: {error.name} is missing; make bench-retrieval installs it.\n")
        else:
            yield name, ranker


def judge_ranking(question: GoldQuestion, ranker: Ranker) -> Verdict:
    """The verdict on the evidence that a system retrieves for a question."""
    began = perf_counter()
    found = ranker(question.question)
    seconds = {"total": perf_counter() - began}
    return judge(question, SystemResponse(question.id, "", evidence=tuple(found), seconds=seconds), {})


def gold_scores(questions: Sequence[GoldQuestion], ranker: Ranker) -> Scores:
    """A system's scores; one question is asked first as a warm-up."""
    ranker(questions[0].question)
    return summarise(score_all([judge_ranking(question, ranker) for question in questions], {}))


def gold_table(scores: Mapping[str, Scores]) -> Iterator[str]:
    """Lines of a Markdown table: for all questions and then for each kind, a row per system."""
    kinds = {kind for one in scores.values() for kind in one.by_kind}
    yield from heading("questions", "system", *RANKING_MEASURES, *(name.removeprefix("Latency ") for name in LATENCY))
    for kind in ("all", *sorted(kinds, key=lambda kind: (kind not in HARD, kind))):
        for name, one in scores.items():
            figures = one.measures if kind == "all" else one.by_kind[kind]
            yield row(f"{kind} ({figures[RANKING_MEASURES[0]].of:.0f})", name, *figure_cells(figures))


def figure_cells(figures: Figures) -> list[str]:
    """The ranking measures with intervals, and the quantiles of latency."""
    ranked = [cell(figures[name]) for name in RANKING_MEASURES]
    return [*ranked, *(format_value(name, figures[name].value) for name in LATENCY)]


def cell(figure: Figure) -> str:
    """A value with its interval.

    >>> cell(Figure(0.5, (0.25, 0.75), 40))
    '0.500 (0.250 to 0.750)'
    """
    return f"{format_value('RR@10', figure.value)} ({format_interval('RR@10', figure.interval)})"


def gold_lines(options: argparse.Namespace, embedder: Embedder) -> Iterator[str]:
    """The table of the answerable gold questions. Raises PinciteError if they or the documents are missing."""
    questions = [question for question in read_gold(options.gold) if question.answerable]
    if options.index is None:
        ingest([options.corpus], WORK, embedder=embedder)
    with open_index(options.index or WORK) as index:
        systems = open_rankers(options.systems, index, embedder, SHOWN_EVIDENCE)
        scores = {name: gold_scores(questions, ranker) for name, ranker in systems}
        yield f"{len(questions)} questions of {options.gold.name}, {len(index.entries)} documents"
        yield from gold_table(scores)


def scifact_lines(options: argparse.Namespace, embedder: Embedder) -> Iterator[str]:
    """The table of SciFact. Raises PinciteError if the task is missing."""
    task = scifact.read_task(options.scifact)
    folder = options.scifact_index or scifact.make_index(options.scifact, WORK / "scifact")
    scifact.check_index(options.scifact, folder)
    yield f"SciFact, {len(task.claims)} claims: {scifact.MEASURE}"
    yield from heading("system", *scifact.PARTS, "p50")
    with open_index(folder) as index:
        for name, ranker in open_rankers(options.systems, index, embedder, SCIFACT_SETTINGS):
            result = scifact.measure(task, ranker)
            cells = (cell(Figure(value, interval, 0.0)) for value, interval in result.figures.values())
            yield row(name, *cells, duration(result.seconds))


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=SHARED_CORPUS)
    parser.add_argument("--gold", type=Path, default=SHARED_GOLD)
    parser.add_argument("--index", type=Path, help="an existing index over --corpus")
    parser.add_argument("--scifact", type=Path, default=SCIFACT, help="folder with BEIR's files of SciFact")
    parser.add_argument("--scifact-index", type=Path, help="an existing index over its abstracts")
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=SYSTEMS)
    return parser


def main() -> int:
    """Measure and print. Exit 1 if nothing could be measured."""
    options, embedder = arguments().parse_args(), Embedder()
    measured = 0
    for lines in (gold_lines(options, embedder), scifact_lines(options, embedder)):
        try:
            for line in lines:
                print_line(line)
            measured += 1
        except PinciteError as error:
            sys.stderr.write(f"A table is left out: {error}\n")
    return 0 if measured else 1


if __name__ == "__main__":
    sys.exit(main())
