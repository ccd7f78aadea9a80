"""Whether a question asks for a list, and how many items it says that the list has."""

import re
from dataclasses import dataclass
from functools import cache

from pincite.answer.query.answer_types import answer_type_of, asks_for_list
from pincite.ingest.data.number_words import number_words
from pincite.ingest.data.stop_words import stop_words

SENTENCE_WORDS = stop_words("en", ("auxiliaries", "question_words"))
LONGEST_PHRASE = 10  # words of a question that is no sentence
LARGEST_COUNT = 12
OPEN_TYPES = ("list", "procedure", "definition", "other")  # answer types that a list may answer


@dataclass(frozen=True, slots=True)
class AskedList:
    """A list that a question may ask for.

    `sure`: it asks for nothing less. `count`: of its items, if it is said. `head`: the word that says of what it is a
    list, empty where the question has another form. `of_head`: it asks for nothing but the things of that name.
    """

    sure: bool
    count: int | None = None
    head: str = ""
    of_head: bool = False


def asked_list(text: str) -> AskedList | None:
    """The list that a question asks for; None for one that a date, a name or the like answers.

    >>> asked_list("Which three sites were chosen?")
    AskedList(sure=True, count=3, head='sites', of_head=True)
    >>> asked_list("What must the report contain?"), asked_list("When does it open?")
    (AskedList(sure=True, count=None, head='', of_head=False), None)
    """
    answer_type, count = answer_type_of(text), count_said(text)
    if answer_type not in OPEN_TYPES and count is None:
        return None
    phrase = is_phrase(text)
    head = head_of_list().search(text)
    first = re.search(r"[^\W\d_]+", text) if phrase else None
    word = next(filter(None, head.groups()), "") if head else first[0] if first else ""
    sure = count is not None or asks_for_list(text, answer_type) or phrase
    return AskedList(sure, count, word, of_head=phrase or answer_type == "list")


def is_phrase(text: str) -> bool:
    """Whether a question is a few words without a verb of asking, as typed into a search box."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return len(words) <= LONGEST_PHRASE and not SENTENCE_WORDS.intersection(words)


def count_said(text: str) -> int | None:
    """The number of things that a question asks for by a word: `which four`, `the five research areas`."""
    match = small_number().search(text)
    return small_numbers().index(match[1].casefold()) + 2 if match else None


@cache
def small_numbers() -> tuple[str, ...]:
    """The words for two to twelve."""
    return tuple(number_words().ones[2 : LARGEST_COUNT + 1])


@cache
def small_number() -> re.Pattern[str]:
    """A word that asks for several, with their number."""
    asks = r"\b(?:which|what|the|name|into|for|by|give|list)"
    return re.compile(rf"{asks} (?:\w+ )?({'|'.join(small_numbers())})\b(?! (?:days|weeks|months|years|hours))", re.I)


@cache
def head_of_list() -> re.Pattern[str]:
    """The word that says of what a list is asked for: `what are the (tasks)`, `which three (sites)`."""
    some = rf"(?:(?:the|all|every|of|main|{'|'.join(small_numbers())}) )*"
    verbs = "|".join(sorted(SENTENCE_WORDS))
    return re.compile(
        rf"\b(?:what|which) (?:(?:is|are|were) )?{some}(?!(?:{verbs})\b)(\w+)|^(?:list|name|give)(?: me)? {some}(\w+)",
        re.IGNORECASE,
    )
