"""Limits on the reading of one file: memory, time and output.

Measured on the 57 real documents and the 32 largest of the other test sets: at most 5 seconds of a processor for a
megabyte, and 280 MiB of data, also for a PDF of 1,056 pages and 43 MB.
"""

import signal
import sys
from dataclasses import dataclass

from pincite.ingest.readers.pdf import ocr_extra

MEBIBYTE = 1 << 20
LARGEST_FILE = 2048 * MEBIBYTE
MEMORY = 512 * MEBIBYTE  # and as much again as the file is large
TOKENIZER_MEMORY = 20  # bytes in memory for each byte of its file; measured: 16
OCR_MEMORY = 1536 * MEBIBYTE  # more with the extra that reads scans, for its models
SECONDS, SECONDS_FOR_MEGABYTE = 10.0, 10.0  # of a processor
OCR_PROCESSOR_SECONDS = 8 * ocr_extra.SECONDS  # of several processors at once
OUT_OF_MEMORY = 77  # exit status of a worker
WAITING = 60.0  # seconds more on the clock than on all processors together: disks and other processes take their part
CHARACTERS, CHARACTERS_FOR_BYTE = 400_000, 20  # the text of a packed file is up to ten times as long as the file
MOST_CHARACTERS = 20_000_000  # 7,000 pages
MOST_BLOCKS = 400_000
IDLE_SECONDS = 120.0  # after which a process without a file ends: it holds memory
MOST_ANSWER = 256 * MEBIBYTE  # bytes of what a worker sends back


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one file: bytes of memory, seconds of processors and on the clock, characters of text."""

    memory: int
    processor_seconds: float
    seconds: float
    characters: int


def limits_for(size: int, tokenizer: int) -> Limits:
    """The limits for a file of `size` bytes, with a tokenizer whose file has `tokenizer` bytes."""
    memory = MEMORY + size + TOKENIZER_MEMORY * tokenizer
    processor = SECONDS + SECONDS_FOR_MEGABYTE * size / 1e6
    if ocr_extra.is_installed():
        memory, processor = memory + OCR_MEMORY, processor + OCR_PROCESSOR_SECONDS
    return Limits(
        memory, processor, 2 * processor + WAITING, min(CHARACTERS + CHARACTERS_FOR_BYTE * size, MOST_CHARACTERS)
    )


def apply_limits(limits: Limits) -> None:
    """Limit this process until the next call; the system ends it by SIGPROF when its processor time is used up.

    Where the system knows no such limits (Windows), only the time on the clock holds, which the parent watches.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  not on Windows

    for kind, most in ((resource.RLIMIT_DATA, limits.memory), (resource.RLIMIT_CORE, 0)):
        highest = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if highest == resource.RLIM_INFINITY else min(most, highest), highest))
    signal.setitimer(signal.ITIMER_PROF, limits.processor_seconds)


def end_time_limit() -> None:
    """Stop to count the processor time of this process."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, 0)
