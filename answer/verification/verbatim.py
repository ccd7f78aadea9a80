"""Detects quotations: a text that consists of words of the quote, some omitted at an ellipsis.

Words may be omitted only where no negation, exception or reporting verb goes with them.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from pincite.answer.language.negation import EXCEPTIONS, NEGATIONS
from pincite.answer.verification.reported_speech import VIEWS

TOKEN = re.compile(r"[^\W_]+|[%<>=≥≤±$€£]")
FOOTNOTE_MARK = re.compile(r"\[\w{1,5}\]")
ELLIPSIS = re.compile(r"[\[(]?(?:…|\.\.\.)[\])]?")
REPORTING = 8  # words before a quotation that are searched for a reporting verb
ADJACENT = 3  # omitted words before a piece that are searched for a negation


def is_verbatim(text: str, quote: str) -> bool:
    """Whether a text consists of words of a quote as they stand there, pieces between ellipses in their order.

    >>> quote = "Each State shall,[3] by 2026, not export chips unless it\\nhas a licence."
    >>> is_verbatim("Each State shall, … not export chips unless it has a licence", quote)
    True
    >>> is_verbatim("Each State shall … export chips", quote), is_verbatim("Each State shall not export", quote)
    (False, False)
    """
    words, position, end = f" {' '.join(tokens(quote))} ", 0, None
    pieces = [tokens(piece) for piece in ELLIPSIS.split(text)]
    for piece in filter(None, pieces):
        found = words.find(f" {' '.join(piece)} ", position)
        if found < 0 or not (may_open_after(words[:found]) if end is None else may_omit(words[end:found])):
            return False
        position = end = found + len(" ".join(piece)) + 1
    return end is not None and (not pieces[-1] or not EXCEPTIONS.match(words[end:].strip()))


@lru_cache(maxsize=512)
def tokens(text: str) -> Sequence[str]:
    """The words and signs of a text in lower case, without footnote marks."""
    return TOKEN.findall(unicodedata.normalize("NFKC", FOOTNOTE_MARK.sub(" ", text)).casefold())


def may_open_after(before: str) -> bool:
    """Whether a quotation may begin after these words: they neither negate it nor report it as a view.

    >>> may_open_after(" critics argue that "), may_open_after(" it shall not "), may_open_after(" by 2026 ")
    (False, False, True)
    """
    last = before.split()[-REPORTING:]
    if not last:
        return True
    return not NEGATIONS.fullmatch(last[-1]) and not (last[-1] == "that" and VIEWS.search(" ".join(last)))


def may_omit(omitted: str) -> bool:
    """Whether words may be omitted between two pieces: the last of them do not negate what follows.

    >>> may_omit(" in a manner that is lawful "), may_omit(" be obliged not to ")
    (True, False)
    """
    return not any(NEGATIONS.fullmatch(word) for word in omitted.split()[-ADJACENT:])
