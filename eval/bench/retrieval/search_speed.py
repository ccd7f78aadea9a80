"""Measures search over libraries of different sizes: `make bench-speed ARGS="--sizes 10000 200000"`.

The libraries are synthetic (see `synthetic_library`) and written by the functions of catalog and searches. The words
and vector of a question are drawn in the same way; it is embedded only to include the time. LlamaIndex's vector store
in memory searches the same vectors in the same run.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from subprocess import run
from time import perf_counter
from typing import Any

import numpy as np

from pincite.answer.query.filters import NO_FILTERS, Filters, admitted_documents
from pincite.answer.retrieval.retrieve import retrieve
from pincite.eval.bench.measuring import print_line, seconds_of
from pincite.eval.bench.paths import ROOT
from pincite.eval.bench.retrieval.synthetic_library import DIMENSIONS, RandomLibrary, draw_questions, fill
from pincite.ingest.embedding.embedder import Embedder, Vectors
from pincite.ingest.errors import PinciteError
from pincite.ingest.index.exact_search import ROWS
from pincite.ingest.index.index import STEP, Index, open_for_writing, open_index
from pincite.ingest.index.vectors import VectorStore

SIZES = (10_000, 200_000)
WARM_UP = 5  # questions asked before timing
TOP = 60  # candidates that retrieval requests from each search
LLAMA_INDEX_LIMIT = 200_000  # passages; beyond, its search takes minutes
CHROMA_LIMIT = 200_000  # passages; beyond, filling Chroma takes hours


class DrawnQuestions(Embedder):
    """The embedding model, which runs but returns the vectors drawn for the questions."""

    def __init__(self, drawn: dict[str, Vectors]) -> None:
        super().__init__()
        self.drawn = drawn

    def embed_question(self, question: str) -> Vectors:
        """The vector drawn for a question: float32 (d,)."""
        super().embed_question(question)
        return self.drawn[question]


class WithoutChroma(VectorStore):
    """The vectors for exact search alone, since filling Chroma with a million of them takes hours."""

    def __init__(self, index: Index) -> None:
        self.folder = index.folder
        self.follows = index.catalog.generation
        self.map_exact_search()

    @property
    def generation(self) -> int:
        """Generation of the catalog that the vectors belong to."""
        return self.follows

    def close(self) -> None:
        """Does nothing, since nothing is open."""


def without_chroma(index: Index) -> None:
    """Make an index search without Chroma."""
    vars(index)["vectors"] = WithoutChroma(index)  # replaces the cached property


def build(folder: Path, passages: int) -> dict[str, float]:
    """Make an index with this number of passages atomically; the seconds of each part."""
    temporary = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(temporary, ignore_errors=True)
    with open_for_writing(temporary) as index:
        seconds = {
            "catalog": seconds_of(lambda: fill(index, RandomLibrary(passages), passages)),
            "words": seconds_of(lambda: index.lexical),
        }
        if passages > CHROMA_LIMIT:
            without_chroma(index)
            seconds["vectors without Chroma"] = seconds_of(
                lambda: index.vectors.write_exact_search(index.catalog.connection)
            )
        else:
            seconds["vectors"] = seconds_of(lambda: index.vectors)
            index.sync()
    temporary.rename(folder)
    return seconds


def selections(index: Index) -> dict[str, Filters]:
    """Filters by the share of the library they select."""
    return {
        "no filter": NO_FILTERS,
        "all": Filters(kinds=("report",)),
        "half": Filters(languages=("fr",)),
        "1 %": Filters(issuers=("Registry",)),
        "one document": Filters(documents=(index.entries[len(index.entries) // 2].path,)),
    }


def searches(
    index: Index, embedder: Embedder, question: str, vector: Vectors, filters: Filters
) -> dict[str, Callable[[], Any]]:
    """The searches to time, by name."""
    numbers = admitted_documents(index, filters)
    return {
        "vectors": lambda: index.vectors.search(vector, TOP, numbers),
        "words": lambda: index.lexical.search(question, TOP, numbers),
        "retrieve": lambda: retrieve(index, embedder, question, filters),
    }


def timings(index: Index, questions: dict[str, Vectors]) -> dict[tuple[str, str], list[float]]:
    """Milliseconds by search and selection. Each question runs through all of them; the warm-up is not counted."""
    embedder, chosen = DrawnQuestions(questions), selections(index)
    times: dict[tuple[str, str], list[float]] = {}
    for question, vector in [*islice(questions.items(), WARM_UP), *questions.items()]:
        for name, filters in chosen.items():
            for search, work in searches(index, embedder, question, vector, filters).items():
                times.setdefault((search, name), []).append(1000 * seconds_of(work))
    return {key: values[-len(questions) :] for key, values in times.items()}


def agreement(index: Index, vectors: Vectors, filters: Filters, top: int = 10) -> float:
    """Recall of vector search: share of the `top` nearest passages to each vector, float32 (n, d), that it returns."""
    documents = admitted_documents(index, filters)
    exact = nearest_by_catalog(index, vectors, None if documents is None else set(documents), top)
    found = [[number for number, _ in index.vectors.search(vector, TOP, documents)][:top] for vector in vectors]
    return float(np.mean([len(set(one) & set(two)) / len(two) for one, two in zip(found, exact, strict=True)]))


def nearest_by_catalog(index: Index, vectors: Vectors, documents: set[int] | None, top: int) -> list[list[int]]:
    """Numbers of the nearest passages to each vector, by comparison with all vectors of the catalog."""
    rows = index.catalog.connection.execute(ROWS)
    best: list[list[tuple[float, int]]] = [[] for _ in vectors]
    while block := rows.fetchmany(20_000):
        kept = [(number, stored) for number, document, stored in block if documents is None or document in documents]
        if not kept:
            continue
        cosines = np.frombuffer(b"".join(stored for _, stored in kept), dtype=np.float32).reshape(len(kept), -1)
        for place, products in enumerate(vectors @ cosines.T):
            first = np.argsort(-products)[:top]
            here = [(float(products[row]), kept[row][0]) for row in first]
            best[place] = sorted([*best[place], *here], reverse=True)[:top]
    return [[number for _, number in one] for one in best]


def memory() -> str:
    """Resident memory of this process. Linux only."""
    fields = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    resident, mapped = (int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "RssFile"))
    return f"{resident:,.0f} MB, {mapped:,.0f} of it files shared with other processes"


def measure(folder: Path, passages: int, count: int) -> Iterator[str]:
    """The report on an index, measured in a process that has only opened it."""
    questions = draw_questions(passages, count)
    with open_index(folder) as index:
        if passages > CHROMA_LIMIT:
            without_chroma(index)
        yield f"  opened in {seconds_of(lambda: (index.vectors, index.lexical)):.1f} s"
        times = timings(index, questions)
        yield f"  resident memory: {memory()}"
        yield f"  {'p50 / p95 in ms':<12}" + "".join(f"{name:>20}" for name in selections(index))
        for search in ("vectors", "words", "retrieve"):
            yield f"  {search:<15}" + "".join(f"{spread(times[search, name]):>20}" for name in selections(index))
        vectors = np.stack(list(questions.values()))
        shares = [agreement(index, vectors, filters) for filters in selections(index).values()]
        yield f"  {'agreement @10':<15}" + "".join(f"{share:>20.1%}" for share in shares)


def measure_llama_index(folder: Path, passages: int, count: int) -> Iterator[str]:
    """The report on LlamaIndex's vector store in memory with the same vectors."""
    from llama_index.core import MockEmbedding, QueryBundle, VectorStoreIndex  # noqa: PLC0415  seconds to load
    from llama_index.core.schema import TextNode  # noqa: PLC0415

    with open_index(folder) as index:
        numbers = index.catalog.passage_numbers().tolist()
        nodes = [
            TextNode(id_=one.passage.id, text=one.passage.text, embedding=one.vector.tolist())
            for start in range(0, len(numbers), STEP)
            for one in index.catalog.passages(numbers[start : start + STEP])
        ]
    began = perf_counter()
    retriever = VectorStoreIndex(nodes, embed_model=MockEmbedding(DIMENSIONS)).as_retriever(similarity_top_k=TOP)
    yield f"  LlamaIndex's SimpleVectorStore: made in {perf_counter() - began:.1f} s"
    bundles = [QueryBundle(text, embedding=one.tolist()) for text, one in draw_questions(passages, count).items()]
    times = [1000 * seconds_of(partial(retriever.retrieve, bundle)) for bundle in bundles]
    yield f"  {'its search':<15}{spread(times):>20}   resident memory: {memory()}"


