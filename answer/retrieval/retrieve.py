"""Retrieves the evidence for a question: passages found by embedding and BM25, ranked, adjacent ones merged."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, zip_longest

from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.filters import NO_FILTERS, Filters, admitted_documents
from pincite.answer.query.mentions import CONFIDENT
from pincite.answer.query.question import Question, check_question, read_question
from pincite.answer.retrieval.candidates import find_candidates
from pincite.answer.retrieval.cross_encoder import Reranker, RerankSettings, rerank
from pincite.answer.retrieval.merging import (
    MAX_GAP,
    merge_adjacent,
    merged_passage,
    passage_words,
    passages_by_text,
    text_on_one_line,
    without_duplicates,
)
from pincite.answer.retrieval.ranking import Candidate, Signals, Weights, rank, sort_key
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index

GROUPS_PER_DOCUMENT = 3  # groups of each document at the top of a comparison


@dataclass(frozen=True, slots=True)
class RetrieveSettings:
    """Settings of retrieval: `candidates` per search, and the weights of their signals.

    Adjacent passages are merged up to `joined` words. At least `top` pieces of evidence are returned, and more until
    they have `words` words.
    """

    candidates: int = 60
    weights: Weights = field(default_factory=Weights)
    joined: int = 200
    top: int = 10
    words: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence, read as one text: `parts` are its passages in reading order, `passage` is all of them together.

    `score`, `section` and `signals` are those of the best part; `cosines` has one value per part. `duplicates`:
    passages of other documents with the same words as one of the parts.
    """

    rank: int
    passage: Passage
    parts: tuple[Passage, ...]
    score: float
    section: float
    signals: Signals
    cosines: tuple[float, ...] = ()
    duplicates: tuple[Passage, ...] = ()


def retrieve(
    index: Index,
    embedder: Embedder,
    question: str,
    filters: Filters = NO_FILTERS,
    settings: RetrieveSettings = RetrieveSettings(),
    reranker: Reranker | None = None,
) -> list[Evidence]:
    """The evidence for a question, best first, without repeated texts. Raises BadInput."""
    read = read_question(check_question(question), aliases_of(index))
    return evidence_for(index, embedder, read, filters, settings, reranker)


def evidence_for(
    index: Index,
    embedder: Embedder,
    read: Question,
    filters: Filters = NO_FILTERS,
    settings: RetrieveSettings = RetrieveSettings(),
    reranker: Reranker | None = None,
) -> list[Evidence]:
    """The evidence for a question that has been read."""
    documents = admitted_documents(index, filters)
    ranked = rank(find_candidates(index, embedder, read, documents, settings.candidates), settings.weights)
    if reranker:
        ranked = rerank_candidates(ranked, reranker, read.text)
    numbers = {one.stored.number for one in ranked}
    merged = merge_adjacent(list(without_duplicates(ranked)), settings.joined)
    groups = [with_lead_in(index, group, numbers) for group in limit_groups(balance_documents(merged, read), settings)]
    same_text = passages_by_text(ranked)
    return [make_evidence(index, place, group, same_text) for place, group in enumerate(groups, 1)]


def rerank_candidates(ranked: Sequence[Candidate], reranker: Reranker, question: str) -> list[Candidate]:
    """The candidates sorted by their first scores and a cross-encoder's together."""
    texts = [f"{one.stored.passage.context}\n{one.stored.passage.text}" for one in ranked]
    scores = rerank(reranker, question, texts, [one.score for one in ranked], RerankSettings())
    again = [replace(one, score=score) for one, score in zip(ranked, scores, strict=True)]
    return sorted(again, key=sort_key)


def balance_documents(groups: Sequence[list[Candidate]], question: Question) -> list[list[Candidate]]:
    """For a comparison of named documents: the best groups of each in turn, then the others as ranked."""
    paths = [named.path for named in question.documents if named.confidence >= CONFIDENT]
    if not question.comparison or len(paths) < 2:  # noqa: PLR2004  two sides
        return list(groups)
    of_each = [
        [group for group in groups if group[0].stored.passage.document == path][:GROUPS_PER_DOCUMENT] for path in paths
    ]
    first = [group for turn in zip_longest(*of_each) for group in turn if group]
    return first + [group for group in groups if not any(group is one for one in first)]


def with_lead_in(index: Index, group: Sequence[Candidate], found_numbers: Collection[int]) -> Sequence[Candidate]:
    """A group of points with their lead-in, unless the lead-in was found itself or is under another heading."""
    first = group[0]
    if ":" not in first.stored.passage.context:  # the context contains the lead-in
        return group
    lead = index.catalog.passage_before(first.stored, MAX_GAP)
    if lead is None or lead.number in found_numbers or not lead.passage.text.endswith(":"):
        return group
    return [Candidate(lead, first.signals), *group] if lead.passage.headings == first.stored.passage.headings else group


def make_evidence(
    index: Index, number: int, group: Sequence[Candidate], same: Mapping[str, Sequence[Passage]]
) -> Evidence:
    """The evidence from a group of candidates."""
    best = max(group, key=lambda one: one.score)
    parts = tuple(one.stored.passage for one in group)
    cosines = tuple(one.signals.cosine for one in group)
    duplicates = tuple(
        other for part in parts for other in same.get(text_on_one_line(part), ()) if other.document != part.document
    )
    return Evidence(
        number, merged_passage(group, index.excerpt), parts, best.score, best.section, best.signals, cosines, duplicates
    )


def limit_groups(groups: Sequence[list[Candidate]], settings: RetrieveSettings) -> Sequence[list[Candidate]]:
    """The first groups, as many as the settings require."""
    read = accumulate(sum(map(passage_words, group)) for group in groups)
    needed = next((count for count, words in enumerate(read, 1) if words >= settings.words), len(groups))
    return groups[: max(settings.top, needed)]
