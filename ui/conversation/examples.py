"""Example questions made from the documents in the library."""

from collections.abc import Sequence

from pincite.ingest.index.catalog import Entry

COUNT = 3
LONGEST = 90  # characters of a title in a question
VERBS = {"resolution": "decide", "law": "require", "report": "find"}


def example_questions(entries: Sequence[Entry]) -> list[str]:
    """A question about each of the newest documents, of different kinds if possible."""
    newest = sorted(entries, key=lambda entry: entry.metadata.date or "", reverse=True)
    first_of_kind = {entry.metadata.kind: entry for entry in reversed(newest)}
    varied = sorted(newest, key=lambda entry: first_of_kind[entry.metadata.kind] is not entry)
    return list(dict.fromkeys(map(question_about, varied)))[:COUNT]


def question_about(entry: Entry) -> str:
    """A question about a document by symbol and title."""
    known = entry.metadata
    title = f"“{shortened(known.title)}”" if known.title else None
    name = known.symbol or title or entry.path
    about = f" on {title}" if known.symbol and title else ""
    return f"What does {name} {VERBS.get(known.kind, 'say')}{about}?"


def shortened(title: str) -> str:
    """A title cut to a maximum length."""
    line = " ".join(title.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]} …"
