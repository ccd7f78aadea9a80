"""Whether a place is as binding as a claim: what binds, what urges and what permits."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from pincite.answer.language.parsed_text import ParsedText
from pincite.briefing.draft_check.polarity import any_of, reversing

REACH = 8  # content words after, and half as many before, an expression that tell what it belongs to

BEFORE = 3  # words before an expression that may deny it


@cache
def forces() -> dict[str, re.Pattern[str]]:
    """A pattern for the expressions of each force."""
    data = tomllib.loads(files(__package__).joinpath("force.toml").read_text(encoding="utf-8"))
    return {force: any_of(forms) for force, forms in data.items()}


def differs_in_force(claim: ParsedText, place: ParsedText) -> bool:
    """Whether a claim binds, urges or permits, and a place has another force where it says the same.

    >>> from pincite.answer.language.parsed_text import parse_text as parsed
    >>> differs_in_force(parsed("The panel must order reports."), parsed("The panel may commission reports."))
    True
    >>> differs_in_force(parsed("The panel may order reports."), parsed("The panel is entitled to order reports."))
    False
    """
    stated = found_forces(claim, claim)
    given = found_forces(place, claim)
    best = max(given.values(), default=0)
    return bool(stated and best) and not any(given.get(force, 0) >= best - 1 for force in stated)


def found_forces(text: ParsedText, claim: ParsedText) -> dict[str, int]:
    """The forces in a text, each with the number of words of a claim that stand near its best expression.

    What is not permitted is forbidden, which binds.
    """
    wanted, found = claim.stems(), dict[str, int]()
    for force, pattern in forces().items():
        for match in pattern.finditer(text.text):
            if force == "permits" and match[0] == "May":
                continue
            before = [word.stem for word in text.words if word.stem and word.end <= match.start()][-REACH // 2 :]
            after = [word.stem for word in text.words if word.stem and word.start >= match.end()][:REACH]
            near = len(wanted & {*before, *after})
            if near:
                given = "binds" if force == "permits" and is_denied(text, match) else force
                found[given] = max(found.get(given, 0), near)
    return found


def is_denied(text: ParsedText, expression: re.Match[str]) -> bool:
    """Whether words next to an expression, or the first of its sentence, deny it: `No person may`, `may not`."""
    before = [word for word in text.words if word.end <= expression.start()]
    sentence = [word for word in before if word.sentence == before[-1].sentence] if before else []
    after = [word for word in text.words if word.start >= expression.end()]
    near = [*sentence[:1], *sentence[-BEFORE:], *after[:1]]
    return any(reversing().fullmatch(word.text) for word in near)
