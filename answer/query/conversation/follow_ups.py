"""A question that goes on from the ones before it, made whole, so that it can be searched and answered alone.

Rules of how people write, no model: the reader sees what was understood and can put it otherwise.
"""

import re
from collections.abc import Sequence

from pincite.answer.query.decomposition import ASKS_PLACE, names_in, topic_words
from pincite.answer.query.mentions import FOLLOW_UP_LINK

FOLLOW_UP_OPENING = re.compile(
    r"^(?:and|but|so|also|then|or|what about|how about|what else|anything else|tell me more|more detail"
    r"|а що|що щодо|як щодо|а|і|й|але|ще)\b[\s,]*",
    re.IGNORECASE,
)
PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|she|his|her|him|that one|this one|the same|the former|the latter"
    r"|there(?! (?:is|are|was|were|be|any))|(?:those|these)(?! (?:who|of|which|that))"
    r"|the (?:first|second|third|fourth|last|other|next)(?= one| of them|\W*$)"
    r"|він|вона|воно|вони|його|її|їх|там)(?!\w)",
    re.IGNORECASE,
)
DEMONSTRATIVE = re.compile(  # `that resolution`; not `the view that AI …`
    r"\b(?:that|this|such) (?:article|paper|report|study|resolution|act|law|order|treaty|convention|document"
    r"|paragraph|section|rule|body|date|deadline|amount|number|share|fund|provision|requirement|definition)\b",
    re.IGNORECASE,
)
# `It` that points to nothing: `what does it take`, `is it true that`, `it is 1 May`.
EXPLETIVE_IT = re.compile(
    r"\b(?:does|did|would|will) it (?:really |actually )?(?:take|cost|matter|happen)\b|\bit is \d"
    r"|\bis it (?:that|true|possible|necessary|for)\b",
    re.IGNORECASE,
)
NOUN = re.compile(r"\b(?:the|an?|which|each|every|any|some|no|two|three|four|five)\s+\w+", re.IGNORECASE)
INTERROGATIVE_SUBJECT = re.compile(  # `which ceiling did it …`: what is asked for is not what `it` is
    r"^(?:\w+ )?(?:what|which|whose|how \w+)(?: \w+){0,2} (?:do|does|did|is|are|was|were|can|must|has|have|will)\s*$",
    re.IGNORECASE,
)
TIME_ONLY = re.compile(
    r"^(?P<when>(?:in|since|before|after|until|by|from|during|у|в|до|після)\s+(?:[^\W\d]+\s+)?(?:19|20)\d\d(?:\s+році)?"
    r"|now|today|at first|originally|earlier|later|зараз)\s*\??$",
    re.IGNORECASE,
)
YEAR_PHRASE = re.compile(
    r"\b(?:in|since|before|after|until|by|during|у|в|до|після)\s+(?:[^\W\d]+\s+)?(?:19|20)\d\d\b(?:\s+році)?",
    re.IGNORECASE,
)
MIN_WORDS = 2  # words of its own: fewer do not stand alone


def complete_follow_up(question: str, before: Sequence[str]) -> str:
    """A question with what it lacks from the ones before it; one that stands on its own comes back unchanged.

    >>> complete_follow_up("And in 2025?", ["What share of the time is kept for public bodies?"])
    'What share of the time is kept for public bodies in 2025?'
    >>> complete_follow_up("Who decides on it?", ["What is the Trust Fund of MF/RES/2/4?"])
    'Who decides on it? (following: What is the Trust Fund of MF/RES/2/4?)'
    >>> complete_follow_up("What does Article 5 of the AI Act forbid?", ["Who wrote the report?"])
    'What does Article 5 of the AI Act forbid?'
    """
    whole = last_complete_question(before)
    if not whole or not is_follow_up(question):
        return question
    return move_to_named_time(question, whole) or f"{question.strip()}{FOLLOW_UP_LINK}{whole})"


def last_complete_question(before: Sequence[str]) -> str:
    """The last question that stands on its own, put to the time that those which follow it name."""
    complete = next((number for number in reversed(range(len(before))) if not is_follow_up(before[number])), 0)
    whole = before[complete].strip() if before else ""
    for question in before[complete + 1 :]:
        whole = move_to_named_time(question, whole) or whole
    return whole


def move_to_named_time(question: str, whole: str) -> str | None:
    """The whole question put to the time that a follow-up names and nothing else; None where it says more."""
    when = TIME_ONLY.match(FOLLOW_UP_OPENING.sub("", question.strip(), count=1))
    return move_to_time(whole, when["when"]) if when else None


def move_to_time(question: str, when: str) -> str:
    """A question put to another time.

    >>> move_to_time("How much was spent in 2024?", "in 2025"), move_to_time("Who pays?", "in May 2025")
    ('How much was spent in 2025?', 'Who pays in May 2025?')
    """
    if YEAR_PHRASE.search(question) and YEAR_PHRASE.search(when):
        return YEAR_PHRASE.sub(when, question, count=1)
    return f"{question.rstrip(' ?.!')} {when}?"


def is_follow_up(question: str) -> bool:
    """Whether a question lacks what it is about.

    >>> [is_follow_up(text) for text in ("why?", "And for firms?", "Who signs it?", "When did the AI Act apply?")]
    [True, True, True, False]
    >>> is_follow_up("Which treaty binds States, and when does it apply?"), is_follow_up("What is AI governance?")
    (False, False)
    """
    plain = EXPLETIVE_IT.sub("", question.strip())
    if FOLLOW_UP_OPENING.match(plain):
        return True
    if pronoun := PRONOUN.search(plain) or DEMONSTRATIVE.search(plain):
        return lacks_antecedent(plain[: pronoun.start()])
    named = list(names_in(plain))
    asks_place = ASKS_PLACE.match(plain) is not None and len(plain.split()) <= 2 * MIN_WORDS
    return not named and (asks_place or len(topic_words(plain)) < MIN_WORDS)


def lacks_antecedent(before: str) -> bool:
    """Whether nothing before a pronoun can be what it stands for: no noun with its article, and no name.

    >>> [lacks_antecedent(text) for text in ("Who decides on ", "Which ceiling did ", "When a State leaves, ")]
    [True, True, False]
    """
    if INTERROGATIVE_SUBJECT.match(before):
        return True
    return not NOUN.search(before) and not list(names_in(before)) and len(topic_words(before)) <= MIN_WORDS
