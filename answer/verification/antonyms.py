"""A statement must not reverse its cited text: before and after, at least and at most, permit and prohibit."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pincite.answer.language.alignment import TextMark, replacement_of
from pincite.answer.language.parsed_text import ParsedText
from pincite.answer.verification.findings import Finding, FindingKind, conflicting
from pincite.ingest.data.number_words import number_words

UP = (
    r"increas\w+|rais(?:e[sd]?|ing)|rise[sn]?|rising|rose|grow\w*|grew|expand\w*|up(?= (?:by |from )?\d)"
    r"|high(?:er|est)?|greater|more|strengthen\w*|improv\w+|enhanc\w+|promot\w+|boost\w*|stimulat\w+"
    r"|activat\w+|induc\w+|elevat\w+|accelerat(?:e[sd]?|ing)|gain\w*"
)
DOWN = (
    r"decreas\w+|reduc\w+|lower\w*|lowest|fall(?:s|en|ing)?|fell|declin\w+|shrink\w*|shrank|cut(?:s|ting)?"
    r"|down(?= (?:by |from )?\d)|less|fewer|weaken\w*|undermin\w+|worsen\w*|impair\w*|hinder\w*|hamper\w*"
    r"|inhibit\w*|suppress\w*|block\w*|attenuat\w+|slow\w*|lose[sd]?|loss(?:es)?"
)
AT_LEAST = (
    r"at least|no (?:less|fewer) than|not less than|(?:a )?minimum(?: of)?|(?:more|greater|higher|later) than"
    r"|over(?= \d)|above|exceed\w*"
)
AT_MOST = (
    r"at most|no more than|not more than|up to|(?:a )?maximum(?: of)?|not exceed\w*|(?:less|fewer|lower|earlier) than"
    r"|under(?= \d)|below"
)
SOME = rf"no|none|some|most|many|several|few|(?:{'|'.join(number_words().ones[2:13])}|\d+)(?= of\b)"
ALLOW = r"permit(?:s|ted|ting)?|allow(?:s|ed|ing)?|authori[sz]e[sd]?|lawful"
FORBID = r"prohibit\w*|forbid\w*|forbade|ban(?:s|ned|ning)?|unlawful|illegal"
BINDING = r"(?<!non-)(?<!non)(?<!not )(?:legally )?binding|mandatory|obligatory|compulsory"
ANTONYMS = (
    (r"before|prior to", r"after|following(?= the)|since"),
    (AT_LEAST, AT_MOST),
    (r"by|no later than|not later than|until", r"no earlier than|not earlier than|from"),
    (UP, DOWN),
    (r"most", r"least|fewest"),
    (ALLOW, FORBID),
    (r"inclu\w+", r"exclu\w+"),
    (r"accept\w*|approv\w+|adopt\w*", r"reject\w*|refus\w+|den(?:y|ie[sd])"),
    (r"support(?:s|ed|ing)?|in favou?r of|for(?= \d)|welcom\w+", r"oppos\w+|against|deplor\w+|condemn\w+"),
    (BINDING, r"non-?binding|not binding|voluntary|optional"),
    (r"public(?:ly)?", r"private(?:ly)?|confidential(?:ly)?"),
    (r"all|every|each", SOME),
    (r"always", r"never|sometimes|rarely"),
    (r"with", r"without"),
    (r"begin\w*|start(?:s|ed|ing)?|open(?:s|ed|ing)?", r"end(?:s|ed|ing)?|clos(?:e[sd]?|ing)|terminat\w+"),
    (r"internal", r"external"),
    (r"developed", r"developing"),
    (r"majority", r"minority"),
    (r"former", r"latter"),
    (r"temporar(?:y|ily)", r"permanent(?:ly)?"),
    (r"positive(?:ly)?", r"negative(?:ly)?"),
)
NEGATIVE_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "mis", "non")
SHORTEST = 5  # letters of a word with a prefix: not `form` and `inform`
PATTERNS = tuple(
    (re.compile(rf"\b(?:{one})(?!\w)", re.IGNORECASE), re.compile(rf"\b(?:{other})(?!\w)", re.IGNORECASE))
    for one, other in ANTONYMS
)


def check_antonyms(statement: ParsedText, cited: ParsedText) -> Iterator[Finding]:
    """Words of a statement in whose place the cited text has the opposite."""
    for pair in range(len(ANTONYMS)):
        stated = find_antonyms(statement.text, pair)
        in_cited = find_antonyms(cited.text, pair) if stated else ()
        for mark in stated:
            if other := replacement_of(mark, statement, cited, in_cited):
                yield conflicting(FindingKind.ANTONYM, f"“{other.written}”", f"“{mark.written}”")
    yield from check_prefixes(statement, cited)


def check_prefixes(statement: ParsedText, cited: ParsedText) -> Iterator[Finding]:
    """Words that only a negative prefix distinguishes from a word of the cited text: `comfortable`, `uncomfortable`."""
    known = {word.text.lower() for word in cited.words}
    for word in statement.words:
        lower = word.text.lower()
        opposites = {f"{prefix}{lower}" for prefix in NEGATIVE_PREFIXES}
        opposites |= {lower.removeprefix(prefix) for prefix in NEGATIVE_PREFIXES if lower.startswith(prefix)}
        if lower not in known and len(lower) >= SHORTEST and (found := opposites & known):
            yield conflicting(FindingKind.ANTONYM, f"“{min(found)}”", f"“{word.text}”")


@lru_cache(maxsize=4096)
def find_antonyms(text: str, pair: int) -> tuple[TextMark, ...]:
    """The words of a text that belong to a pair of opposites, by its number in `ANTONYMS`, each with its side.

    >>> [(mark.written, mark.value) for mark in find_antonyms("at least 5 and at most 7", 1)]
    [('at least', 'one'), ('at most', 'other')]
    """
    one, other = PATTERNS[pair]
    found = [TextMark("one", match[0], *match.span()) for match in one.finditer(text)]
    taken = {(mark.start, mark.end) for mark in found}
    opposite = [m for m in other.finditer(text) if not any(start <= m.start() < end for start, end in taken)]
    found = [mark for mark in found if not any(m.start() <= mark.start < m.end() for m in opposite)]
    return (*found, *(TextMark("other", match[0], *match.span()) for match in opposite))
