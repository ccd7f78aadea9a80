"""SciFact's claims with sentences of abstracts that support or contradict them, and scores for such pairs.

(Wadden et al. 2020, arXiv 2004.14974)
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scipy.stats import mannwhitneyu

from pincite.answer.language.parsed_text import parse_text
from pincite.answer.verification.claims import CitedClaim, verify_claims
from pincite.eval.bench.retrieval.scifact import CORPUS, records
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.errors import BadInput

CLAIMS = "claims_train.csv"
SUPPORTED = "SUPPORT"
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ClaimPair:
    """A claim and sentences, labelled by their relation."""

    claim: str
    text: str
    label: str


def labelled_pairs(folder: Path) -> Iterator[ClaimPair]:
    """The claims with labelled sentences. Raises BadInput if files are missing."""
    missing = [name for name in (CLAIMS, CORPUS) if not (folder / name).is_file()]
    if missing:
        files = ", ".join(missing)
        raise BadInput(f"SciFact's claims are not in {folder} ({files} missing): give their folder with --scifact.")
    abstracts = {record["_id"]: record["text"] for record in records(folder / CORPUS)}
    with (folder / CLAIMS).open(encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file):
            text = sentences(abstracts.get(record["evidence_doc_id"], ""), record["evidence_sentences"])
            if record["evidence_label"] and text:
                yield ClaimPair(record["claim"], text, record["evidence_label"])


def sentences(abstract: str, numbers: str) -> str:
    """The sentences of an abstract by their numbers from 0.

    >>> sentences("One fish. Two fish. Red fish.", "[0 2]")
    'One fish. Red fish.'
    """
    spans = sentence_spans(abstract)
    wanted = [int(number) for number in re.findall(r"\d+", numbers)]
    return " ".join(abstract[slice(*spans[number])] for number in wanted if number < len(spans))


def shifted(pairs: Sequence[ClaimPair]) -> Sequence[ClaimPair]:
    """The pairs rotated by half, since neighbouring rows may have the same claim."""
    middle = len(pairs) // 2
    return [*pairs[middle:], *pairs[:middle]]


def word_overlap(pair: ClaimPair) -> float:
    """Share of the claim's words that occur in the sentences."""
    words = set(WORD.findall(pair.claim.lower()))
    return len(words & set(WORD.findall(pair.text.lower()))) / max(len(words), 1)


def stem_overlap(pair: ClaimPair) -> float:
    """Share of the claim's stems, without stop words, that occur in the sentences."""
    stems = parse_text(pair.claim).stems()
    return len(stems & parse_text(pair.text).stems()) / max(len(stems), 1)


def verifier_score(pair: ClaimPair) -> float:
    """The verifier's score."""
    ((_, found),) = verify_claims([CitedClaim("", pair.claim, pair.text)])
    return found.score


SCORES: Mapping[str, Callable[[ClaimPair], float]] = {
    "word overlap": word_overlap,
    "stem overlap": stem_overlap,
    "verifier": verifier_score,
}


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Area under the ROC curve: how often a positive score is above a negative one, with ties counted as half.

    >>> auc([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    return float(mannwhitneyu(positive, negative).statistic) / (len(positive) * len(negative))
