"""Measures the verifier on perturbed and paraphrased sentences of real documents, and on SciFact: `make bench-verify`.

It was developed on sentences of one half of the documents; the results are from the other half.
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
from pincite.eval.bench.measuring import heading, row
from pincite.eval.bench.paths import SCIFACT, WORK
from pincite.eval.bench.verification.paraphrases import PARAPHRASES, paraphrases
from pincite.eval.bench.verification.perturbations import NAME, PERTURBATIONS, SourceSentence, perturbations, pick
from pincite.eval.bench.verification.scifact_claims import SCORES, SUPPORTED, auc, labelled_pairs, shifted
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import RUNNING_TEXT, Document
from pincite.ingest.errors import PinciteError
from pincite.ingest.index.index import Index, open_index

MIN_WORDS, MAX_WORDS = 8, 80  # of a sentence
STATEMENTS_PER_KIND = 250
SENTENCES_PER_DOCUMENT = 150


def half_of(document: str) -> str:
    """The half that a document belongs to."""
    return ("dev", "test")[digest(document) % 2]


def digest(text: str) -> int:
    """A number derived from a text, the same on every machine."""
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big")


def sources(documents: Sequence[Document], half: str) -> Iterator[SourceSentence]:
    """Sentences from the documents of a half, each with its citation."""
    names = {document.path: names_of(document) for document in documents}
    for n, document in enumerate(documents):
        if half_of(document.path) == half:
            elsewhere = sorted(names[documents[n - 1].path] - set(document.text.split()))
            found = sorted(sources_of(document, elsewhere), key=lambda source: digest(source.sentence))
            yield from found[:SENTENCES_PER_DOCUMENT]


def english_documents(index: Index) -> list[Document]:
    """The English documents of an index."""
    return [index.document(entry.path) for entry in index.entries if entry.metadata.language == "en"]


def names_of(document: Document) -> set[str]:
    """Single-word names in a document."""
    return {match[0] for match in NAME.finditer(document.text) if " " not in match[0]}


def sources_of(document: Document, names: Sequence[str]) -> Iterator[SourceSentence]:
    """The sentences of a document's running text; the quote is either the sentence or its paragraph."""
    pinpoints = sorted({block.pinpoint for block in document.blocks if block.pinpoint})
    known = document.metadata
    for block in document.blocks:
        if block.kind not in RUNNING_TEXT:
            continue
        text = document.text[block.start : block.end]
        for start, end in sentence_spans(text):
            sentence = text[start:end]
            if MIN_WORDS <= len(sentence.split()) <= MAX_WORDS:
                others = [one for one in pinpoints if not one.startswith(block.pinpoint or one) and one != known.title]
                yield SourceSentence(
                    document.path,
                    sentence,
                    text if digest(sentence) % 2 else sentence,
                    known.symbol or known.title,
                    block.pinpoint,
                    pick(names, sentence) if names else "",
                    pick(others, sentence) if others and block.pinpoint else None,
                )


def statements(
    documents: Sequence[Document], half: str, *, faithful: bool
) -> Iterator[tuple[str, str, SourceSentence]]:
    """Kinds and texts of statements from the sentences of a half, a limited number of each kind."""
    counts = Counter[str]()
    for source in sorted(sources(documents, half), key=lambda source: digest(source.sentence)):
        for kind, text in (paraphrases if faithful else perturbations)(source):
            counts[kind] += 1
            if counts[kind] <= STATEMENTS_PER_KIND:
                yield kind, text, source


def verified(document: Document, text: str, source: SourceSentence) -> Statement:
    """The verifier's result for a statement."""
    citation = Citation(
        1, source.document, document.metadata, source.quote, 0, len(source.quote), None, source.pinpoint
    )
    return verify(text, [citation], lambda _: {block.pinpoint for block in document.blocks if block.pinpoint})


def table(documents: Sequence[Document], half: str, *, faithful: bool) -> Iterator[str]:
    """Lines of a table: the number of statements of each kind, and the share that is not supported."""
    by_path = {document.path: document for document in documents}
    made, flagged, seconds = Counter[str](), Counter[str](), 0.0
    for kind, text, source in statements(documents, half, faithful=faithful):
        document = by_path[source.document]
        began = perf_counter()
        found = verified(document, text, source)
        seconds += perf_counter() - began
        made[kind] += 1
        flagged[kind] += found.support is not Support.SUPPORTED
    yield from heading(
        *(("paraphrase", "statements", "flagged") if faithful else ("perturbation", "statements", "caught"))
    )
    for kind in PARAPHRASES if faithful else PERTURBATIONS:
        yield row(kind, f"{made[kind]:,}", share_of(flagged[kind], made[kind]))
    yield row("all", f"{made.total():,}", share_of(flagged.total(), made.total()))
    yield f"{1000 * seconds / max(made.total(), 1):.1f} ms per statement"


def share_of(part: int, whole: int) -> str:
    """A share, or a dash of nothing.

    >>> share_of(1, 4), share_of(0, 0)
    ('0.250', '–')
    """
    return f"{part / whole:.3f}" if whole else "–"


def scifact_lines(folder: Path) -> Iterator[str]:
    """The table of SciFact: how well scores separate supported claims from others. Raises BadInput."""
    pairs = list(labelled_pairs(folder))
    supported = [pair for pair in pairs if pair.label == SUPPORTED]
    contradicted = [pair for pair in pairs if pair.label != SUPPORTED]
    unrelated = [replace(one, text=other.text) for one, other in zip(supported, shifted(supported), strict=True)]
    yield f"SciFact: {len(supported)} supported and {len(contradicted)} contradicted claims with their sentences, AUC"
    yield from heading("score", "supported or unrelated", "supported or contradicted")
    for name, score in SCORES.items():
        positive, against, random = ([score(pair) for pair in some] for some in (supported, contradicted, unrelated))
        yield row(name, f"{auc(positive, random):.3f}", f"{auc(positive, against):.3f}")


def main() -> int:
    """Measure and print. Exit 1 if nothing could be measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=WORK, help="an index over real documents")
    parser.add_argument("--scifact", type=Path, default=SCIFACT, help="folder with claims and abstracts")
    parser.add_argument("--half", choices=("dev", "test"), default="test", help="documents to take sentences from")
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
    """The tables of perturbations and of paraphrases. Raises PinciteError if there is no index."""
    with open_index(folder) as index:
        documents = english_documents(index)
    yield from table(documents, half, faithful=False)
    yield from table(documents, half, faithful=True)


if __name__ == "__main__":
    sys.exit(main())
