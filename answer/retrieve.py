"""Question -> evidence: passages found by meaning and by words, ranked, and joined where they follow on each other.

Knows nothing about answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from answer.filters import NO_FILTERS, Filters, admitted
from answer.join import as_one, each_text_once, join
from answer.rank import KEPT, Candidate, Signs, Weights, rank
from answer.words import covered, weights
from ingest.catalog import StoredPassage
from ingest.embed import Embedder, Vectors
from ingest.errors import BadInput
from ingest.index import Index
from ingest.passages import Passage

MAX_QUESTION = 2000  # characters; more is a document, not a question


@dataclass(frozen=True, slots=True)
class RetrieveSettings:
    """How evidence is found: `candidates` of each search, and how these are weighed.

    Passages that follow on each other are joined up to `joined` words. At least `top` pieces of evidence are given, and
    more until they have `words` words.
    """

    candidates: int = 60
    weights: Weights = field(default_factory=Weights)
    joined: int = 200
    top: int = 10
    words: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What may answer, to be read as one: `parts` are its passages in reading order, `passage` all of them together.

    `score`, 0 to 1, `section` and `signs` are those of the best part.
    """

    rank: int
    passage: Passage
    parts: tuple[Passage, ...]
    score: float
    section: float
    signs: Signs


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
    by_meaning = [number for number, _ in index.vectors.search(vector, settings.candidates, documents)]
    found = index.catalog.passages(sorted(by_words.keys() | set(by_meaning)))
    ranked = rank(candidates(index, question, vector, found, by_words, by_meaning), settings.weights)
    groups = enough(join(list(each_text_once(ranked)), settings.joined), settings)
    return [evidence(index, place, group) for place, group in enumerate(groups, 1)]


def candidates(
    index: Index,
    question: str,
    vector: Vectors,
    found: Sequence[StoredPassage],
    by_words: Mapping[int, float],
    by_meaning: Sequence[int],
) -> list[Candidate]:
    """The passages found, with what each search says of them, and how much of the question each covers."""
    weight = weights(index.lexical, question)
    word_ranks = {number: place for place, number in enumerate(by_words, 1)}
    meaning_ranks = {number: place for place, number in enumerate(by_meaning, 1)}
    return [
        Candidate(
            stored,
            Signs(
                cosine=float(stored.vector @ vector),
                bm25=by_words.get(stored.number, 0.0),
                coverage=covered(weight, index.lexical.words_of(stored.number, stored.passage)),
                by_meaning=meaning_ranks.get(stored.number),
                by_words=word_ranks.get(stored.number),
                kept=KEPT.get(stored.passage.kind, 1.0),
            ),
        )
        for stored in found
    ]


def evidence(index: Index, place: int, group: Sequence[Candidate]) -> Evidence:
    """A group of passages as one."""
    best = max(group, key=lambda one: one.score)
    parts = tuple(one.stored.passage for one in group)
    return Evidence(place, as_one(group, index.excerpt), parts, best.score, best.section, best.signs)


def enough(groups: Sequence[list[Candidate]], settings: RetrieveSettings) -> Sequence[list[Candidate]]:
    """The first groups, as many as the settings ask for."""
    read = accumulate(sum(len(one.stored.passage.text.split()) for one in group) for group in groups)
    needed = next((count for count, words in enumerate(read, 1) if words >= settings.words), len(groups))
    return groups[: max(settings.top, needed)]
