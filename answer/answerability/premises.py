"""A premise of a question that a document denies in so many words.

A question about "what level the framework prescribes" is not answered by the sentence that it prescribes none: that
sentence is quoted as the reason for abstaining.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from pincite.answer.citation.citation import Span
from pincite.answer.language.parsed_text import parse_text
from pincite.answer.query.question import Question
from pincite.answer.retrieval.retrieve import Evidence
from pincite.answer.retrieval.term_weights import coverage
from pincite.ingest.index.lexical import LexicalIndex

DENIAL = re.compile(
    r"\b(?:(?:do|does|did|shall|may|must|can|should|will|would|has|have|had|is|are|was|were) not|cannot|never"
    r"|(?P<none>no (?:\w+ ){1,4}?(?:may|shall|can|must)))"
    r"(?: yet| to| be| been| have| legally)* (?P<verb>[^\W\d_]+)",
    re.IGNORECASE,
)
# Such a clause says when something holds, not that it does not.
CONDITION = re.compile(
    r"\b(?:until|unless|except|but|only|merely|longer|necessarily|always|all|without|if|where|other than)\b",
    re.IGNORECASE,
)
CLAUSE_END = re.compile(r"[.;\n]|$")
RIGHT_PROVISIONS = 2  # closest pieces of evidence
MIN_COVERAGE = 0.2  # of the question by the clause


def denied_premise(
    lexical: LexicalIndex, question: Question, weight: Mapping[str, float], evidence: Sequence[Evidence]
) -> Span | None:
    """The clause of one of the closest passages that denies what a question presupposes; None if there is none.

    `weight`: that of each stem of the question. Yes/no questions presuppose nothing, nor do negated ones.
    """
    if not question.aspects.premise or question.comparison:
        return None
    for found in evidence[:RIGHT_PROVISIONS]:
        for passage in found.parts:
            for start, end in denying_clauses(question.stems, passage.text):
                if coverage(weight, set(lexical.words(passage.text[start:end]))) >= MIN_COVERAGE:
                    return Span(passage.document, passage.start + start, passage.start + end, passage.pinpoint)
    return None


def denying_clauses(asked: frozenset[str], text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the clauses that deny, of something that a question names, the verb that it uses.

    >>> text = "It ranks risks. The guide does not prescribe a level. No fee may be charged unless agreed."
    >>> [text[slice(*one)] for one in denying_clauses(frozenset({"guid", "level", "prescrib", "charg", "fee"}), text)]
    ['The guide does not prescribe a level']
    """
    for denial in DENIAL.finditer(text):
        start, end = clause_around(text, denial.start())
        named = denial["none"] or parse_text(text[start : denial.start()]).stems() & asked
        if named and parse_text(denial["verb"]).stems() & asked and not CONDITION.search(text, start, end):
            yield start, end


def clause_around(text: str, place: int) -> tuple[int, int]:
    """Offsets of the clause around a position, without white space."""
    start = max(text.rfind(stop, 0, place) for stop in ".;\n") + 1
    match = CLAUSE_END.search(text, place)
    end = match.start() if match else len(text)
    return start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
