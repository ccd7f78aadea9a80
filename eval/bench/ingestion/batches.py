"""Measures `pincite batch` with many questions: speed, memory, and the file of a run killed and resumed.

    python -m pincite.eval.bench.ingestion.batches --index DIR [--questions N] [--kills N]

Exit 1 if the file of the killed run differs from that of an undisturbed one.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from time import perf_counter, sleep

from pincite.eval.bench.measuring import print_line
from pincite.eval.bench.paths import ROOT, SAMPLE_GOLD, SHARED_GOLD
from pincite.eval.judging.gold import read_gold
from pincite.ingest.atomic_write import write_text
from pincite.ingest.jsonl import json_line

FORMATS = ("docx", "xlsx", "html")
EARLIEST, LATEST = 0.05, 1.0  # moments of kills, as a share of the time between two kills
KIB_PER_MIB = 1024  # Linux reports memory in KiB


@dataclass(frozen=True, slots=True)
class BatchCost:
    """The seconds and the peak memory in MiB of a run."""

    seconds: float
    memory: float


def distinct_questions(gold: Sequence[str]) -> Iterator[str]:
    """Endlessly many distinct questions: those of the gold, then the same with a number."""
    yield from gold
    yield from (f"{question} (item {turn})" for turn in count(1) for question in gold)


def write_questions(path: Path, number: int) -> Path:
    """Write a file with this number of questions in ten sections."""
    gold = [one.question for one in read_gold(*(file for file in (SAMPLE_GOLD, SHARED_GOLD) if file.is_file()))]
    questions = islice(distinct_questions(gold), number)
    write_text(path, (json_line({"question": one, "section": f"Part {n % 10}"}) for n, one in enumerate(questions)))
    return path


def batch_command(questions: Path, out: Path, index: Path) -> list[str]:
    """The command to run or kill."""
    paths = [str(questions), "--out", str(out), "--index", str(index)]
    return [sys.executable, "-m", "pincite.cli.main", "batch", *paths, "--json"]


def run_batch(questions: Path, out: Path, index: Path) -> BatchCost:
    """Run a batch to its end. Raises RuntimeError if it fails."""
    began = perf_counter()
    running = subprocess.Popen(batch_command(questions, out, index), cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise RuntimeError(f"the run for {out} ended with {running.returncode}")
    return BatchCost(perf_counter() - began, used.ru_maxrss / KIB_PER_MIB)


def kill_batch(questions: Path, out: Path, index: Path, seconds: float) -> bool:
    """Kill a batch this many seconds after its first answer; whether it was still running."""
    journal, began = out.with_name(f"{out.name}.journal.sqlite"), perf_counter()
    size = journal.stat().st_size if journal.exists() else 0
    with subprocess.Popen(batch_command(questions, out, index), cwd=ROOT, stdout=subprocess.DEVNULL) as running:  # noqa: S603  our own command
        while running.poll() is None and not (journal.exists() and journal.stat().st_size > size):
            sleep(0.01)
            if perf_counter() - began > 60 + seconds:  # seconds; all questions were answered before
                break
        sleep(seconds)
        was_running = running.poll() is None
        running.kill()
    return was_running


def kill_repeatedly(questions: Path, out: Path, index: Path, kills: int, seconds: float) -> int:
    """Kill runs for one file at random moments; returns how many of them were still running."""
    random_moments = random.Random(7)  # noqa: S311  not for secrets
    share = seconds / max(kills, 1)
    delays = (share * random_moments.uniform(EARLIEST, LATEST) for _ in range(kills))
    return sum(kill_batch(questions, out, index, delay) for delay in delays)


def main() -> int:
    """Measure, kill, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        tenth = write_questions(work / "tenth.jsonl", options.questions // 10)
        small = run_batch(tenth, work / "tenth.docx", options.index)
        questions = write_questions(work / "all.jsonl", options.questions)
        for name in FORMATS:
            whole = run_batch(questions, work / f"undisturbed.{name}", options.index)
            rate = f"{options.questions / whole.seconds:.1f} a second"
            print_line(
                f"{name}: {options.questions} questions in {whole.seconds:.1f} s, {rate}, {whole.memory:.0f} MiB"
            )
        print_line(f"docx of {options.questions // 10} questions: {small.seconds:.1f} s, {small.memory:.0f} MiB")
        killed = work / "killed.docx"
        running = kill_repeatedly(questions, killed, options.index, options.kills, whole.seconds)
        run_batch(questions, killed, options.index)
        same = killed.read_bytes() == (work / "undisturbed.docx").read_bytes()
        result = "the same bytes" if same else "DIFFERENT"
        print_line(f"{options.kills} kills, {running} of them during a run: {result}")
        return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
