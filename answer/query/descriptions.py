"""Documents that a question describes: `the OECD AI Recommendation`, `the March 2024 resolution`.

A description is a noun for documents with its modifiers. It names a document if one matches best. Rare words weigh
more; words that match no document count against all of them.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pincite.answer.query.aliases import Aliases
from pincite.answer.query.tokens import FUNCTION_WORDS, QuestionToken, Words, expand_tokens
from pincite.ingest.data.document_types import document_nouns
from pincite.ingest.data.stop_words import stop_words
from pincite.ingest.metadata.dates import MONTHS, month_number

STOP_WORDS = (
    FUNCTION_WORDS
    | stop_words("en", ("auxiliaries", "question_words"))
    | frozenset(
        "might shall say said set give according between than not no any each every all some both one two three four"
        " compare contrast use cite treat require define list".split()
    )
)
INDEFINITE = frozenset("a an any each every which what whose some another no other such all these those many".split())
DEFINITE = frozenset("the this that its their our".split())
ADJECTIVES = frozenset("draft own full new original whole entire text official adopted current main recent".split())
TOPIC_PREPOSITIONS = frozenset("on for about concerning regarding of".split())
MAX_DOCUMENTS = 50  # documents that share a word: more, and it selects none by itself
MAX_BEFORE, MAX_AFTER = 7, 9  # words
PUNCTUATION = re.compile(r"[,;:.?!()“”\"«»—–\n]")


@dataclass(frozen=True, slots=True)
class Description:
    """A noun for documents with the words before and after it, and its place in the question."""

    head: str
    before: Words
    after: Words
    start: int
    end: int


def described_documents(
    words: Sequence[QuestionToken], text: str, aliases: Aliases
) -> Iterator[tuple[int, float, tuple[int, int]]]:
    """Position, confidence and span of the documents that match a description in a question."""
    for description in descriptions(words, text, aliases):
        span = description.start, description.end
        yield from ((position, confidence, span) for position, confidence in match_scores(description, aliases))


def descriptions(words: Sequence[QuestionToken], text: str, aliases: Aliases) -> Iterator[Description]:
    """The descriptions in a question: definite nouns with at least one modifier."""
    for place, token in enumerate(words):
        if token.word not in document_nouns():
            continue
        start = phrase_start(words, place, text)
        if not is_definite(words[start:place], words[start - 1] if start else None, text):
            continue
        before, after = words[start:place], words_after(words, place, text)
        if before or after:
            end = after[-1].end if after and not before else token.end
            dated = words_with_months(before, aliases), words_with_months(after, aliases)
            yield Description(token.word, *dated, words[start].start, end)


def is_definite(before: Sequence[QuestionToken], preceding: QuestionToken | None, text: str) -> bool:
    """Whether a noun refers to one particular document: `the order on …`, `NIST’s framework`; not `an order`."""
    joined = preceding is not None and not PUNCTUATION.search(
        text[preceding.end : before[0].start if before else preceding.end]
    )
    if preceding and joined and preceding.word in INDEFINITE:
        return False
    by_name = any(token.raw[0].isupper() or text[token.end : token.end + 2] in {"'s", "’s"} for token in before)
    return by_name or (joined and preceding is not None and preceding.word in DEFINITE)


def phrase_start(words: Sequence[QuestionToken], place: int, text: str) -> int:
    """The place of the first modifier before a noun, up to punctuation or a stop word."""
    start = place
    while start and place - start < MAX_BEFORE and is_adjacent(words, start, text):
        if words[start - 1].word in STOP_WORDS and not is_inside_name(words, start - 1):
            break
        start -= 1
    while start < place and words[start].word in STOP_WORDS:
        start += 1
    return start


def is_inside_name(words: Sequence[QuestionToken], place: int) -> bool:
    """Whether `of` joins two capitalised words: `Council of Europe`."""
    around = words[max(place - 1, 0) : place + 2 : 2]
    return words[place].word == "of" and len(around) == 2 and all(token.raw[0].isupper() for token in around)  # noqa: PLR2004  one on each side


def is_adjacent(words: Sequence[QuestionToken], place: int, text: str) -> bool:
    """Whether there is no punctuation between a word and the one before it."""
    return not PUNCTUATION.search(text[words[place - 1].end : words[place].start])


def words_after(words: Sequence[QuestionToken], place: int, text: str) -> Sequence[QuestionToken]:
    """The words after a noun that say what it is about: `on overlapping memberships`."""
    start = place + 1
    if start >= len(words) or words[start].word not in TOPIC_PREPOSITIONS or not is_adjacent(words, start, text):
        return ()
    end = start + 1
    while end < len(words) and end - start <= MAX_AFTER and is_adjacent(words, end, text):
        if words[end].word in STOP_WORDS and words[end].word not in {"of", "the", "and", "in"}:
            break
        end += 1
    return words[start + 1 : end]


def words_with_months(words: Sequence[QuestionToken], aliases: Aliases) -> Words:
    """Content words, acronyms expanded, a month and its year as one: `2024-03`."""
    found: list[str] = []
    for place, token in enumerate(words):
        year = words[place + 1].word if place + 1 < len(words) else ""
        if token.word in MONTHS and re.fullmatch(r"(?:19|20)\d\d", year):
            found.append(f"{year}-{month_number(token.word):02}")
        elif not (found and "-" in found[-1] and found[-1].startswith(token.word)):
            found += [piece for piece, _ in expand_tokens([token], aliases.acronym_words)]
    return tuple(word for word in dict.fromkeys(found) if word not in FUNCTION_WORDS | ADJECTIVES)


def match_scores(description: Description, aliases: Aliases) -> Iterator[tuple[int, float]]:
    """The documents that match a description best, with confidence: the share of its weight that they match.

    Dates must agree. Two different texts that match equally get a low confidence, more get none.
    """
    modifiers = [(word, 1.0) for word in description.before]
    modifiers += [(word, 0.5) for word in description.after if word not in description.before]
    if not modifiers:
        return
    weights = {word: share * word_weight(word, aliases) for word, share in modifiers}
    matching = {word: aliases.descriptive_words.get(word, frozenset[int]()) for word in weights}
    dates = [word for word in weights if re.fullmatch(r"(?:19|20)\d\d(?:-\d\d)?", word)]
    rare = [posted for posted in matching.values() if len(posted) <= max(MAX_DOCUMENTS, len(aliases.entries) // 50)]
    candidates = frozenset.union(*rare) if rare else frozenset.intersection(*matching.values())
    for word in dates:
        candidates &= matching[word]
    candidates = frozenset(n for n in candidates if has_type(description.head, n, aliases))
    scores = {n: sum(weights[word] for word in weights if n in matching[word]) for n in candidates}
    best = max(scores.values(), default=0.0)
    chosen = sorted(n for n, score in scores.items() if score > best - 0.01)
    whole = sum(weights.values())
    if not chosen or best <= 0 or not (texts := count_texts(chosen, aliases)) or texts > 2:  # noqa: PLR2004  see above
        return
    confidence = round(0.9 * best / whole / texts**1.5, 2)
    yield from ((n, confidence) for n in chosen)


def count_texts(positions: Sequence[int], aliases: Aliases) -> int:
    """The number of different texts among documents; near-duplicates count once."""
    left = [aliases.entries[n] for n in positions]
    return sum(
        not any(entry.path in other.near_duplicates for other in left[:place]) for place, entry in enumerate(left)
    )


def has_type(head: str, position: int, aliases: Aliases) -> bool:
    """Whether a document has a type that a noun refers to."""
    noun = document_nouns()[head]
    of_type = not noun.types or aliases.entries[position].metadata.kind in noun.types
    return of_type and (
        not noun.described_by or any(position in aliases.descriptive_words.get(w, ()) for w in noun.described_by)
    )


def word_weight(word: str, aliases: Aliases) -> float:
    """The weight of a word, by the rarity of documents that have it; highest if none does."""
    count = len(aliases.entries)
    return math.log((count + 1) / (len(aliases.descriptive_words.get(word, ())) + 0.5))
