"""A question that goes on from the ones before it, made whole, so that it can be searched and answered alone.

Rules of how people write, no model: the reader sees what was understood and can put it otherwise.
"""

import re
from collections.abc import Sequence

from pincite.answer.query.decomposition import PLACE, names_of, own_words
from pincite.answer.query.mentions import FOLLOWING

OPENING = re.compile(
    r"^(?:and|but|so|also|then|or|what about|how about|what else|anything else|tell me more|more detail"
    r"|а що|що щодо|як щодо|а|і|й|але|ще)\b[\s,]*",
    re.IGNORECASE,
)
POINTING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|she|his|her|him|that one|this one|the same|the former|the latter"
    r"|there(?! (?:is|are|was|were|be|any))|(?:those|these)(?! (?:who|of|which|that))"
    r"|the (?:first|second|third|fourth|last|other|next)(?= one| of them|\W*$)"
    r"|він|вона|воно|вони|його|її|їх|там)(?!\w)",
    re.IGNORECASE,
)
POINTED = re.compile(  # `that resolution`; not `the view that AI …`
    r"\b(?:that|this|such) (?:article|paper|report|study|resolution|act|law|order|treaty|convention|document"
    r"|paragraph|section|rule|body|date|deadline|amount|number|share|fund|provision|requirement|definition)\b",
    re.IGNORECASE,
)
# `It` that points to nothing: `what does it take`, `is it true that`, `it is 1 May`.
EMPTY = re.compile(
    r"\b(?:does|did|would|will) it (?:really |actually )?(?:take|cost|matter|happen)\b|\bit is \d"
    r"|\bis it (?:that|true|possible|necessary|for)\b",
    re.IGNORECASE,
)
NOUN = re.compile(r"\b(?:the|an?|which|each|every|any|some|no|two|three|four|five)\s+\w+", re.IGNORECASE)
SUBJECT = re.compile(  # `which ceiling did it …`: what is asked for is not what `it` is
    r"^(?:\w+ )?(?:what|which|whose|how \w+)(?: \w+){0,2} (?:do|does|did|is|are|was|were|can|must|has|have|will)\s*$",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"^(?P<when>(?:in|since|before|after|until|by|from|during|у|в|до|після)\s+(?:[^\W\d]+\s+)?(?:19|20)\d\d(?:\s+році)?"
    r"|now|today|at first|originally|earlier|later|зараз)\s*\??$",
    re.IGNORECASE,
)
YEAR = re.compile(
    r"\b(?:in|since|before|after|until|by|during|у|в|до|після)\s+(?:[^\W\d]+\s+)?(?:19|20)\d\d\b(?:\s+році)?",
    re.IGNORECASE,
)
SHORT = 2  # words of its own: fewer do not stand alone


def made_whole(question: str, before: Sequence[str]) -> str:
    """A question with what it lacks from the ones before it; one that stands on its own comes back unchanged.

    >>> made_whole("And in 2025?", ["What share of the time is kept for public bodies?"])
    'What share of the time is kept for public bodies in 2025?'
    >>> made_whole("Who decides on it?", ["What is the Trust Fund of MF/RES/2/4?"])
    'Who decides on it? (following: What is the Trust Fund of MF/RES/2/4?)'
    >>> made_whole("What does Article 5 of the AI Act forbid?", ["Who wrote the report?"])
    'What does Article 5 of the AI Act forbid?'
    """
    whole = topic(before)
    if not whole or not follows(question):
        return question
    return at_time_of(question, whole) or f"{question.strip()}{FOLLOWING}{whole})"


def topic(before: Sequence[str]) -> str:
    """The last question that stands on its own, put to the time that those which follow it name."""
    stands = next((number for number in reversed(range(len(before))) if not follows(before[number])), 0)
    whole = before[stands].strip() if before else ""
    for question in before[stands + 1 :]:
        whole = at_time_of(question, whole) or whole
    return whole


def at_time_of(question: str, whole: str) -> str | None:
    """The whole question put to the time that a follow-up names and nothing else; None where it says more."""
    when = WHEN.match(OPENING.sub("", question.strip(), count=1))
    return at_another_time(whole, when["when"]) if when else None


def at_another_time(question: str, when: str) -> str:
    """A question put to another time.

    >>> at_another_time("How much was spent in 2024?", "in 2025"), at_another_time("Who pays?", "in May 2025")
    ('How much was spent in 2025?', 'Who pays in May 2025?')
    """
    if YEAR.search(question) and YEAR.search(when):
        return YEAR.sub(when, question, count=1)
    return f"{question.rstrip(' ?.!')} {when}?"


def follows(question: str) -> bool:
    """Whether a question lacks what it is about.

    >>> [follows(text) for text in ("why?", "And for firms?", "Who signs it?", "When did the AI Act enter into force?")]
    [True, True, True, False]
    >>> follows("Which treaty binds States, and when does it apply?"), follows("What is AI governance?")
    (False, False)
    """
    plain = EMPTY.sub("", question.strip())
    if OPENING.match(plain):
        return True
    if pointing := POINTING.search(plain) or POINTED.search(plain):
        return lacks_antecedent(plain[: pointing.start()])
    named = list(names_of(plain))
    asks_place = PLACE.match(plain) is not None and len(plain.split()) <= 2 * SHORT
    return not named and (asks_place or len(own_words(plain)) < SHORT)


def lacks_antecedent(before: str) -> bool:
    """Whether nothing before a pronoun can be what it stands for: no noun with its article, and no name.

    >>> [lacks_antecedent(text) for text in ("Who decides on ", "Which ceiling did ", "When a State leaves, ")]
    [True, True, False]
    """
    if SUBJECT.match(before):
        return True
    return not NOUN.search(before) and not list(names_of(before)) and len(own_words(before)) <= SHORT
