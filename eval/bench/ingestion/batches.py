"""Measures `pincite batch`: speed and memory for many questions, and whether killed runs end as one that was not.

    python -m pincite.eval.bench.ingestion.batches --index DIR [--questions N] [--kills N]

Each line says what was measured; exit 1 when a file made after kills differs from that of an undisturbed run.
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

from pincite.eval.judging.gold import read_gold
from pincite.ingest.atomic_write import write_text
from pincite.ingest.jsonl import json_line

ROOT = Path(__file__).resolve().parents[3]
GOLD = (ROOT / "eval" / "gold" / "sample.jsonl", ROOT.parent / "shared" / "gold" / "dev.jsonl")
FORMS = ("docx", "xlsx", "html")
EARLIEST, LATEST = 0.05, 1.0  # of the time that an undisturbed run takes, shared out among the kills
MIB = 1024  # of the kibibytes in which Linux states memory


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run took: seconds and its peak of memory in MiB."""

    seconds: float
    memory: float


def questions(gold: Sequence[str]) -> Iterator[str]:
    """Questions without end, none twice: those of the gold, then the same with a number."""
    yield from gold
    yield from (f"{question} (item {turn})" for turn in count(1) for question in gold)


def write_questions(path: Path, number: int) -> Path:
    """A file of so many questions in ten sections."""
    gold = [question.question for question in read_gold(*(file for file in GOLD if file.is_file()))]
    lines = ({"question": one, "section": f"Part {n % 10}"} for n, one in enumerate(islice(questions(gold), number)))
    write_text(path, (json_line(line) for line in lines))
    return path


def command(asked: Path, out: Path, index: Path) -> list[str]:
    """What is run, and killed."""
    return [sys.executable, "-m", "cli", "batch", str(asked), "--out", str(out), "--index", str(index), "--json"]


def ran(asked: Path, out: Path, index: Path) -> Ran:
    """An undisturbed run. Raises RuntimeError where it fails."""
    began = perf_counter()
    running = subprocess.Popen(command(asked, out, index), cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise RuntimeError(f"the run for {out} ended with {running.returncode}")
    return Ran(perf_counter() - began, used.ru_maxrss / MIB)


def killed(asked: Path, out: Path, index: Path, seconds: float) -> bool:
    """Kill a run so many seconds after its journal is there; whether it was still running."""
    journal, began = out.with_name(f"{out.name}.journal.sqlite"), perf_counter()
    size = journal.stat().st_size if journal.exists() else 0
    with subprocess.Popen(command(asked, out, index), cwd=ROOT, stdout=subprocess.DEVNULL) as running:  # noqa: S603  see ran
        while running.poll() is None and not (journal.exists() and journal.stat().st_size > size):
            sleep(0.01)
            if perf_counter() - began > 60 + seconds:  # seconds; a run that adds nothing is at its end
                break
        sleep(seconds)
        alive = running.poll() is None
        running.kill()
    return alive


def rounds_of_kills(asked: Path, peace: Path, index: Path, kills: int, seconds: float) -> int:
    """Kill runs for one file at random moments until they were enough; how many were running when they were killed."""
    chance = random.Random(7)  # noqa: S311  moments, not secrets
    out = peace.with_name(f"killed{peace.suffix}")
    share = seconds / max(kills, 1)
    return sum(killed(asked, out, index, share * chance.uniform(EARLIEST, LATEST)) for _ in range(kills))


def main() -> int:
    """Measure, kill, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        few = ran(write_questions(work / "few.jsonl", options.questions // 10), work / "few.docx", options.index)
        asked = write_questions(work / "all.jsonl", options.questions)
        for form in FORMS:
            whole = ran(asked, work / f"peace.{form}", options.index)
            rate = f"{options.questions / whole.seconds:.1f} a second"
            say(f"{form}: {options.questions} questions in {whole.seconds:.1f} s, {rate}, {whole.memory:.0f} MiB")
        say(f"docx of {options.questions // 10} questions: {few.seconds:.1f} s, {few.memory:.0f} MiB")
        alive = rounds_of_kills(asked, work / "peace.docx", options.index, options.kills, whole.seconds)
        ran(asked, work / "killed.docx", options.index)
        same = (work / "killed.docx").read_bytes() == (work / "peace.docx").read_bytes()
        say(f"{options.kills} kills, {alive} in the middle of a run: {'the same bytes' if same else 'DIFFERENT'}")
        return 0 if same else 1


def say(text: str) -> None:
    """A line of what was measured."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
