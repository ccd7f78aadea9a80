"""Documents that a question names by symbol, title, author, file name or description, each with a confidence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pincite.answer.query.aliases import Aliases
from pincite.answer.query.descriptions import described_documents
from pincite.answer.query.tokens import QuestionToken, Words, expand_tokens, normalise_word, tokenize
from pincite.answer.query.transliteration import transliterate
from pincite.ingest.data.document_types import nouns
from pincite.ingest.metadata.dates import MONTHS

NUMBER = re.compile(r"\((?:19|20)\d\d\) ?\d+|(?<![\d.,])(?<!\d[/-])\d+(?:[/.-]\d+)*(?![\d/])(?![.,]\d)")
ATTACHED_SERIES = re.compile(r"(?:[^\W\d_]+[/-])+$")  # `A/RES/` in front of a number
SPACED_SERIES = re.compile(r"(?:(?:\b[A-Z][\w./]*|\([A-Z]+\)|\bresolution|\bregulation|\border|\bNo\.?) ?)+$")
PROVISION_WORDS = frozenset(
    "paragraph para article art section sec recital point annex page footnote table principle chapter part item"
    " стаття статті пункт розділ сторінка".split()
)
SERIES_WORDS = {
    "res": {"resolution", "unga", "res", "резолюція", "резолюції", "резолюцію"},
    "regulation": {"regulation", "eu", "регламент", "регламенту"},
    "directive": {"directive", "eu"},
    "order": {"order", "eo", "e.o"},
    "cets": {"ets", "treaty", "series"},
    "rec": {"recommendation", "rec"},
}
OTHER_ACTS = frozenset(nouns("numbered_acts"))
CONFIDENT = 0.5  # confidence from which a document counts as named
DISTINCTIVE_DIGITS = 4  # digits from which a number identifies a document without its series
MAX_AUTHOR_DOCUMENTS = 3  # by one author, if all may be meant
SERIES_WINDOW = 3  # words before a number that may name its series
LONG_TITLE = 4  # words
MIN_RUN = 3  # consecutive words of a title
FOLLOW_UP_LINK = " (following: "  # before the earlier question: see pincite.answer.query.conversation.follow_ups


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named in a question: confidence (0 to 1), how it is named, and the offsets of its name."""

    path: str
    confidence: float
    matched_by: str
    start: int
    end: int


def mentioned_documents(text: str, aliases: Aliases) -> tuple[Mention, ...]:
    """The documents that a text names, highest confidence first, each once.

    Documents named in a follow-up itself rank before those of the earlier question that it refers to.
    """
    words = tokenize(text)
    found = [
        *by_file(text, aliases),
        *by_symbol(text, aliases),
        *by_title(words, aliases),
        *by_author(text, words, aliases),
        *by_abbreviation(words, aliases),
        *(
            Mention(aliases.entries[n].path, sure, "description", *span)
            for n, sure, span in described_documents(words, text, aliases)
        ),
    ]
    best: dict[str, Mention] = {}
    for one in sorted(prefer_follow_up(text, found), key=lambda one: -one.confidence):
        best.setdefault(one.path, one)
    return tuple(best.values())


