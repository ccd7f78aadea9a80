"""Document symbols, pinpoints and pages in a text, normalised: `A/RES/78/265` is `resolution 78/265`."""

import re
from functools import lru_cache

from pincite.answer.language.alignment import TextMark
from pincite.ingest.metadata.symbols import SERIES, SYMBOL, usual_form
from pincite.ingest.structure.pinpoint_grammar import CHAIN, PREAMBLE

PAGE = re.compile(r"\b(?:pp?\.|pages?)\s?(\d{1,4})\b", re.IGNORECASE)
SHORT = re.compile(r"\b(?:resolutions?|decisions?)\s+(?:No\.? ?)?(\d{1,4}/\d{1,4}(?: ?[A-C]\b)?)", re.IGNORECASE)
BARE = re.compile(r"(?<![\w/.])\d{1,4}/\d{1,4}(?![\w/])")


@lru_cache(maxsize=256)
def find_symbols(text: str) -> tuple[TextMark, ...]:
    """The document symbols of a text, normalised.

    >>> [mark.value for mark in find_symbols("A/RES/78/265, CETS No. 225 and resolution 78/311; 70/1")]
    ['a/res/78/265', 'cets225', '78/311', '70/1']
    """
    found = [TextMark(normalised(match[0]), match[0], *match.span()) for match in SYMBOL.finditer(text)]
    found += [TextMark(f"cets{match[1]}", match[0], *match.span()) for match in SERIES.finditer(text)]
    for match in (*SHORT.finditer(text), *BARE.finditer(text)):
        if not any(mark.start < match.end() and match.start() < mark.end for mark in found):
            symbol = match[1] if match.re is SHORT else match[0]
            found.append(TextMark(normalised(symbol), match[0], *match.span()))
    return tuple(sorted(found, key=lambda mark: mark.start))


def normalised(symbol: str) -> str:
    """A symbol in its usual form, in lower case and without spaces."""
    return re.sub(r"\s", "", usual_form(symbol)).casefold()


def same_symbol(one: str, other: str) -> bool:
    """Whether two symbols are the same, or one is the short form of the other.

    >>> same_symbol("a/res/78/265", "78/265"), same_symbol("a/res/78/265", "8/265")
    (True, False)
    """
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return longer == shorter or longer.endswith((f"/{shorter}", f"){shorter}"))


@lru_cache(maxsize=256)
def find_pinpoints(text: str) -> tuple[TextMark, ...]:
    """The pinpoints and page references of a text, in lower case."""
    found = [match for form in (CHAIN, PREAMBLE, PAGE) for match in form.finditer(text)]
    return tuple(TextMark(match[0].lower(), match[0], *match.span()) for match in found)
