"""What a comparison is about: the two terms that it compares, and what it asks of each document."""

import re
from collections.abc import Sequence

from pincite.answer.query.address.terms import ARTICLE
from pincite.answer.query.aliases import Aliases
from pincite.answer.query.decomposition import COMPARISON, MIN_WORDS, SIDE_PATTERNS, remove_spans, tidy, topic_words
from pincite.answer.query.mentions import CONFIDENT, Mention
from pincite.answer.query.tokens import normalised_words, tokenize

CLAUSE = re.compile(r"[,;:.?](?=\s|$)\s*")
JOINTS = re.compile(r"^(?:how|the|between|and|,|\W)+\s|\s+(?:between|and|of|with|in|how)(?=\s*[?.:,]|$)", re.IGNORECASE)


def compared_terms(text: str) -> tuple[str, ...]:
    """The two things that a question compares, without articles; empty where it does not name them side by side.

    >>> compared_terms("What is the difference between a tug and a tow?"), compared_terms("Who pays?")
    (('tug', 'tow'), ())
    """
    if not COMPARISON.search(text):
        return ()
    found = next(filter(None, (pattern.match(text) for pattern in SIDE_PATTERNS)), None)
    return tuple(ARTICLE.sub("", found[side].strip(" .?!\"“”'‘’")) for side in ("x", "y")) if found else ()


def aspect_of(text: str, named: Sequence[Mention], issuers: Sequence[str], aliases: Aliases) -> str:
    """What is asked of each document: a question without their names and the words of comparing.

    >>> from pincite.answer.query.aliases import collect_aliases
    >>> aspect_of("Compare the definition of a tug", (), (), collect_aliases((), {}))
    'definition of a tug'
    """
    names = {name for name, bodies in aliases.issuer_names.items() if set(bodies) & set(issuers)}
    words = {word for name in names for word in normalised_words(name)}
    spans = [(one.start, one.end) for one in named if one.confidence >= CONFIDENT]
    spans += [(token.start, token.end) for token in tokenize(text) if token.word in words and token.raw[0].isupper()]
    clauses = CLAUSE.split(remove_spans(text, spans) if spans else text)
    left = [tidy(JOINTS.sub(" ", COMPARISON.sub(" ", clause))).strip(" ,:;.?") for clause in clauses]
    aspect = "; ".join(clause for clause in left if len(topic_words(clause)) >= MIN_WORDS)
    return aspect or text