def spread(milliseconds: Sequence[float]) -> str:
    """Median and 95th percentile.

    >>> spread([1.0, 2.0, 9.0])
    '2.0 / 8.3'
    """
    return "{:.1f} / {:.1f}".format(*np.percentile(milliseconds, [50, 95]))


def size_on_disk(folder: Path) -> float:
    """The size of a folder's files in megabytes."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def report(folder: Path, passages: int, count: int) -> None:
    """Make an index if it is missing, and print the measurements, each made in a new process."""
    print_line(f"{passages:,} passages")
    if not folder.exists():
        seconds = build(folder, passages)
        print_line("  built in " + ", ".join(f"{name} {taken:.0f} s" for name, taken in seconds.items()))
    print_line(f"  {size_on_disk(folder):,.0f} MB on disk")
    for peer in ([], ["--llama-index"])[: 1 if passages > LLAMA_INDEX_LIMIT else 2]:
        questions = min(count, 2_000_000 // passages) if peer else count
        command = [
            sys.executable,
            "-m",
            "pincite.eval.bench.retrieval.search_speed",
            "--sizes",
            str(passages),
            "--questions",
            str(questions),
        ]
        run([*command, "--open", str(folder), *peer], cwd=ROOT, check=True)  # noqa: S603  our own code


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="passages; 1000000 takes hours")
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--keep", type=Path, help="folder to keep the indexes in, to measure them again")
    parser.add_argument("--open", type=Path, help="an existing index to measure in this process")
    parser.add_argument("--llama-index", action="store_true", help="measure LlamaIndex with the vectors of --open")
    options = parser.parse_args()
    if options.open:
        lines = measure_llama_index if options.llama_index else measure
        for line in lines(options.open, options.sizes[0], options.questions):
            print_line(line)
        return 0
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
            for passages in options.sizes:
                report((options.keep or Path(work)) / str(passages), passages, options.questions)
    except PinciteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
