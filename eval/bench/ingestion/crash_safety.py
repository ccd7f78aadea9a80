"""Kills `pincite ingest` at random moments and compares the result with an undisturbed index: `make bench-kills`.

Each round starts without an index or with an earlier one, kills runs until one completes, and then compares all
content: documents, passages, embeddings, vectors, lexical search, near-duplicates.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from pincite.eval.bench.measuring import print_line
from pincite.eval.bench.paths import ROOT, SAMPLE_CORPUS
from pincite.ingest.errors import PinciteError
from pincite.ingest.index.index import Index, open_index
from pincite.ingest.pipeline import ingest

FOLDERS = ("articles", "resolutions")  # of the sample corpus
EARLIEST, LATEST = 0.2, 0.9  # moments of kills, as a share of the time of a whole run; killed runs are resumed


@dataclass(frozen=True, slots=True)
class ChangedLibrary:
    """A folder of documents, an index over its earlier state, and an undisturbed index over its present one."""

    documents: Path
    earlier: Path
    undisturbed: Path
    seconds: float  # of a run in a new process
    seconds_after: float  # of one that starts with the earlier index


def make_library(work: Path) -> ChangedLibrary:
    """Documents of which, since the earlier index, one was changed, one moved, one removed and one added."""
    documents, earlier, undisturbed = work / "documents", work / "earlier", work / "undisturbed"
    for name in FOLDERS:
        shutil.copytree(SAMPLE_CORPUS / name, documents / name)
    changed, moved, copied, *_ = sorted(path for path in documents.rglob("*") if path.suffix in {".md", ".html"})
    removed = documents / "articles" / "removed.md"
    removed.write_text("# Minutes\n\nThe committee met in spring and adjourned.\n", encoding="utf-8")
    ingest([documents], earlier)
    changed.write_bytes(changed.read_bytes().replace(b" the ", b" that ", 40))
    moved.rename(moved.with_name(f"moved-{moved.name}"))
    removed.unlink()
    shutil.copy(copied, copied.with_name(f"copy-{copied.name}"))
    run_ingestion(documents, undisturbed)
    seconds = run_ingestion(documents, work / "again")  # the first run may have compiled the model
    seconds_after = run_ingestion(documents, Path(shutil.copytree(earlier, work / "after")))
    return ChangedLibrary(documents, earlier, undisturbed, seconds, seconds_after)


def run_ingestion(documents: Path, index: Path) -> float:
    """Run ingestion to its end; its seconds."""
    began = perf_counter()
    subprocess.run(ingest_command(documents, index), cwd=ROOT, check=True, capture_output=True)  # noqa: S603  our own command
    return perf_counter() - began


def ingest_command(documents: Path, index: Path) -> list[str]:
    """The command to run or kill."""
    paths = [str(documents), "--index", str(index)]
    return [sys.executable, "-m", "pincite.cli.main", "ingest", *paths, "--prune", "--json"]


def kill_ingestion(library: ChangedLibrary, index: Path, seconds: float) -> bool:
    """Run ingestion and kill it after this time; whether it was still running."""
    with subprocess.Popen(  # noqa: S603  our own command
        ingest_command(library.documents, index), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as run:
        try:
            _, errors = run.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            run.kill()
            return True
        if run.returncode:
            raise RuntimeError(f"the run after a kill failed: {errors.decode()}")
        return False


def round_of_kills(library: ChangedLibrary, index: Path, moments: random.Random) -> tuple[int, list[str]]:
    """Kill runs until one completes; the number of kills, and the differences of the resulting index."""
    seconds = library.seconds
    if moments.random() < 0.5:  # noqa: PLR2004  half of the rounds start with the earlier index
        shutil.copytree(library.earlier, index)
        seconds = library.seconds_after
    kills = 0
    while kill_ingestion(library, index, seconds * moments.uniform(EARLIEST, LATEST) * (1 + kills / 20)):
        kills += 1  # the next one later, since the machine may have become slower than when it was timed
    return kills, differences(index, library.undisturbed)


def differences(folder: Path, other: Path) -> list[str]:
    """The differences in content between two indexes; numbers, which depend on the order of documents, are ignored."""
    with open_index(folder) as index, open_index(other) as expected:
        found = [*index.inconsistencies(), *index.catalog.damage()]
        for (name, one), (_, two) in zip(contents(index), contents(expected), strict=True):
            if one.keys() != two.keys():
                found.append(f"{name}: {len(one.keys() - two.keys())} too many, {len(two.keys() - one.keys())} missing")
            else:
                found += [f"{name}: {key} differs" for key, value in one.items() if not same(value, two[key])]
        return found


def contents(index: Index) -> Iterator[tuple[str, dict[Any, Any]]]:
    """The content of an index by name and key."""
    catalog = index.catalog
    stored = {one.number: one for one in catalog.passages(catalog.passage_numbers().tolist())}
    yield "documents", {entry.path: catalog.document(entry.path) for entry in index.entries}
    yield (
        "library",
        {entry.path: (entry.id, entry.stamp, entry.near_duplicates, entry.passages) for entry in index.entries},
    )
    yield "passages", {one.passage.id: one.passage for one in stored.values()}
    yield "vectors in the catalog", {one.passage.id: one.vector for one in stored.values()}
    yield "embeddings", dict.fromkeys(row[0] for row in catalog.connection.execute("SELECT digest FROM embeddings"))
    rows = index.vectors.collection.get(include=["embeddings"])
    vectors = zip(map(int, rows["ids"]), rows["embeddings"], strict=True)
    yield "vectors in Chroma", {stored[number].passage.id: np.asarray(vector) for number, vector in vectors}
    words = index.lexical.search("committee report computing members", len(stored))
    yield "words", {stored[number].passage.id: None for number, _ in words}  # Tantivy's scores count deleted documents


def same(one: Any, two: Any) -> bool:
    """Whether two values are equal; vectors may differ by rounding."""
    if isinstance(one, np.ndarray):
        return bool(np.allclose(one, two, atol=1e-3))
    return bool(one == two)


def main() -> int:
    """Kill as often as asked and print all differences. Exit 1 if there are any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    moments, kills, rounds, wrong = random.Random(options.seed), 0, 0, list[str]()  # noqa: S311  not for secrets
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
            library = make_library(Path(work))
            while kills < options.kills:
                rounds += 1
                count, found = round_of_kills(library, Path(work, f"index-{rounds}"), moments)
                kills, wrong = kills + count, wrong + [f"round {rounds}: {line}" for line in found]
                shutil.rmtree(Path(work, f"index-{rounds}"))
                print_line(f"{kills} kills, {rounds} rounds, {len(wrong)} differences")
    except PinciteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
