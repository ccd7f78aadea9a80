"""SciFact's claims with the sentences of an abstract that support or contradict them, and scores of such pairs.

(Wadden et al. 2020, arXiv 2004.14974)
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scipy.stats import rankdata

from pincite.answer.language.parsed_text import parse_text
from pincite.answer.verification.claims import CitedClaim, verify_claims
from pincite.eval.bench.retrieval.scifact import CORPUS, records
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.errors import BadInput

CLAIMS = "claims_train.csv"
SUPPORTED = "SUPPORT"
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, sentences, and what they are to it."""

    claim: str
    text: str
    label: str


def labelled(folder: Path) -> Iterator[Pair]:
    """The claims that sentences are labelled for. Raises BadInput where files are missing."""
    absent = [name for name in (CLAIMS, CORPUS) if not (folder / name).is_file()]
    if absent:
        raise BadInput(f"SciFact's claims are not in {folder} ({', '.join(absent)}): name their folder with --scifact.")
    abstracts = {record["_id"]: record["text"] for record in records(folder / CORPUS)}
    with (folder / CLAIMS).open(encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file):
            text = sentences(abstracts.get(record["evidence_doc_id"], ""), record["evidence_sentences"])
            if record["evidence_label"] and text:
                yield Pair(record["claim"], text, record["evidence_label"])


def sentences(abstract: str, numbers: str) -> str:
    """The sentences of an abstract by their numbers from 0.

    >>> sentences("One fish. Two fish. Red fish.", "[0 2]")
    'One fish. Red fish.'
    """
    spans = sentence_spans(abstract)
    wanted = [int(number) for number in re.findall(r"\d+", numbers)]
    return " ".join(abstract[slice(*spans[number])] for number in wanted if number < len(spans))


def shifted(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """The pairs in another order: far from each claim, since the same one may stand in several rows."""
    middle = len(pairs) // 2
    return [*pairs[middle:], *pairs[:middle]]


def overlap(pair: Pair) -> float:
    """Share of the claim's words that the sentences hold."""
    words = set(WORD.findall(pair.claim.lower()))
    return len(words & set(WORD.findall(pair.text.lower()))) / max(len(words), 1)


def stem_overlap(pair: Pair) -> float:
    """The same of stems, without stop words."""
    stems = parse_text(pair.claim).stems()
    return len(stems & parse_text(pair.text).stems()) / max(len(stems), 1)


def verifier(pair: Pair) -> float:
    """The verifier's score."""
    ((_, found),) = verify_claims([CitedClaim("", pair.claim, pair.text)])
    return found.score


SCORES: Mapping[str, Callable[[Pair], float]] = {
    "words in common": overlap,
    "stems in common": stem_overlap,
    "the verifier's score": verifier,
}


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """How often a score of the first kind is above one of the second, ties counted half (area under the ROC curve).

    >>> auc([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    ranks = rankdata([*positive, *negative])[: len(positive)].sum()
    return float((ranks - len(positive) * (len(positive) + 1) / 2) / (len(positive) * len(negative)))
