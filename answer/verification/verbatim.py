"""Whether a text is words of a quote, some left out at an ellipsis.

Words are left out without a change of meaning only where no negation, exception or reporting verb goes with them.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from pincite.answer.language.negation import DENIALS, EXCEPTIONS
from pincite.answer.verification.reported_speech import VIEWS

SIGN = re.compile(r"[^\W_]+|[%<>=≥≤±$€£]")
FOOTNOTE_MARK = re.compile(r"\[\w{1,5}\]")
ELLIPSIS = re.compile(r"[\[(]?(?:…|\.\.\.)[\])]?")
REPORTS = 8  # words in front of a quote in which what reports it stands
NEAR = 3  # words left out that are looked at each


def is_verbatim(text: str, quote: str) -> bool:
    """Whether a text is words of a quote as they stand there, pieces between ellipses in their order.

    >>> quote = "Each State shall,[3] by 2026, not export chips unless it\\nhas a licence."
    >>> is_verbatim("Each State shall, … not export chips unless it has a licence", quote)
    True
    >>> is_verbatim("Each State shall … export chips", quote), is_verbatim("Each State shall not export", quote)
    (False, False)
    """
    held, place, before = f" {' '.join(signs(quote))} ", 0, None
    pieces = [signs(piece) for piece in ELLIPSIS.split(text)]
    for piece in filter(None, pieces):
        found = held.find(f" {' '.join(piece)} ", place)
        if found < 0 or not (opens_well(held[:found]) if before is None else keeps_denials(held[before:found])):
            return False
        place = before = found + len(" ".join(piece)) + 1
    return before is not None and (not pieces[-1] or not EXCEPTIONS.match(held[before:].strip()))


@lru_cache(maxsize=512)
def signs(text: str) -> Sequence[str]:
    """The words of a text, folded, without marks of footnotes."""
    return SIGN.findall(unicodedata.normalize("NFKC", FOOTNOTE_MARK.sub(" ", text)).casefold())


def opens_well(before: str) -> bool:
    """Whether a quote may begin behind these words: they neither deny it nor report it as a view.

    >>> opens_well(" critics argue that "), opens_well(" it shall not "), opens_well(" by 2026 ")
    (False, False, True)
    """
    last = before.split()[-REPORTS:]
    if not last:
        return True
    return not DENIALS.fullmatch(last[-1]) and not (last[-1] == "that" and VIEWS.search(" ".join(last)))


def keeps_denials(left_out: str) -> bool:
    """Whether words may be left out between two pieces: those next to the pieces do not deny.

    >>> keeps_denials(" in a manner that is lawful "), keeps_denials(" be obliged not to ")
    (True, False)
    """
    words = left_out.split()
    return not any(DENIALS.fullmatch(word) for word in words[-NEAR:])
