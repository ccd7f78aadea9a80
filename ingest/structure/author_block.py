"""Author blocks: the authors' names at the head of an article, with affiliations and addresses."""

import re
from collections.abc import Sequence
from itertools import takewhile

from pincite.ingest.document import BlockKind, Part
from pincite.ingest.metadata.authors import AFFILIATION, TEXT_WORDS, names_in

ADDRESS = re.compile(r"\borcid\b|\S@\S+\.\w", re.IGNORECASE)
HEAD_PARTS = 40  # searched for an author block


def author_block_indexes(parts: Sequence[Part]) -> set[int]:
    """Indexes of the parts that make up the author block; none without an address and a line of names.

    >>> lines = ["Lakes", "Ana Cruz", "Professor, Lake University,", "ORCID 0000-0000", "Abstract. Lakes matter."]
    >>> author_block_indexes([Part(BlockKind.PARAGRAPH, line) for line in lines])
    {1, 2, 3}
    >>> notice = ["DATES: 4 May 2031.", "Write to the Department of Quays, quays@board.example."]
    >>> author_block_indexes([Part(BlockKind.PARAGRAPH, line) for line in notice])
    set()
    """
    head = list(takewhile(lambda part: len(part.text.split()) < TEXT_WORDS, parts[:HEAD_PARTS]))
    if not any(ADDRESS.search(part.text) for part in head):
        return set()
    affiliations = {
        n for n, part in enumerate(head) if part.kind is not BlockKind.HEADING and AFFILIATION.search(part.text)
    }
    names = {n for n in range(len(head)) if n + 1 in affiliations and names_in(head[n].text, whole=True)}
    return affiliations | names if names - affiliations else set()
