"""Ranks candidates by explainable signals: meaning, words, coverage, kind of passage and section."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pincite.ingest.document import BlockKind
from pincite.ingest.index.catalog import StoredPassage


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the signals; the first three sum to 1. `section`: weight of the best passages under the heading.

    `coverage` is the share of the question's words, weighted by rarity, in a passage with its title, headings and
    lead-in. BM25 adds up rare words, so that one can outweigh many; a passage that answers has most of them. Where none
    has many of them, as in a library of another language than the question's, BM25 counts less (see `rank`).
    Fitted on public questions over passages (SQuAD 2, PolicyQA, ObliQA's, SelQA, QED, ContractNLI); see LOG.md.
    """

    meaning: float = 0.4
    words: float = 0.2
    coverage: float = 0.4
    section: float = 0.2


# Factors for apparatus and fragments: they repeat the words of a question but seldom answer it.
DOWNWEIGHTS = {
    BlockKind.REFERENCE: 0.5,
    BlockKind.BOILERPLATE: 0.5,
    BlockKind.HEADING: 0.6,
    BlockKind.FOOTNOTE: 0.8,
    BlockKind.FRONT_MATTER: 0.85,
}
WELL_COVERED = 0.3  # coverage that the best passage reaches for nearly all questions in the language of the library
SECTION_PASSAGES = 3  # best passages that represent a section


@dataclass(frozen=True, slots=True)
class Signals:
    """Signals of a passage for a question. `coverage`, `downweight`: 0 to 1; `bm25`: Tantivy's score.

    `cosine`: of the vectors of passage and question, beyond what the question has with the library on average;
    `closeness`: beyond what it has with any text, which tells whether the passage is about the same thing at all. Both
    are 0 for a passage that is no nearer, at most 1, and comparable between models (see `candidates.beyond`).
    `meaning_rank`, `word_rank`: rank in each search, from 1; None if that search did not find it. `boost`: 1 or more,
    for documents and places that the question names.
    """

    cosine: float
    closeness: float
    bm25: float
    coverage: float
    meaning_rank: int | None
    word_rank: int | None
    downweight: float = 1.0
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its signals and, once ranked, its score; `section` is the change of the score by its section."""

    stored: StoredPassage
    signals: Signals
    score: float = 0.0
    section: float = 0.0


def explain_rank(signals: Signals, section: float) -> str:
    """Explains the rank of a passage in a line for the reader.

    >>> explain_rank(Signals(0.62, 0.64, 0.0, 0.55, 3, None), 0.02)
    'meaning: 3rd (cosine 0.62); words: not among the candidates; covers 55 % of the question; section +0.02'
    """
    parts = [
        f"meaning: {ordinal(signals.meaning_rank)} (cosine {signals.cosine:.2f})",
        f"words: {ordinal(signals.word_rank)}{f' (BM25 {signals.bm25:.1f})' if signals.word_rank else ''}",
        f"covers {signals.coverage:.0%} of the question".replace("%", " %"),
        f"downweighted ×{signals.downweight:g}" if signals.downweight < 1 else "",
        f"boosted ×{signals.boost:.2f}" if signals.boost > 1 else "",
        f"section {section:+.2f}",
    ]
    return "; ".join(filter(None, parts))


def ordinal(place: int | None) -> str:
    """A rank as an ordinal number.

    >>> [ordinal(place) for place in (1, 2, 12, 23, None)]
    ['1st', '2nd', '12th', '23rd', 'not among the candidates']
    """
    if place is None:
        return "not among the candidates"
    teen = place // 10 % 10 == 1
    return f"{place}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"


def rank(candidates: Sequence[Candidate], weights: Weights) -> list[Candidate]:
    """The candidates with their scores, best first; ties by document and position.

    Cosines and BM25 are scaled by the highest, so that the embedding model and the length of the question do not
    matter. BM25 counts less where no passage covers much of the question.
    """
    nearest = highest([one.signals.cosine for one in candidates])
    most_words = highest([one.signals.bm25 for one in candidates])
    covered = max((one.signals.coverage for one in candidates), default=0.0)
    scaled = replace(weights, words=weights.words * min(1.0, covered / WELL_COVERED))
    scores = [fused_score(one.signals, nearest, most_words, scaled) for one in candidates]
    means = section_means(candidates, scores)
    ranked = [
        Candidate(one.stored, one.signals, after, after - before)
        for one, before in zip(candidates, scores, strict=True)
        for after in [(before + weights.section * means[section_of(one)]) / (1 + weights.section)]
    ]
    return sorted(ranked, key=sort_key)


def highest(values: Sequence[float]) -> float:
    """The highest of some values, 1 if none is above 0."""
    best = max(values, default=0.0)
    return best if best > 0 else 1.0


def fused_score(signals: Signals, nearest: float, most_words: float, weights: Weights) -> float:
    """The weighted sum of three signals, the searches' scaled to a maximum of 1, times downweight and boost."""
    fused = (
        weights.meaning * max(signals.cosine, 0.0) / nearest
        + weights.words * signals.bm25 / most_words
        + weights.coverage * signals.coverage
    )
    return fused * signals.downweight * signals.boost


Section = tuple[str, tuple[str, ...]]


def section_of(candidate: Candidate) -> Section:
    """The document and headings of a candidate."""
    return candidate.stored.passage.document, candidate.stored.passage.headings


def section_means(candidates: Sequence[Candidate], scores: Sequence[float]) -> dict[Section, float]:
    """Scores of sections: the mean of the three best passages, missing ones counted as zero."""
    sections = defaultdict[Section, list[float]](list)
    for one, value in zip(candidates, scores, strict=True):
        sections[section_of(one)].append(value)
    return {key: sum(sorted(values)[-SECTION_PASSAGES:]) / SECTION_PASSAGES for key, values in sections.items()}


def sort_key(candidate: Candidate) -> tuple[float, str, int]:
    """Sort key of candidates."""
    return -candidate.score, candidate.stored.passage.document, candidate.stored.passage.start
