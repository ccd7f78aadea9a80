"""The legal force of a statement, which may neither rise nor fall: `encourages` is not `shall`, nor `shall` `may`."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from pincite.answer.language.alignment import REACH, Mark, in_its_place
from pincite.answer.language.parsed_text import Worded
from pincite.answer.verification.negation import counterparts

# Words of one force, from what binds to what only takes notice.
FORCES = {
    "obliges": r"shall|must|(?-i:may) not|cannot|requires?|required|(?:is|are|be|were|was) (?:obliged|obligated|bound)"
    r"|(?:has|have) to|obliges?|зобов\w+|повинн\w+|має бути",
    "decides": r"decid(?:e[sd]?|ing)",
    "demands": r"demand(?:s|ed|ing)?",
    "requests": r"request(?:s|ed|ing)?|asks?|asked",
    "urges": r"urg(?:e[sd]?|ing)|exhort(?:s|ed|ing)?",
    "calls": r"call(?:s|ed|ing)?(?: also| further)? (?:up)?on|call(?:s|ed|ing)? for|appeal(?:s|ed|ing)? to",
    "recommends": r"should|ought|recommend\w*|encourag(?:e[sd]?|ing)|слід|рекоменд\w+|заохочу\w+",
    "invites": r"invit(?:e[sd]?|ing|ations?)",
    "allows": r"(?-i:may)|can|could|might|(?:is|are|be) (?:permitted|allowed|free) to|може|можуть",
    "adopts": r"adopt(?:s|ed|ing)?|endors(?:e[sd]?|ing)|approv(?:e[sd]?|ing)",
    "welcomes": r"welcom(?:e[sd]?|ing)",
    "notes": r"(?:tak(?:e[sn]?|ing)|took) note|not(?:e[sd]|ing)|recogni[sz](?:e[sd]?|ing)|acknowledg(?:e[sd]?|ing)"
    r"|recall(?:s|ed|ing)?|emphasi[sz](?:e[sd]?|ing)|reaffirm(?:s|ed|ing)?|stress(?:es|ed|ing)|underlin(?:e[sd]?|ing)",
}
FORCE = re.compile("|".join(rf"(?P<{name}>\b(?:{form})\b)" for name, form in FORCES.items()), re.IGNORECASE)
ALIKE = (frozenset({"obliges", "decides"}), frozenset({"obliges", "demands"}))
BINDING = frozenset(
    {"obliges", "decides", "demands", "requests", "urges", "calls"}
)  # in a statement they need a source
BELOW_FACT = frozenset(
    {"requests", "urges", "calls", "recommends", "invites"}
)  # without these words it would be a fact
REPEATED = 2  # words behind a word of force that a statement must repeat to say the same thing


@lru_cache(maxsize=256)
def forces(text: str) -> tuple[Mark, ...]:
    """The words of force in a text.

    >>> [(mark.written, mark.value) for mark in forces("Encourages States, which may agree that they shall, in May")]
    [('Encourages', 'recommends'), ('may', 'allows'), ('shall', 'obliges')]
    """
    return tuple(Mark(match.lastgroup or "", match[0], match.start(), match.end()) for match in FORCE.finditer(text))


def same_force(cited: str, stated: str) -> bool:
    """Whether two words have one force.

    >>> same_force("decides", "obliges"), same_force("recommends", "obliges")
    (True, False)
    """
    return cited == stated or {cited, stated} in ALIKE


def changed_force(statement: Worded, cited: Worded) -> Iterator[str]:
    """Where the legal force of a statement is not that of the cited text, a sentence each."""
    stated, held = forces(statement.text), forces(cited.text)
    for mark in stated:
        if other := in_its_place(statement, mark, cited, held, same_force):
            yield f"the cited text has “{other.written}” where this has “{mark.written}”"
        elif mark.value in BINDING and not any(same_force(one.value, mark.value) for one in held):
            yield f"nothing in the cited text has the force of “{mark.written}”"
    if not stated:
        yield from lost_force(statement, cited, held)


def lost_force(statement: Worded, cited: Worded, held: tuple[Mark, ...]) -> Iterator[str]:
    """Words of force of the cited text without which the statement would be a fact."""
    said = statement.stems()
    for mark in held:
        first = bisect_left(cited.words, mark.end, key=lambda word: word.start)
        behind = [n for n in range(first, min(first + 3 * REACH, len(cited.words))) if cited.words[n].stem][:REPEATED]
        if mark.value not in BELOW_FACT or not behind or not all(cited.words[n].stem in said for n in behind):
            continue
        heads = [n for n, word in enumerate(statement.words) if word.stem == cited.words[behind[0]].stem]
        if any(behind[0] in counterparts(statement, n, cited) for n in heads):
            yield f"the cited text has “{mark.written}”, without which this would be a fact"
