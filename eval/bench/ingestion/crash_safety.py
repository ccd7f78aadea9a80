"""Kills `pincite ingest` at random moments and compares what is left with an index made in peace: `make bench-kills`.

Each round begins with no index or with one of an earlier state of the library, kills runs until one comes to its end,
and then compares everything: documents, passages, embeddings, vectors, word search, twins.
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

from pincite.ingest.errors import PinciteError
from pincite.ingest.index.index import Index, open_index
from pincite.ingest.pipeline import ingest

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ("articles", "resolutions")  # of the sample corpus
EARLIEST, LATEST = 0.2, 0.9  # of the time a whole run takes; each run goes on where the one before was killed


@dataclass(frozen=True, slots=True)
class Library:
    """A folder of documents as it is, and an index of it as it was."""

    documents: Path
    earlier: Path
    whole: Path  # an index made in peace
    seconds: float  # of a whole run in a process of its own
    seconds_after: float  # of one that begins with the earlier index


def make_library(work: Path) -> Library:
    """Documents of which, since the earlier index, one changed, one moved, one went and one came."""
    documents, earlier, whole = work / "documents", work / "earlier", work / "whole"
    for name in SOURCES:
        shutil.copytree(ROOT / "corpus" / name, documents / name)
    changed, moved, copied, *_ = sorted(path for path in documents.rglob("*") if path.suffix in {".md", ".html"})
    gone = documents / "articles" / "gone.md"
    gone.write_text("# Minutes\n\nThe committee met in spring and adjourned.\n", encoding="utf-8")
    ingest([documents], earlier)
    changed.write_bytes(changed.read_bytes().replace(b" the ", b" that ", 40))
    moved.rename(moved.with_name(f"moved-{moved.name}"))
    gone.unlink()
    shutil.copy(copied, copied.with_name(f"copy-{copied.name}"))
    timed(documents, whole)
    seconds = timed(documents, work / "again")  # the first run may have had its model to compile
    return Library(documents, earlier, whole, seconds, timed(documents, Path(shutil.copytree(earlier, work / "after"))))


def timed(documents: Path, index: Path) -> float:
    """Seconds that a run takes which nobody kills."""
    began = perf_counter()
    subprocess.run(command(documents, index), cwd=ROOT, check=True, capture_output=True)  # noqa: S603  our own command
    return perf_counter() - began


def command(documents: Path, index: Path) -> list[str]:
    """What is run and killed."""
    return [sys.executable, "-m", "cli", "ingest", str(documents), "--index", str(index), "--prune", "--json"]


def killed(library: Library, index: Path, seconds: float) -> bool:
    """Run ingestion and kill it after a time; whether it was still running."""
    with subprocess.Popen(  # noqa: S603  our own command
        command(library.documents, index), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as run:
        try:
            _, errors = run.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            run.kill()
            return True
        if run.returncode:
            raise RuntimeError(f"the run after a kill failed: {errors.decode()}")
        return False


def round_of_kills(library: Library, index: Path, chance: random.Random) -> tuple[int, list[str]]:
    """Kill until a run ends before its time is up; how often that was, and in what the index differs then."""
    seconds = library.seconds
    if chance.random() < 0.5:  # noqa: PLR2004  half of the rounds begin with the earlier index
        shutil.copytree(library.earlier, index)
        seconds = library.seconds_after
    kills = 0
    while killed(library, index, seconds * chance.uniform(EARLIEST, LATEST) * (1 + kills / 20)):
        kills += 1  # ever later: a machine may have become slower than it was when the whole run was timed
    return kills, differences(index, library.whole)


def differences(folder: Path, other: Path) -> list[str]:
    """In what two indexes differ in content; numbers, which tell in what order documents came, may differ."""
    with open_index(folder) as index, open_index(other) as whole:
        found = [*index.faults(), *index.catalog.damage()]
        for (name, one), (_, two) in zip(contents(index), contents(whole), strict=True):
            if one.keys() != two.keys():
                found.append(f"{name}: {len(one.keys() - two.keys())} too many, {len(two.keys() - one.keys())} missing")
            else:
                found += [f"{name}: {key} differs" for key, value in one.items() if not same(value, two[key])]
        return found


def contents(index: Index) -> Iterator[tuple[str, dict[Any, Any]]]:
    """All that an index holds, by name and key."""
    catalog = index.catalog
    stored = {one.number: one for one in catalog.passages(sorted(catalog.passage_numbers()))}
    yield "documents", {entry.path: catalog.document(entry.path) for entry in index.entries}
    yield "library", {entry.path: (entry.id, entry.stamp, entry.twins, entry.passages) for entry in index.entries}
    yield "passages", {one.passage.id: one.passage for one in stored.values()}
    yield "vectors in the catalog", {one.passage.id: one.vector for one in stored.values()}
    yield "embeddings", dict.fromkeys(row[0] for row in catalog.connection.execute("SELECT digest FROM embeddings"))
    held = index.vectors.collection.get(include=["embeddings"])
    vectors = zip(map(int, held["ids"]), held["embeddings"], strict=True)
    yield "vectors in Chroma", {stored[number].passage.id: np.asarray(vector) for number, vector in vectors}
    words = index.lexical.search("committee report computing members", len(stored))
    yield "words", {stored[number].passage.id: None for number, _ in words}  # Tantivy counts what is gone in scores


def same(one: Any, two: Any) -> bool:
    """Whether two values are equal; numbers may differ as far as the order of additions makes them."""
    if isinstance(one, np.ndarray):
        return bool(np.allclose(one, two, atol=1e-3))
    return bool(one == two)


def main() -> int:
    """Kill as often as asked; print what differs. Exit 1 when anything does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    chance, kills, rounds, wrong = random.Random(options.seed), 0, 0, list[str]()  # noqa: S311  moments, not secrets
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
            library = make_library(Path(work))
            while kills < options.kills:
                rounds += 1
                count, found = round_of_kills(library, Path(work, f"index-{rounds}"), chance)
                kills, wrong = kills + count, wrong + [f"round {rounds}: {line}" for line in found]
                shutil.rmtree(Path(work, f"index-{rounds}"))
                sys.stdout.write(f"{kills} kills, {rounds} rounds, {len(wrong)} differences\n")
                sys.stdout.flush()
    except PinciteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
