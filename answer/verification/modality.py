"""A statement must be as binding as its cited text: `encourages` is not `shall`, nor `shall` `may`."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from pincite.answer.language.alignment import REACH, TextMark, replacement_of
from pincite.answer.language.parsed_text import ParsedText
from pincite.answer.verification.findings import Finding, FindingKind, conflicting
from pincite.answer.verification.negation import counterparts

# Expressions by their force, from binding to merely taking note.
MODALITIES = {
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
MODAL = re.compile("|".join(rf"(?P<{name}>\b(?:{form})\b)" for name, form in MODALITIES.items()), re.IGNORECASE)
SAME_FORCE = (frozenset({"obliges", "decides"}), frozenset({"obliges", "demands"}))
# Stronger than a recommendation: must have an equivalent in the cited text.
BINDING = frozenset({"obliges", "decides", "demands", "requests", "urges", "calls"})
BELOW_FACT = frozenset(
    {"requests", "urges", "calls", "recommends", "invites"}
)  # without one of them it reads as a fact
REPEATED = 2  # content words after a modal expression that a statement must repeat to be about the same thing


@lru_cache(maxsize=256)
def find_modals(text: str) -> tuple[TextMark, ...]:
    """The expressions of a text that order, recommend, permit or take note.

    >>> found = find_modals("Encourages States, which may agree that they shall, in May")
    >>> [(mark.written, mark.value) for mark in found]
    [('Encourages', 'recommends'), ('may', 'allows'), ('shall', 'obliges')]
    """
    return tuple(TextMark(match.lastgroup or "", match[0], *match.span()) for match in MODAL.finditer(text))


def same_force(cited: str, stated: str) -> bool:
    """Whether two modalities are equally binding.

    >>> same_force("decides", "obliges"), same_force("recommends", "obliges")
    (True, False)
    """
    return cited == stated or {cited, stated} in SAME_FORCE


def check_modality(statement: ParsedText, cited: ParsedText) -> Iterator[Finding]:
    """Where a statement is more or less binding than its cited text."""
    stated, in_cited = find_modals(statement.text), find_modals(cited.text)
    for modal in stated:
        if other := replacement_of(modal, statement, cited, in_cited, same_force):
            yield conflicting(FindingKind.MODALITY, f"“{other.written}”", f"“{modal.written}”")
        elif modal.value in BINDING and not any(same_force(one.value, modal.value) for one in in_cited):
            yield Finding(FindingKind.MODALITY, f"Nothing in the cited text has the force of “{modal.written}”.")
    if not stated:
        yield from lost_modals(statement, cited, in_cited)


def lost_modals(statement: ParsedText, cited: ParsedText, modals: tuple[TextMark, ...]) -> Iterator[Finding]:
    """Modal expressions of the cited text without which the statement reads as a fact."""
    stated = statement.stems()
    for modal in modals:
        first = bisect_left(cited.words, modal.end, key=lambda word: word.start)
        following = range(first, min(first + 3 * REACH, len(cited.words)))
        repeated = [n for n in following if cited.words[n].stem][:REPEATED]
        if modal.value not in BELOW_FACT or not repeated or not all(cited.words[n].stem in stated for n in repeated):
            continue
        same = [n for n, word in enumerate(statement.words) if word.stem == cited.words[repeated[0]].stem]
        if any(repeated[0] in counterparts(statement, n, cited) for n in same):
            message = f"The cited text says “{modal.written}”; without it, the statement reads as a fact."
            yield Finding(FindingKind.MODALITY, message, conflict=True)
