"""The process that reads files: requests come by its standard input, answers go to its standard output.

It ends with its input, and so with its parent, and after a failure that may have left it damaged or short of memory.
"""

import os
import sys
import traceback
from dataclasses import replace
from functools import cache
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

from pincite.ingest.chunking.passages import cut_passages
from pincite.ingest.document import Document
from pincite.ingest.embedding.embedder import TokenCounter
from pincite.ingest.errors import RejectedFile
from pincite.ingest.isolation.limits import (
    IDLE_SECONDS,
    MEBIBYTE,
    MOST_ANSWER,
    MOST_BLOCKS,
    OUT_OF_MEMORY,
    Limits,
    apply_limits,
    end_time_limit,
    limits_for,
)
from pincite.ingest.isolation.messages import (
    REPLY,
    REQUEST,
    ReadFile,
    ReadRequest,
    Refusal,
    Reply,
    TooLong,
    from_hexadecimal,
    receive,
    send,
)
from pincite.ingest.isolation.regular_file import copy_with_digest
from pincite.ingest.metadata.sidecar import final_metadata
from pincite.ingest.reading import read_document

USED_UP = 0.6  # of the memory allowed: a process that has taken more makes room for a fresh one
TOO_LONG = "it holds more text than a file of its size may ({}); split it, or save it again in another format"

token_counter = cache(TokenCounter)


def main() -> None:
    """Read files until the input ends."""
    replies = private_output()
    requests = incoming()
    reply = None
    while reply is None or not reply.last:
        try:
            request = requests.get(timeout=IDLE_SECONDS)
        except Empty:
            return
        try:
            reply = reply_to(REQUEST.validate_json(request))
            send(replies, REPLY, reply, MOST_ANSWER)
        except TooLong:
            reply = Reply(Refusal(TOO_LONG.format(f"{MOST_ANSWER >> 20} MiB with its passages")), last=True)
            send(replies, REPLY, reply, MOST_ANSWER)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)  # nothing more can be relied on, not even the clean end of an interpreter


def private_output() -> IO[bytes]:
    """The standard output, out of the reach of libraries that print."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), sys.stdout.fileno())
    return replies


def incoming() -> "SimpleQueue[bytes]":
    """Requests as they come in. The end of the input, which may be that of the parent, ends this process at once."""
    requests: SimpleQueue[bytes] = SimpleQueue()

    def follow() -> None:
        while request := receive(sys.stdin.buffer, MEBIBYTE):
            requests.put(request)
        os._exit(0)  # also in the middle of a file

    Thread(target=follow, daemon=True).start()
    return requests


def reply_to(request: ReadRequest) -> Reply:
    """The file read or the reason why not. Raises MemoryError."""
    try:
        return Reply(read(request), last=memory_taken() > USED_UP * limits_for(0, tokenizer_size(request)).memory)
    except RejectedFile as error:
        return Reply(Refusal(str(error)))
    except MemoryError:
        raise
    except RecursionError:
        return Reply(Refusal("its contents are nested too deeply; save it again in a simpler form"), last=True)
    except Exception as error:  # noqa: BLE001  whatever a file does, it is rejected by name and the others are read
        reason = f"it cannot be read because of a fault in this program ({type(error).__name__}); please report it"
        return Reply(Refusal(reason, traceback.format_exc()), last=True)


def read(request: ReadRequest) -> ReadFile:
    """Document and passages of a copy of the file, whose digest is thus that of the bytes read. Raises RejectedFile."""
    path = from_hexadecimal(request.path)
    copy = from_hexadecimal(request.copies) / f"f{path.suffix}"
    try:
        digest = copy_with_digest(path, copy)
        limits = limits_for(copy.stat().st_size, tokenizer_size(request))
        apply_limits(limits)
        document = within(limits, read_document(copy, request.name, digest))
        return with_passages(request, with_stated_metadata(request, document))
    finally:
        end_time_limit()
        copy.unlink(missing_ok=True)


def tokenizer_size(request: ReadRequest) -> int:
    """Bytes of the file of the tokenizer."""
    return request.cutting.tokenizer_size if request.cutting else 0


def within(limits: Limits, document: Document) -> Document:
    """A document. Raises RejectedFile if it is longer than a file of its size may be."""
    if len(document.blocks) > MOST_BLOCKS:
        raise RejectedFile(TOO_LONG.format(f"{MOST_BLOCKS:,} paragraphs"))
    if len(document.text) > limits.characters:
        raise RejectedFile(TOO_LONG.format(f"{limits.characters:,} characters"))
    return document


def with_stated_metadata(request: ReadRequest, document: Document) -> Document:
    """A document with the metadata that is stated beside its file, if they are wanted."""
    if request.root is None:
        return document
    path, root = from_hexadecimal(request.path), from_hexadecimal(request.root)
    metadata, warnings = final_metadata(document.metadata, path, root, document.id)
    return replace(document, metadata=metadata, warnings=(*document.warnings, *warnings))


def with_passages(request: ReadRequest, document: Document) -> ReadFile:
    """A document with its passages, if they are wanted."""
    if request.cutting is None:
        return ReadFile(document, ())
    count_tokens = token_counter(str(from_hexadecimal(request.cutting.tokenizer)))
    return ReadFile(document, tuple(cut_passages(document, request.cutting.rules, count_tokens)))


def memory_taken() -> int:
    """The most bytes of memory that this process has had; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415  not on Windows

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    main()
    os._exit(0)  # at once: a clean end would wait for the thread that reads the input
