"""Compares pinpoints with those that a reader gave to the same words: `make bench-pinpoints`.

Two kinds of files are read: gold questions, whose evidence has quotes with pinpoints, and lines drawn at random from
documents and labelled by somebody who had only the documents (`{"document", "page", "words", "pinpoint"}`).

A label `section 16 > section 82B`, of a provision that one act inserts in another, is met by either of the two.
A label `heading: X` is right where the place is cited by this heading or stands below it; `contents` and `apparatus`
where the words are not part of the running text.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from pincite.eval.bench.paths import SHARED, SHARED_GOLD
from pincite.eval.judging.matching import is_same_pinpoint
from pincite.eval.judging.normalisation import normalise
from pincite.ingest.document import RUNNING_TEXT, Block, BlockKind, Document
from pincite.ingest.places.outline import OutlineNode, outline_of
from pincite.ingest.places.store import units_at
from pincite.ingest.reading import read_document
from pincite.ingest.structure.pinpoint_grammar import path_of

FILES = (SHARED_GOLD, SHARED / "gold" / "domains.jsonl", Path(__file__).parents[2] / "gold" / "lines.jsonl")
ROOTS = (SHARED, SHARED / "domains", SHARED / "corpus")  # folders that the names of documents may be relative to
FIRST_WORDS = 6  # by which words are found that readers write in two ways (`10^26`)
APPARATUS = frozenset({"apparatus", "contents"})
HEADING = "heading: "
INSERTED = " > "


class Verdict(StrEnum):
    """How a pinpoint agrees with a label. The labels of gold are often coarser than the unit that holds the quote."""

    EXACT = "exact"
    INSIDE = "inside the labelled unit"
    AROUND = "around the labelled unit"
    WRONG = "wrong"
    MISSING = "words not found"


@dataclass(frozen=True, slots=True)
class LabelledPlace:
    """Words of a document and the pinpoint that a reader gave them; `page` is None without pages."""

    document: str
    words: str
    page: int | None
    pinpoint: str


@dataclass(frozen=True, slots=True)
class ComparedPlace:
    """A labelled place with the pinpoint and the page that ingestion gives to its words."""

    label: LabelledPlace
    pinpoint: str | None
    page: int | None
    verdict: Verdict


class SearchableDocument:
    """A document whose words are found whatever their case, punctuation and line breaks."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.outline: Sequence[OutlineNode] = outline_of(document)
        self.offsets: list[int] = []
        folded: list[str] = []
        for word in re.finditer(r"[^\W_]+", document.text):
            characters = f"{normalise(word[0])} "
            folded.append(characters)
            self.offsets += [word.start()] * len(characters)
        self.folded = "".join(folded)

    def places(self, words: str) -> Iterator[int]:
        """Offsets at which words begin, of which the first and the last may be cut."""
        wanted = normalise(words)
        at = -1 if wanted else len(self.folded)
        while (at := self.folded.find(wanted, at + 1)) >= 0:
            yield self.offsets[at]

    def block_at(self, offset: int) -> Block:
        """The block that holds a character."""
        return next(block for block in self.document.blocks if block.start <= offset < block.end)

    def headings_at(self, offset: int) -> list[str]:
        """The headings that are open at a character, and the units around it."""
        path: list[tuple[int, str]] = []
        for block in self.document.blocks:
            if block.start > offset:
                break
            if block.kind is BlockKind.HEADING:
                path = [(level, title) for level, title in path if level < block.level]
                path.append((block.level, self.document.text[block.start : block.end]))
        return (
            [self.document.metadata.title] * (not path)
            + [title for _, title in path]
            + [unit.pinpoint for unit in units_at(self.outline, offset)]
        )

    def compare(self, label: LabelledPlace, offset: int) -> ComparedPlace:
        """The pinpoint and the page of a character against a label."""
        block = self.block_at(offset)
        verdict = verdict_of(label.pinpoint, block, self.headings_at(offset))
        return ComparedPlace(label, block.pinpoint, self.document.page_at(offset), verdict)


@cache
def searchable(name: str) -> SearchableDocument:
    """A document by its name in a label."""
    path = next(root / name for root in ROOTS if (root / name).is_file())
    return SearchableDocument(read_document(path, name))


def labelled_places(file: Path) -> Iterator[LabelledPlace]:
    """The labels of a file of gold questions or of lines."""
    for line in file.read_text(encoding="utf-8").splitlines():
        record: Mapping[str, Any] = json.loads(line)
        for one in record.get("evidence", [record]):
            if one.get("pinpoint"):
                yield LabelledPlace(one["document"], one.get("quote") or one["words"], one.get("page"), one["pinpoint"])


def compared(label: LabelledPlace) -> ComparedPlace:
    """The place that ingestion gives to labelled words: of several, one on the labelled page that agrees best."""
    document = searchable(label.document)
    places = list(document.places(label.words)) or list(document.places(" ".join(label.words.split()[:FIRST_WORDS])))
    on_page = [at for at in places if label.page is None or document.document.page_at(at) == label.page]
    found = [document.compare(label, at) for at in on_page or places]
    missing = Verdict.EXACT if label.pinpoint in APPARATUS else Verdict.MISSING  # left out, as it should be
    return min(
        found, key=lambda one: list(Verdict).index(one.verdict), default=ComparedPlace(label, None, None, missing)
    )


def verdict_of(label: str, block: Block, headings: Sequence[str]) -> Verdict:
    """Compare the pinpoint of a block with a label; `headings`: those above it and the units around it."""
    pinpoint = block.pinpoint or ""
    if label in APPARATUS:
        outside = block.kind not in RUNNING_TEXT or pinpoint in {"", "front matter", "closing formula"}
        return Verdict.EXACT if outside else Verdict.WRONG
    if label.startswith(HEADING):
        named = label.removeprefix(HEADING)
        own = path_of(pinpoint)
        same = any(is_same_pinpoint(one, named) for one in (pinpoint, *headings))
        return Verdict.EXACT if same and (not own or block.kind is BlockKind.HEADING) else Verdict.WRONG
    if any(is_same_pinpoint(pinpoint, one) for one in label.split(INSERTED)):
        return Verdict.EXACT
    cited, wanted = path_of(pinpoint), path_of(label)
    if cited and cited == wanted:  # `Artículo 4` for `Article 4`
        return Verdict.EXACT
    if any(is_same_pinpoint(one, label) for one in headings) or (wanted and cited[: len(wanted)] == wanted):
        return Verdict.INSIDE
    return Verdict.AROUND if cited and wanted[: len(cited)] == cited else Verdict.WRONG


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the verdicts of each file, and all places that are not exact with `--all`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[file for file in FILES if file.is_file()])
    parser.add_argument("--all", action="store_true", help="print each place that is not exact")
    options = parser.parse_args(arguments)
    for file in options.files:
        places = [compared(label) for label in labelled_places(file)]
        for one in places if options.all else ():
            if one.verdict is not Verdict.EXACT:
                named = f"{one.label.document} p. {one.label.page}: {one.label.words[:60]!r}"
                sys.stdout.write(f"{one.verdict}: {one.pinpoint!r} for {one.label.pinpoint!r}, {named}\n")
        counts = Counter(one.verdict for one in places)
        paged = [one for one in places if one.label.page is not None and one.page is not None]
        pages = sum(one.label.page == one.page for one in paged)
        summary = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict)
        sys.stdout.write(f"{file.name}: {len(places)} places, {summary}; pages {pages} of {len(paged)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
