"""Symbols, dates and figures of a statement must appear in its cited text, in the same context."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pincite.answer.language.alignment import TextMark, replacement_of
from pincite.answer.language.dates import find_dates, same_date
from pincite.answer.language.masking import mask_enumerators, mask_references
from pincite.answer.language.parsed_text import ParsedText
from pincite.answer.language.quantities import find_figures, same_figure
from pincite.answer.language.references import find_symbols, same_symbol
from pincite.answer.verification.findings import Finding, FindingKind, conflicting

IDIOMATIC = frozenset({"one", "first", "second"})  # in words they often count nothing: `one must`, `first, …`


def check_symbols(statement: str, known: str) -> Iterator[Finding]:
    """Symbols of a statement that are missing from `known`: its cited text and the metadata of its source."""
    stated = find_symbols(statement)
    symbols = [mark.value for mark in find_symbols(known)] if stated else []
    for mark in stated:
        found = any(same_symbol(symbol, mark.value) for symbol in symbols)
        if not found and mark.value not in re.sub(r"\s", "", known).casefold():
            message = f"{mark.written} appears neither in the cited text nor in the details of its document."
            yield Finding(FindingKind.SYMBOL, message)


def check_dates(statement: ParsedText, cited: ParsedText, metadata: str) -> Iterator[Finding]:
    """Dates of a statement that differ from those of its cited text, or are missing from it and from its metadata."""
    stated = find_dates(statement.text)
    dates = find_dates(cited.text) if stated else ()
    for date in stated:
        if other := replacement_of(date, statement, cited, dates, same_date):
            yield conflicting(FindingKind.DATE, other.written, date.written)
        elif not any(same_date(mark.value, date.value) for mark in (*dates, *find_dates(metadata))):
            yield Finding(FindingKind.DATE, f"The date {date.written} does not appear in the cited text.")


def check_figures(
    statement: ParsedText, cited: ParsedText, also_known: frozenset[str] = frozenset()
) -> Iterator[Finding]:
    """Figures of a statement that differ from those of its cited text, or are missing from it.

    `also_known`: further numbers that a statement may give, such as the years of the dates in the cited text.
    """
    stated = find_figures(mask_references(statement.text))
    counting = (
        {mark.start for mark in find_figures(mask_references(mask_enumerators(statement.text)))} if stated else set()
    )
    for figure in stated:
        # The number of a paragraph is no figure of the cited text, unless the statement begins with it, too.
        numbered = mask_enumerators(cited.text) if figure.start in counting else cited.text
        figures = find_figures(mask_references(numbered))
        if figure.written.lower() in IDIOMATIC:
            continue
        other = replacement_of(figure, statement, cited, figures, same_figure) or miscounted(
            figure, statement, cited, figures
        )
        if other:
            yield conflicting(FindingKind.FIGURE, other.written, figure.written)
        elif figure.value not in also_known and not any(same_figure(mark.value, figure.value) for mark in figures):
            yield Finding(FindingKind.FIGURE, f"{figure.written} does not appear in the cited text.")


def miscounted(
    stated: TextMark, statement: ParsedText, cited: ParsedText, figures: Sequence[TextMark]
) -> TextMark | None:
    """The cited text's figure for what is counted, where it gives the stated figure for other things only."""
    thing = counted_thing(statement, stated)
    same = [figure for figure in figures if same_figure(figure.value, stated.value)]
    if not thing or not same or any(counted_thing(cited, figure) in {thing, ""} for figure in same):
        return None
    return next((figure for figure in figures if counted_thing(cited, figure) == thing), None)


def counted_thing(text: ParsedText, figure: TextMark) -> str:
    """The stem of the word right after a figure; empty where punctuation or a stop word follows.

    >>> from pincite.answer.language.parsed_text import parse_text
    >>> texts = parse_text("39 members"), parse_text("39 of them")
    >>> [counted_thing(text, find_figures(text.text)[0]) for text in texts]
    ['member', '']
    """
    number = bisect_left(text.words, figure.end, key=lambda word: word.start)
    following = text.words[number : number + 1]
    return following[0].stem if following and not text.text[figure.end : following[0].start].strip() else ""
