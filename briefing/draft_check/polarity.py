"""Whether a place says the opposite of a claim: expressions that negate, forbid or exclude, counted in pairs."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from pincite.answer.language.parsed_text import ParsedText

HARMLESS = "harmless"
NUMBERED = re.compile(r"\bNo\.?\s?(?=\d)", re.IGNORECASE)  # `By-law No. 292-70`
SUBORDINATORS = frozenset("that which who whom whose where when if whether unless".split())
QUALIFYING = 5  # words after one of them that it governs
LEAD = 8  # last words of a lead-in, which say what holds for its points
OPENING = 3  # first words of a sentence, which turn all of it
TOGETHER = 3  # words between two expressions that count as one: `refrain from or cease`, `kein … nicht`


def any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Matches one of some expressions; `*` stands for any ending."""
    alternatives = "|".join(re.escape(form).replace(r"\*", r"\w*") for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


@cache
def expressions() -> dict[str, list[str]]:
    """The content of `polarity.toml`."""
    return tomllib.loads(files(__package__).joinpath("polarity.toml").read_text(encoding="utf-8"))


@cache
def reversing() -> re.Pattern[str]:
    """Matches an expression that turns a statement into its opposite."""
    words = [word for language, forms in expressions().items() if language != HARMLESS for word in forms]
    return re.compile(rf"{any_of(words).pattern}|\bnon(?=-)|(?<=\w)n['’]t\b", re.IGNORECASE)


@cache
def harmless() -> re.Pattern[str]:
    """Matches an expression that only looks like one that reverses."""
    return any_of(expressions()[HARMLESS])


def is_negative(text: ParsedText, claim: ParsedText, lead: str = "") -> bool:
    """Whether a text denies or forbids what a claim is about: an odd number of expressions turn it, or its lead-in.

    >>> from pincite.answer.language.parsed_text import parse_text as parsed
    >>> claim = parsed("Carrying cargo is allowed.")
    >>> is_negative(claim, claim), is_negative(parsed("No person shall carry cargo; this is the rule."), claim)
    (False, True)
    >>> is_negative(parsed("(a) carrying cargo;"), claim, "The following is prohibited:")
    True
    >>> is_negative(parsed("Persons that are not officers may carry cargo."), claim)
    False
    """
    in_lead = len(reversing().findall(" ".join(plain(lead).split()[-LEAD:])))
    return (in_lead + len(list(turns(text, claim)))) % 2 == 1


def turns(text: ParsedText, claim: ParsedText) -> Iterator[str]:
    """The expressions of a text that reverse something that a claim is about, not only a part of it."""
    searched, concerned, last = plain(text.text), clauses_about(text, claim), -TOGETHER - 1
    for match in reversing().finditer(searched):
        number = min(sum(word.end <= match.start() for word in text.words), len(text.words) - 1)
        word = text.words[number]
        applies = word.clause in concerned or opens_sentence(text, number, concerned)
        aside = is_subordinate(text, number) and not is_followed_by(text, match.end(), claim)
        if number - last > TOGETHER and applies and not aside and not is_name(text, number):
            last = number
            yield match[0]


def plain(text: str) -> str:
    """A text of the same length without expressions that only look like those that reverse."""
    for pattern in (harmless(), NUMBERED):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def is_subordinate(text: ParsedText, number: int) -> bool:
    """Whether a word belongs to a clause that only qualifies: `States that are not Parties`, `where it has not`."""
    word = text.words[number]
    before = [one for one in text.words[max(number - QUALIFYING, 0) : number] if one.clause == word.clause]
    return any(one.text.lower() in SUBORDINATORS for one in before)


def is_followed_by(text: ParsedText, offset: int, claim: ParsedText) -> bool:
    """Whether the first content word from an offset on is one of a claim."""
    following = next((word.stem for word in text.words if word.stem and word.start >= offset), "")
    return following in claim.stems()


def is_name(text: ParsedText, number: int) -> bool:
    """Whether a word is written as a name within a sentence: `the Stop TB Partnership`."""
    word = text.words[number]
    first = number == 0 or text.words[number - 1].sentence != word.sentence
    return word.text[0].isupper() and not first and text.words[number - 1].text[0].isalpha()


def clauses_about(text: ParsedText, claim: ParsedText) -> frozenset[int]:
    """The clauses of a text that have the most words of a claim, or at least half as many."""
    wanted, shared = claim.stems(), Counter[int]()
    for clause, stem in {(word.clause, word.stem) for word in text.words}:
        shared[clause] += stem in wanted
    most = max(shared.values(), default=0)
    return frozenset(clause for clause, count in shared.items() if count and 2 * count >= most)


def opens_sentence(text: ParsedText, number: int, concerned: frozenset[int]) -> bool:
    """Whether a word is one of the first of a sentence that has a clause of those concerned: `No person shall …`."""
    sentence = [word for word in text.words if word.sentence == text.words[number].sentence]
    first = [word.start for word in sentence if word.text[0].isalpha()][:OPENING]
    return text.words[number].start in first and any(word.clause in concerned for word in sentence)
