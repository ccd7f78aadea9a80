"""The verifier on changed and on faithful statements of real documents, and on SciFact: `make bench-verify`.

Sentences of half of the documents served to make it; what is printed comes from the other half.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from pincite.answer.citation.citation import Citation
from pincite.answer.verification.verify import Statement, Support, verify
from pincite.eval.bench.retrieval.retrieval import heading, row
from pincite.eval.bench.verification.paraphrases import REWORDINGS, reworded
from pincite.eval.bench.verification.perturbations import CHANGES, NAME, Source, changed, pick
from pincite.eval.bench.verification.scifact_claims import SCORES, SUPPORTED, auc, labelled, shifted
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import RUNNING_TEXT, Document
from pincite.ingest.errors import PinciteError
from pincite.ingest.index.index import Index, open_index

SHARED = Path(__file__).resolve().parents[4] / "shared"
SHORTEST, LONGEST = 8, 80  # words of a sentence drawn
MOST = 250  # statements of a kind
A_DOCUMENT = 150  # sentences drawn of it


def half_of(document: str) -> str:
    """The half of the documents that one belongs to."""
    return ("dev", "test")[digest(document) % 2]


def digest(text: str) -> int:
    """A number for a text, the same on every machine."""
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big")


def sources(index: Index, half: str) -> Iterator[Source]:
    """Sentences of the English documents of a half, each with what it is cited from."""
    wanted = [entry for entry in index.entries if entry.metadata.language == "en"]
    documents = [index.document(entry.path) for entry in wanted]
    names = {document.path: names_of(document) for document in documents}
    for n, document in enumerate(documents):
        if half_of(document.path) == half:
            elsewhere = sorted(names[documents[n - 1].path] - set(document.text.split()))
            found = sorted(sources_of(document, elsewhere), key=lambda source: digest(source.sentence))
            yield from found[:A_DOCUMENT]


def names_of(document: Document) -> set[str]:
    """Names in a document."""
    return {match[0] for match in NAME.finditer(document.text) if " " not in match[0]}


def sources_of(document: Document, names: Sequence[str]) -> Iterator[Source]:
    """The sentences of a document's running text; the quote is the sentence, or its paragraph, by turns."""
    pinpoints = sorted({block.pinpoint for block in document.blocks if block.pinpoint})
    known = document.metadata
    for block in document.blocks:
        if block.kind not in RUNNING_TEXT:
            continue
        text = document.text[block.start : block.end]
        for start, end in sentence_spans(text):
            sentence = text[start:end]
            if SHORTEST <= len(sentence.split()) <= LONGEST:
                others = [one for one in pinpoints if not one.startswith(block.pinpoint or one) and one != known.title]
                yield Source(
                    document.path,
                    sentence,
                    text if digest(sentence) % 2 else sentence,
                    known.symbol or known.title,
                    block.pinpoint,
                    pick(names, sentence) if names else "",
                    pick(others, sentence) if others and block.pinpoint else None,
                )


def statements(index: Index, half: str, *, faithful: bool) -> Iterator[tuple[str, str, Source]]:
    """Statements of a half with their kinds, at most so many of each."""
    counts = Counter[str]()
    for source in sorted(sources(index, half), key=lambda source: digest(source.sentence)):
        for kind, text in (reworded if faithful else changed)(source):
            counts[kind] += 1
            if counts[kind] <= MOST:
                yield kind, text, source


def verified(index: Index, text: str, source: Source) -> Statement:
    """What the verifier finds for a statement."""
    document = index.document(source.document)
    citation = Citation(
        1, source.document, document.metadata, source.quote, 0, len(source.quote), None, source.pinpoint
    )
    return verify(text, [citation], lambda _: {block.pinpoint for block in document.blocks if block.pinpoint})


def table(index: Index, half: str, *, faithful: bool) -> Iterator[str]:
    """Lines of a table: by kind how many statements there are, and the share that is not supported."""
    made, flagged, seconds = Counter[str](), Counter[str](), 0.0
    for kind, text, source in statements(index, half, faithful=faithful):
        began = perf_counter()
        found = verified(index, text, source)
        seconds += perf_counter() - began
        made[kind] += 1
        flagged[kind] += found.support is not Support.SUPPORTED
    yield from heading(*(("unchanged", "statements", "flagged") if faithful else ("changed", "statements", "caught")))
    for kind in REWORDINGS if faithful else CHANGES:
        yield row(kind, f"{made[kind]:,}", share_of(flagged[kind], made[kind]))
    yield row("all", f"{made.total():,}", share_of(flagged.total(), made.total()))
    yield f"{1000 * seconds / max(made.total(), 1):.1f} ms a statement"


def share_of(part: int, whole: int) -> str:
    """A share, a dash where there is nothing.

    >>> share_of(1, 4), share_of(0, 0)
    ('0.250', '–')
    """
    return f"{part / whole:.3f}" if whole else "–"


def scifact_lines(folder: Path) -> Iterator[str]:
    """The table of SciFact: how well two scores part supported claims from others. Raises BadInput."""
    pairs = list(labelled(folder))
    supported = [pair for pair in pairs if pair.label == SUPPORTED]
    contradicted = [pair for pair in pairs if pair.label != SUPPORTED]
    unrelated = [replace(one, text=other.text) for one, other in zip(supported, shifted(supported), strict=True)]
    yield f"SciFact: {len(supported)} supported and {len(contradicted)} contradicted claims with their sentences, AUC"
    yield from heading("score", "supported or unrelated", "supported or contradicted")
    for name, score in SCORES.items():
        held, against, apart = ([score(pair) for pair in some] for some in (supported, contradicted, unrelated))
        yield row(name, f"{auc(held, apart):.3f}", f"{auc(held, against):.3f}")


def main() -> int:
    """Measure and print. Exit 1 where nothing could be measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=Path(".pincite-bench"), help="an index over real documents")
    parser.add_argument("--scifact", type=Path, default=SHARED / "bench" / "scifact", help="claims and abstracts")
    parser.add_argument("--half", choices=("dev", "test"), default="test", help="documents the sentences are drawn of")
    options = parser.parse_args()
    measured = 0
    for lines in (document_lines(options.index, options.half), scifact_lines(options.scifact)):
        try:
            for line in lines:
                sys.stdout.write(f"{line}\n")
            measured += 1
        except PinciteError as error:
            sys.stderr.write(f"A table is left out: {error}\n")
    return 0 if measured else 1


def document_lines(folder: Path, half: str) -> Iterator[str]:
    """The tables of changed and of faithful statements. Raises PinciteError where there is no index."""
    with open_index(folder) as index:
        yield from table(index, half, faithful=False)
        yield from table(index, half, faithful=True)


if __name__ == "__main__":
    sys.exit(main())
