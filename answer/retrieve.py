"""Question -> evidence: passages found by meaning and by words, fused into one ranking. Knows nothing about answers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from answer.filters import NO_FILTERS, Filters, admitted
from ingest.catalog import StoredPassage
from ingest.document import BlockKind
from ingest.embed import Embedder
from ingest.errors import BadInput
from ingest.index import Index
from ingest.passages import Passage

MAX_QUESTION = 2000  # characters; more is a document, not a question


@dataclass(frozen=True, slots=True)
class RetrieveSettings:
    """How evidence is found: candidates from each search, and the weight of meaning against words in their sum.

    `neighbours`: what the best passages under a heading lend to each other: points of one list answer together.
    At least `top` passages are given, and more until they have `words` words.
    """

    candidates: int = 60
    meaning: float = 0.5
    neighbours: float = 0.2
    top: int = 10
    words: int = 0


# What apparatus and fragments keep of their score: they repeat the words of a question and seldom answer it.
KEPT = {
    BlockKind.REFERENCE: 0.5,
    BlockKind.BOILERPLATE: 0.5,
    BlockKind.HEADING: 0.6,
    BlockKind.FOOTNOTE: 0.8,
    BlockKind.FRONT_MATTER: 0.85,
}
BEST_OF_SECTION = 3  # passages by which a heading is judged


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that may answer. `score` in 0 to 1 ranks; `cosine` and `bm25` are what the two searches say of it."""

    rank: int
    passage: Passage
    score: float
    cosine: float
    bm25: float


def check_question(question: str) -> str:
    """The question without white space around it. Raises BadInput when it is empty or far too long."""
    stripped = question.strip()
    if not any(letter.isalnum() for letter in stripped):
        raise BadInput("The question is empty: write what you want to know.")
    if len(stripped) > MAX_QUESTION:
        raise BadInput(
            f"The question has {len(stripped):,} characters, at most {MAX_QUESTION:,} are read: shorten it, "
            "or ingest the text as a document."
        )
    return stripped


def retrieve(
    index: Index,
    embedder: Embedder,
    question: str,
    filters: Filters = NO_FILTERS,
    settings: RetrieveSettings = RetrieveSettings(),
) -> list[Evidence]:
    """The passages for a question, best first; passages of the same text are given once."""
    question = check_question(question)
    documents = admitted(index, filters)
    vector = embedder.embed([question])[0]
    by_words = dict(index.lexical.search(question, settings.candidates, documents))
    by_meaning = dict(index.vectors.search(vector, settings.candidates, documents))
    found = index.catalog.passages(sorted(by_words.keys() | by_meaning.keys()))
    cosines = {stored.number: float(stored.vector @ vector) for stored in found}
    fused = fuse(cosines, by_words, settings.meaning)
    scores = lend(
        found, {s.number: fused[s.number] * KEPT.get(s.passage.kind, 1.0) for s in found}, settings.neighbours
    )
    ranked = sorted(found, key=lambda stored: (-scores[stored.number], stored.passage.id))
    return [
        Evidence(rank, stored.passage, scores[stored.number], cosines[stored.number], by_words.get(stored.number, 0.0))
        for rank, stored in enumerate(enough(first_of_each_text(ranked), settings), 1)
    ]


def fuse(cosines: Mapping[int, float], words: Mapping[int, float], meaning: float) -> dict[int, float]:
    """Weighted sum of both scores, each scaled so that the best candidate has 1 and a useless one 0.

    >>> fuse({1: 0.8, 2: 0.4}, {2: 12.0}, meaning=0.5)
    {1: 0.5, 2: 0.75}
    """
    nearest = max(cosines.values(), default=0.0) or 1.0
    highest = max(words.values(), default=0.0) or 1.0
    return {
        number: meaning * max(cosine, 0.0) / nearest + (1 - meaning) * words.get(number, 0.0) / highest
        for number, cosine in cosines.items()
    }


def lend(found: Iterable[StoredPassage], scores: Mapping[int, float], share: float) -> dict[int, float]:
    """Scores in which the best passages under a heading lend a share of theirs to all of it."""
    sections = defaultdict[tuple[str, tuple[str, ...]], list[StoredPassage]](list)
    for stored in found:
        sections[stored.passage.document, stored.passage.headings].append(stored)
    lent: dict[int, float] = {}
    for section in sections.values():
        best = sorted((scores[stored.number] for stored in section), reverse=True)[:BEST_OF_SECTION]
        mean = sum(best) / BEST_OF_SECTION
        lent |= {stored.number: (scores[stored.number] + share * mean) / (1 + share) for stored in section}
    return lent


def first_of_each_text(ranked: Iterable[StoredPassage]) -> list[StoredPassage]:
    """The passages without those whose words stand higher up already."""
    seen: dict[str, StoredPassage] = {}
    for stored in ranked:
        seen.setdefault(" ".join(stored.passage.text.split()), stored)
    return list(seen.values())


def enough(ranked: Sequence[StoredPassage], settings: RetrieveSettings) -> Sequence[StoredPassage]:
    """The first passages, as many as the settings ask for."""
    read = accumulate(len(stored.passage.text.split()) for stored in ranked)
    needed = next((count for count, words in enumerate(read, 1) if words >= settings.words), len(ranked))
    return ranked[: max(settings.top, needed)]
