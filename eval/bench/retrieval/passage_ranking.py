"""Ranks the passages of public sets as they are: `make bench-passages`.

ObliQA, ContractNLI's evidence, and XQuAD within and across languages; Pincite beside word search and vectors alone.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median
from time import perf_counter

import ir_measures
from ir_measures import AP, RR, Qrel, R, ScoredDoc

from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.question import read_question
from pincite.answer.retrieval.candidates import find_candidates
from pincite.answer.retrieval.ranking import Weights, rank
from pincite.eval.bench.measuring import heading, print_line, row
from pincite.eval.bench.paths import SHARED, WORK
from pincite.eval.bench.retrieval.passage_sets import (
    AskedQuestion,
    PassageSet,
    make_index,
    read_contracts,
    read_obliqa,
    read_squad,
)
from pincite.eval.metrics.formatting import duration
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.embedding.weights import DEFAULT_MODEL
from pincite.ingest.errors import PinciteError
from pincite.ingest.index.index import Index, open_index

BENCH, TRAIN = SHARED / "bench", SHARED / "train"
LANGUAGES = ("en", "de", "es", "ru", "zh", "ar")
DEPTH = 60  # passages of each search
MEASURES = (R @ 1, R @ 10, AP @ 10, RR @ 10)
Ranking = Callable[[AskedQuestion], Sequence[str]]  # keys of passages, best first


def read_xquad(asked: str, passages: str) -> PassageSet:
    """XQuAD with questions in one language and passages in another, which have the same order in all files."""
    found, questions = (read_squad(BENCH / "xquad" / f"xquad.{language}.json.gz") for language in (passages, asked))
    keys = zip(keys_of(questions), keys_of(found), strict=True)
    other = dict(keys)
    found.questions = [
        replace(one, relevant=frozenset(other[key] for key in one.relevant)) for one in questions.questions
    ]
    return found


def keys_of(passages: PassageSet) -> list[str]:
    """The keys of all passages of a set, in order."""
    return [key for texts in passages.documents.values() for key in texts]


SETS: Mapping[str, Callable[[], PassageSet]] = {
    "obliqa": lambda: read_obliqa(BENCH / "obliqa"),
    "contracts": lambda: read_contracts(TRAIN / "contractnli" / "dev.json.gz"),
    **{f"xquad {one}": lambda one=one: read_xquad(one, one) for one in LANGUAGES},  # type: ignore[misc]
    **{
        f"xquad {asked} in {passages}": lambda asked=asked, passages=passages: read_xquad(asked, passages)  # type: ignore[misc]
        for asked in LANGUAGES
        for passages in LANGUAGES
        if asked != passages
    },
}


def open_rankings(index: Index, embedder: Embedder) -> Mapping[str, Ranking]:
    """The systems over an index: Pincite's ranking, and each of its searches alone."""
    aliases = aliases_of(index)

    def within(asked: AskedQuestion) -> list[int] | None:
        return [index.entry(asked.document).number] if asked.document else None

    def keys(hits: Sequence[tuple[int, float]]) -> list[str]:
        return [one.passage.id for one in index.passages([number for number, _ in hits])]

    def ours(asked: AskedQuestion) -> list[str]:
        read = read_question(asked.text, aliases)
        found = rank(find_candidates(index, embedder, read, within(asked), DEPTH), Weights())
        return [one.stored.passage.id for one in found]

    return {
        "pincite": ours,
        "bm25": lambda asked: keys(index.lexical.search(asked.text, DEPTH, within(asked))),
        "embedding": lambda asked: keys(
            index.vectors.search(embedder.embed_question(asked.text), DEPTH, within(asked))
        ),
    }


def measured(questions: Sequence[AskedQuestion], ranking: Ranking) -> list[str]:
    """The measures of a system over questions, then its median time for a question, as cells."""
    seconds, run = list[float](), list[ScoredDoc]()
    for asked in questions:
        began = perf_counter()
        found = ranking(asked)
        seconds.append(perf_counter() - began)
        run += [ScoredDoc(asked.id, key, 1 / place) for place, key in enumerate(found, 1)]
    qrels = [Qrel(asked.id, key, 1) for asked in questions for key in asked.relevant]
    values = ir_measures.calc_aggregate(list(MEASURES), qrels, run)
    return [*(f"{values[measure]:.3f}" for measure in MEASURES), duration(median(seconds))]


def lines(name: str, embedder: Embedder, systems: Sequence[str], every: int) -> Iterator[str]:
    """Rows of the table for a set."""
    passages = SETS[name]()
    with open_index(make_index(passages, WORK / "passages", embedder)) as index:
        rankings = open_rankings(index, embedder)
        for system in systems:
            cells = measured(passages.questions[::every], rankings[system])
            yield row(name, f"{index.catalog.count_passages():,}", system, *cells)


def main() -> int:
    """Measure and print. Exit 1 if a set is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="+", default=list(SETS), help="beginnings of names of sets")
    parser.add_argument("--embedding", default=DEFAULT_MODEL)
    parser.add_argument("--systems", nargs="+", default=["pincite", "bm25", "embedding"])
    parser.add_argument("--every", type=int, default=1, help="ask every nth question only")
    options = parser.parse_args()
    embedder = Embedder(options.embedding)
    print_line(f"embedding: {embedder.model}, {embedder.runner.name}")
    for line in heading("set", "passages", "system", *map(str, MEASURES), "p50"):
        print_line(line)
    try:
        for name in (name for name in SETS if name.startswith(tuple(options.sets))):
            for line in lines(name, embedder, options.systems, options.every):
                print_line(line)
    except PinciteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
