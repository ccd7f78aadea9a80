"""What a document is about: its words, and the names that many of its passages have."""

import re
from collections import Counter
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from pincite.answer.language.parsed_text import parse_text
from pincite.answer.verification.coverage import concepts
from pincite.ingest.index.index import Index

CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z]\w{2,}")  # within a sentence
COMMON = 0.1  # share of the passages of a document that have a name of its topic
FEWEST = 3  # passages


@dataclass(frozen=True, slots=True)
class Topic:
    """The words of a document; `text` is its path with the names that many of its passages have."""

    stems: frozenset[str]
    text: str


_topics: "WeakKeyDictionary[Index, dict[str, Topic]]" = WeakKeyDictionary()


def topic_of(index: Index, document: str) -> Topic:
    """The topic of a document."""
    cached = _topics.setdefault(index, {})
    if document not in cached:
        texts = [one.passage.text for one in index.catalog.passages_of(index.entry(document).number)]
        counts = Counter(word for text in texts for word in set(CAPITALISED.findall(text)))
        common = [word for word, count in counts.items() if count >= max(FEWEST, COMMON * len(texts))]
        cached[document] = Topic(
            concepts(parse_text("\n".join(texts))), " ".join([document.replace("_", " "), *common])
        )
    return cached[document]
