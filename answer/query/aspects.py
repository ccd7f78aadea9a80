"""Aspects of a question that change where its answer is sought, each recognised by a pattern."""

import re
from dataclasses import dataclass

from pincite.answer.language.negation import NEGATIONS
from pincite.answer.query.answer_types import needs_value
from pincite.ingest.data.document_types import nouns
from pincite.ingest.data.question_forms import has_word

INTERROGATIVE = re.compile(r"\b(?:what|which|who|whom|whose|when|where|how)\b", re.IGNORECASE)
# Facts about a document itself, such as its date or author.
DOCUMENT_FACTS = re.compile(
    r"\b(?:when|what date|which date|what day|who|whom|which body|by which|what year|which year)\b.{0,80}"
    r"\b(?:adopt|publish|publication|issu|releas|sign|dated|wrote|writ|author|accept|receiv|come out|came out|appear)",
    re.IGNORECASE,
)
STATUS = re.compile(
    r"\bstill (?:appl(?:y|ies)|in (?:force|effect)|valid|binding|stands?|good law|current)\b"
    r"|\b(?:is|are|remains?) (?:\w+ ){0,8}in force\b|\b(?:has|have|been|was|were|is|are) (?:\w+ ){0,9}?"
    r"(?:revoked|repealed|rescinded|superseded|replaced|amended|withdrawn)\b|\bbecome of\b|\bbecame of\b|\bчинн\w+",
    re.IGNORECASE,
)
PROVISION = re.compile(
    r"\b(?:provision|article|(?:sub-?)?section|clause|(?:sub-?)?paragraph|where exactly|cite)s?\b"
    r"(?!.*\b(?:recital|preamb))",
    re.IGNORECASE,
)
DOCUMENT = rf"(?:documents?|{'|'.join((*nouns('publications'), *nouns('instruments')))})s?"
SOURCE = re.compile(rf"\b(?:which|what|whose) (?:[\w-]+ ){{0,2}}{DOCUMENT}\b", re.IGNORECASE)
APPARATUS = re.compile(
    r"\b(?:references?|bibliography|footnotes?|endnotes?|reference list|works cited)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Aspects:
    """What a question asks about.

    `effective_date`: the date from which a text applies. `status`: whether a document is still in force.
    `document_facts`: when a document was adopted or published, or by whom. `provision`: a provision, not a recital.
    `source`: which document says something, or who. `apparatus`: references or footnotes, which are otherwise
    downweighted. `value`: only a text with a value of the answer type answers. `premise`: the question presupposes
    something, as it is neither a yes/no question nor negated.
    """

    effective_date: bool = False
    status: bool = False
    document_facts: bool = False
    provision: bool = False
    source: bool = False
    apparatus: bool = False
    value: bool = False
    premise: bool = False


def aspects_of(text: str, answer_type: str) -> Aspects:
    """The aspects of a question of a given answer type.

    >>> aspects_of("When do the bans start to apply?", "date").effective_date
    True
    """
    return Aspects(
        effective_date=asks_effective_date(text, answer_type),
        status=STATUS.search(text) is not None,
        document_facts=DOCUMENT_FACTS.search(text) is not None,
        provision=PROVISION.search(text) is not None,
        source=answer_type == "person or body" or SOURCE.search(text) is not None,
        apparatus=APPARATUS.search(text) is not None,
        value=needs_value(text, answer_type),
        premise=answer_type != "yes/no" and INTERROGATIVE.search(text) is not None and not NEGATIONS.search(text),
    )


def asks_effective_date(text: str, answer_type: str) -> bool:
    """Whether a question asks for the date from which a text, or a part of it, applies.

    >>> asks_effective_date("When do the bans start to apply?", "date"), asks_effective_date("When was it?", "date")
    (True, False)
    """
    asks_when = answer_type == "date" or (answer_type == "other" and has_word("dating", text))
    return asks_when and has_word("effect", text)
