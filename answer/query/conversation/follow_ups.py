"""Completes a follow-up from earlier questions, so that it can be searched and answered alone.

Rules only, no model: the reader sees the completed question and can rephrase it.
"""

import re
from collections.abc import Sequence

from pincite.answer.query.decomposition import ASKS_PLACE, names_in, topic_words
from pincite.answer.query.mentions import FOLLOW_UP_LINK
from pincite.answer.query.small_talk import is_small_talk

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
# `It` without a referent: `what does it take`, `is it true that`, `it is 1 May`.
EXPLETIVE_IT = re.compile(
    r"\b(?:does|did|would|will) it (?:really |actually )?(?:take|cost|matter|happen)\b|\bit is \d"
    r"|\bis it (?:that|true|possible|necessary|for)\b",
    re.IGNORECASE,
)
NOUN = re.compile(r"\b(?:the|an?|which|each|every|any|some|no|two|three|four|five)\s+\w+", re.IGNORECASE)
INTERROGATIVE_SUBJECT = re.compile(  # `which ceiling did it …`: the interrogative is not what `it` refers to
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
MIN_WORDS = 2  # content words of a self-contained question


def complete_follow_up(question: str, before: Sequence[str]) -> str:
    """A question completed from earlier ones; a self-contained question is returned unchanged.

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
    """The last self-contained question, moved to the time that later follow-ups name; greetings are none."""
    before = [question for question in before if not is_small_talk(question)]
    complete = next((number for number in reversed(range(len(before))) if not is_follow_up(before[number])), 0)
    whole = before[complete].strip() if before else ""
    for question in before[complete + 1 :]:
        whole = move_to_named_time(question, whole) or whole
    return whole


def move_to_named_time(question: str, whole: str) -> str | None:
    """A question moved to the time that a follow-up names; None if the follow-up says more than a time."""
    when = TIME_ONLY.match(FOLLOW_UP_OPENING.sub("", question.strip(), count=1))
    return move_to_time(whole, when["when"]) if when else None


def move_to_time(question: str, when: str) -> str:
    """A question about another time.

    >>> move_to_time("How much was spent in 2024?", "in 2025"), move_to_time("Who pays?", "in May 2025")
    ('How much was spent in 2025?', 'Who pays in May 2025?')
    """
    if YEAR_PHRASE.search(question) and YEAR_PHRASE.search(when):
        return YEAR_PHRASE.sub(when, question, count=1)
    return f"{question.rstrip(' ?.!')} {when}?"


def is_follow_up(question: str) -> bool:
    """Whether a question depends on an earlier one.

    >>> [is_follow_up(text) for text in ("why?", "And for firms?", "Who signs it?", "When did the AI Act apply?")]
    [True, True, True, False]
    >>> is_follow_up("Which treaty binds States, and when does it apply?"), is_follow_up("What is AI governance?")
    (False, False)
    """
    if is_small_talk(question):
        return False
    plain = EXPLETIVE_IT.sub("", question.strip())
    if FOLLOW_UP_OPENING.match(plain):
        return True
    if pronoun := PRONOUN.search(plain) or DEMONSTRATIVE.search(plain):
        return lacks_antecedent(plain[: pronoun.start()])
    named = list(names_in(plain))
    asks_place = ASKS_PLACE.match(plain) is not None and len(plain.split()) <= 2 * MIN_WORDS
    return not named and (asks_place or len(topic_words(plain)) < MIN_WORDS)


def lacks_antecedent(before: str) -> bool:
    """Whether the text before a pronoun has no possible antecedent: no noun with a determiner, and no name.

    >>> [lacks_antecedent(text) for text in ("Who decides on ", "Which ceiling did ", "When a State leaves, ")]
    [True, True, False]
    """
    if INTERROGATIVE_SUBJECT.match(before):
        return True
    return not NOUN.search(before) and not list(names_in(before)) and len(topic_words(before)) <= MIN_WORDS