def prefer_follow_up(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Mentions, with half the confidence in the earlier question if the follow-up itself names a document."""
    link = text.find(FOLLOW_UP_LINK)
    names_document = link >= 0 and any(one.end <= link and one.confidence >= CONFIDENT for one in found)
    for one in found:
        yield replace(one, confidence=one.confidence / 2) if names_document and one.start > link else one


def by_file(text: str, aliases: Aliases) -> Iterator[Mention]:
    """Mentions by file name."""
    for match in re.finditer(r"[^\s,;?!\"“”«»()]{4,}", text):
        for position in aliases.file_names.get(match[0].rstrip(".:'’").casefold(), ()):
            yield Mention(aliases.entries[position].path, 1.0, "file name", *match.span())


def by_abbreviation(words: Sequence[QuestionToken], aliases: Aliases) -> Iterator[Mention]:
    """Mentions by a name of one word, in which at least two letters are capitals: `BUrlG`, `CEDAW`."""
    for token in words:
        holders = aliases.abbreviations.get(token.raw.casefold(), frozenset())
        if sum(map(str.isupper, token.raw)) > 1 and len(holders) == 1:
            yield from (Mention(aliases.entries[n].path, 0.85, "abbreviation", token.start, token.end) for n in holders)


def by_symbol(text: str, aliases: Aliases) -> Iterator[Mention]:
    """Mentions by official symbol, in any spelling."""
    for match in NUMBER.finditer(text):
        before = text[: match.start()]
        figures = tuple(re.findall(r"\d+", match[0]))
        for position, series in aliases.symbol_numbers.get(figures, ()):
            if confidence := series_confidence(before, series, figures):
                lead = ATTACHED_SERIES.search(before) or SPACED_SERIES.search(before)
                start = lead.start() if lead else match.start()
                yield Mention(aliases.entries[position].path, confidence, "symbol", start, match.end())


def series_confidence(before: str, series: Words, figures: Words) -> float:
    """Confidence that a number belongs to a series, from the words before it.

    >>> [series_confidence(text, ("a", "res"), ("78", "265")) for text in ("see A/RES/", "see S/RES/", "in ")]
    [1.0, 0.0, 0.9]
    >>> series_confidence("paragraph ", ("cets",), ("225",))
    0.0
    """
    attached = ATTACHED_SERIES.search(before)
    if attached:
        stated = tuple(re.findall(r"[^\W\d_]+|\d+", attached[0].casefold()))
        return 1.0 if stated == series else 0.0
    words = [token.word for token in tokenize(before[-60:])][-SERIES_WINDOW - 1 :]
    near = [word for word in words if word != "no"][-SERIES_WINDOW:]
    if near[-1:] and near[-1] in PROVISION_WORDS:
        return 0.0
    expected = {normalise_word(word) for part in series for word in (part, *SERIES_WORDS.get(part, ()))}
    if near and near[-1] in expected:
        rival = len(near) > 1 and "council" in near and "a" in series and "security" in words
        return 0.0 if rival else 0.95
    contradicted = bool(near) and near[-1] in OTHER_ACTS
    is_sure = sum(map(len, figures)) > DISTINCTIVE_DIGITS or (
        len(figures) > 1 and sum(map(len, figures)) >= DISTINCTIVE_DIGITS
    )
    is_year = len(figures) == 1
    return 0.9 if is_sure and not contradicted and not (is_year and len(figures[0]) <= DISTINCTIVE_DIGITS) else 0.0


def by_title(words: Sequence[QuestionToken], aliases: Aliases) -> Iterator[Mention]:
    """Mentions by a title, a name in a title, or several consecutive words of one."""
    expanded = expand_tokens(words, aliases.acronym_words)
    words_only = [piece for piece, _ in expanded]
    for place, piece in enumerate(words_only):
        for name, position in aliases.title_names.get(piece, ()):
            if tuple(words_only[place : place + len(name)]) == name and is_distinctive(name, aliases):
                span = expanded[place][1].start, expanded[place + len(name) - 1][1].end
                confidence = 0.95 if len(name) >= LONG_TITLE else 0.85
                yield Mention(aliases.entries[position].path, confidence, "title", *span)
    yield from by_title_words(expanded, aliases)


def is_distinctive(name: Words, aliases: Aliases) -> bool:
    """Whether few documents share the words of a name; otherwise it identifies none."""
    shared = set.intersection(*({*aliases.descriptive_words.get(word, ())} for word in name))
    return len(shared) <= max(3, len(aliases.entries) // 100)


def by_title_words(expanded: Sequence[tuple[str, QuestionToken]], aliases: Aliases) -> Iterator[Mention]:
    """Mentions by three or more consecutive words of one title only, the first and last capitalised."""
    place = 0
    while place < len(expanded):
        if not expanded[place][1].raw[0].isupper():
            place += 1
            continue
        end, holders = longest_run(expanded, place, aliases)
        run = expanded[place:end]
        capital = bool(run) and run[-1][1].raw[0].isupper()
        if capital and len({token.start for _, token in run}) >= MIN_RUN and are_same_text(holders, aliases):
            for position in holders:
                confidence = min(0.9, round(len(run) / len(aliases.normalised_titles[position].split()), 2))
                span = run[0][1].start, run[-1][1].end
                yield Mention(aliases.entries[position].path, confidence, "words of its title", *span)
        place = max(end, place + 1)


def longest_run(
    expanded: Sequence[tuple[str, QuestionToken]], place: int, aliases: Aliases
) -> tuple[int, frozenset[int]]:
    """The end of the longest run of title words from a place, and the documents whose titles contain it."""
    end, holders = place, frozenset[int]()
    while end < len(expanded):
        posted = aliases.descriptive_words.get(expanded[end][0], frozenset())
        text = " ".join(piece for piece, _ in expanded[place : end + 1])
        among = posted if end == place else holders & posted
        among = (
            frozenset(n for n in among if f" {text} " in f" {aliases.normalised_titles[n]} ") if end > place else among
        )
        if not among:
            break
        end, holders = end + 1, among
    return end, holders


def are_same_text(positions: frozenset[int], aliases: Aliases) -> bool:
    """Whether documents are one, or near-duplicates of one."""
    entries = [aliases.entries[n] for n in positions]
    return all(other.path in entries[0].near_duplicates for other in entries[1:])


def by_author(text: str, words: Sequence[QuestionToken], aliases: Aliases) -> Iterator[Mention]:
    """Mentions by an author's surname; of authors named together, their joint documents."""
    for group in group_adjacent(text, words, list(surnames_in(words, aliases))):
        common = frozenset.intersection(*(holders for _, _, holders in group))
        start, end = words[group[0][0]].start, words[group[-1][0] + group[-1][1] - 1].end
        mentions = (
            [(start, end, common)]
            if common
            else [(words[place].start, words[place + length - 1].end, holders) for place, length, holders in group]
        )
        for first, last, holders in mentions:
            confidence = (
                0.9 if are_same_text(holders, aliases) else 0.6 if len(holders) <= MAX_AUTHOR_DOCUMENTS else 0.4
            )
            yield from (Mention(aliases.entries[n].path, confidence, "author", first, last) for n in sorted(holders))


SurnameMention = tuple[int, int, frozenset[int]]  # place and length in words, and the author's documents


def group_adjacent(
    text: str, words: Sequence[QuestionToken], mentions: Sequence[SurnameMention]
) -> list[list[SurnameMention]]:
    """Surnames grouped where they are adjacent: `Li and Zeng`."""
    groups: list[list[SurnameMention]] = []
    for mention in mentions:
        before = groups[-1][-1] if groups else None
        between = text[words[before[0] + before[1] - 1].end : words[mention[0]].start] if before else ""
        if before and re.fullmatch(r",? (?:and|та|й|і|и) (?:(?:[\w.-]+ ){0,2})|, |\s?& ?", between):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def surnames_in(words: Sequence[QuestionToken], aliases: Aliases) -> Iterator[SurnameMention]:
    """The capitalised surnames of authors, with place, length in words and documents."""
    for place, token in enumerate(words):
        if not token.raw[0].isupper() or token.word in MONTHS or len(token.word) < MIN_RUN:
            continue
        for length in (2, 1):
            key = tuple(other.word for other in words[place : place + length])
            holders = aliases.author_surnames.get(key) or (
                documents_of_inflected(token, aliases) if length == 1 else None
            )
            if holders and len(key) == length:
                yield place, length, holders
                break


def documents_of_inflected(token: QuestionToken, aliases: Aliases) -> frozenset[int]:
    """The documents of an author named in Cyrillic, possibly inflected; the library may have the Latin form."""
    if token.raw.isascii() or not "\u0400" <= token.word[0] <= "\u04ff":
        return frozenset()
    written = {token.word, transliterate(token.word, "uk"), transliterate(token.word, "ru")}
    return frozenset(
        n
        for (last, *first), holders in aliases.author_surnames.items()
        if not first and any(differ_only_in_ending(last, word) for word in written)
        for n in holders
    )


def differ_only_in_ending(one: str, other: str) -> bool:
    """Whether two words differ at most in their ending, as inflected names do.

    >>> differ_only_in_ending("матвієнко", "матвієнка"), differ_only_in_ending("коломоєць", "коломойський")
    (True, False)
    """
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= max(4, len(one) - 2, len(other) - 3)
