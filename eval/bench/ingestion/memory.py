"""Measures the peak memory of ingestion, for a library and for one many times its size: `make bench-memory`."""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pincite.eval.bench.measuring import print_line
from pincite.eval.bench.paths import CORPUS, ROOT
from pincite.ingest.discovery import SourceFile, find_files
from pincite.ingest.errors import PinciteError

LIMIT, GROWTH = 900, 0.10  # megabytes; share by which the larger library may need more
CHILD = """
import sys
from pathlib import Path
from pincite.ingest.pipeline import ingest
summary = ingest([Path(sys.argv[1])], Path(sys.argv[2]))
print(summary.documents, summary.passages, Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


def peak_memory(documents: Path, index: Path) -> tuple[int, int, float]:
    """Documents, passages, and the peak memory in megabytes (VmHWM) of a process that ingests them. Linux only."""
    run = subprocess.run(  # noqa: S603  our own code
        [sys.executable, "-c", CHILD, str(documents), str(index)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    found, passages, kilobytes = map(int, run.stdout.split())
    return found, passages, kilobytes / 1024


def copy_library(source: Path, target: Path, copies: int) -> Path:
    """Copy the documents this many times, no two files alike."""
    for copy in range(copies):
        for file in find_files([source]).files:
            copy_file(file, target / f"copy-{copy:02d}" / file.name, copy)
    return target


def copy_file(file: SourceFile, target: Path, copy: int) -> None:
    """Copy one file: texts get another sentence, PDF files a comment at the end."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file.path, target)
    sentence = f"\n\nThis is copy {copy} of the document {file.path.stem}, made to measure memory.\n"
    if target.suffix in {".html", ".htm"}:
        words = f"<p>{sentence.strip()}</p>"
        target.write_text(re.sub(r"(</body>|\Z)", words + r"\1", target.read_text("utf-8"), count=1), encoding="utf-8")
    elif target.suffix != ".docx":  # bytes after its end would damage a ZIP
        with target.open("ab") as end:
            end.write(f"\n% {sentence.strip()}\n".encode() if target.suffix == ".pdf" else sentence.encode())


def main() -> int:
    """Measure and print. Exit 1 if a limit is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--copies", type=int, default=20)
    options = parser.parse_args()
    peaks = []
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
            for copies in (1, options.copies):
                library = copy_library(options.corpus, Path(work, f"times-{copies}"), copies)
                documents, passages, megabytes = peak_memory(library, Path(work, f"index-{copies}"))
                peaks.append(megabytes)
                print_line(f"{documents} documents, {passages} passages: {megabytes:.0f} MB at most")
    except PinciteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"growth: {peaks[1] / peaks[0] - 1:+.0%} (limit: {GROWTH:.0%}, and {LIMIT} MB)\n")
    return 0 if max(peaks) < LIMIT and peaks[1] <= peaks[0] * (1 + GROWTH) else 1


if __name__ == "__main__":
    sys.exit(main())
