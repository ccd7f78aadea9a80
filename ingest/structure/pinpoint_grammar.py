"""Pinpoints named in a question, in the form that passages have, and whether a passage matches one.

A pinpoint is parsed as a path from the broadest unit to the narrowest: `Article 5(1)(a)` is article, 5, 1, a.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pincite.ingest.data.number_words import number_words
from pincite.ingest.data.numbering import titles_of

Path = tuple[str, ...]

# Words for each kind of provision, in questions and in pinpoints, by its name in a path.
PROVISION_WORDS = {
    "article": r"articles?|arts?\.?|artículos?|artikel|articolo|статт[яіею]\w*|ст\.|стать[яеию]\w*",
    "regulation": r"regulations?",
    "para": r"abs(?:atz|\.)|apartados?|(?:operative )?(?:sub)?para(?:graph)?s?\.?|пункт\w*|п\.|¶|op",
    "section": r"sections?|secs?\.?|§+|розділ\w*|раздел\w*",
    "recital": r"recitals?|преамбул\w* \(",
    "annex": rf"annex(?:es)?|appendix|appendices|додат\w+|приложени\w+|{titles_of('annex')}",
    "point": r"points?",
    "table": r"tables?|таблиц\w*",
    "figure": r"figures?|figs?\.?|рис\.",
    "box": r"box(?:es)?",
    "footnote": r"footnotes?|fn\.?",
    "principle": r"principles?",
    "recommendation": r"recommendations?",
    "rule": r"rules?",
    "guideline": r"guidelines?",
    "clause": r"clauses?",
    "commitment": r"commitments?",
    "objective": r"objectives?",
    "pillar": r"pillars?",
    "action": r"actions?",
    "chapter": r"chapters?",
}
CODE = r"(?-i:[A-Z]{3,12})(?=[ -]\d+\.\d)"  # `GOVERN 1.1`
ANY_PROVISION = "|".join(PROVISION_WORDS.values())
# A lone letter may be a word: it counts only before a preposition, punctuation or the end.
ENDS = r"(?=\s*(?:$|[?.,;:()]|\s(?:of|in|and|or|to|on|say|says|mean|means|require|requires)\b))"
NUMBER = (
    r"(?:\d{1,3}(?:\.\d{1,2})*(?![\d/]|[.,]\d)(?-i:[a-z]?|[A-Z]{1,2})\b(?:\s(?:bis|ter|quater)\b)?|(?-i:[IVXLC]{2,}|[VX])\b"
    rf"|(?-i:[A-Z](?:\.\d+)?)\b{ENDS}|\((?:\d{{1,3}}|(?-i:[a-z]{{1,4}}))\))"
)
LABEL = r"\s?\((?:\d{1,3}|[a-z]{1,4})\)"
TAIL = rf"(?:{LABEL})*(?:\s(?-i:[a-h]|[ivx]+)\b(?=\s[ivx]+\b|{ENDS}))*"
LINK = r",?\s+(?:of\s+(?:the\s+)?)?"
ONE = rf"(?:(?:{ANY_PROVISION}|{CODE})(?:\s?(?:no\.?|number))?\s*{NUMBER}{TAIL})"
CHAIN = re.compile(rf"(?<![\w/-]){ONE}(?:{LINK}{ONE})*", re.IGNORECASE)
STEP = re.compile(
    rf"(?P<word>{ANY_PROVISION}|{CODE})(?:\s?(?:no\.?|number))?\s*(?P<number>{NUMBER})(?P<tail>{TAIL})", re.IGNORECASE
)
LISTED = re.compile(rf"(?P<joint>\s?(?:,|and|or|&|та|і|й)\s|\s?(?:to|[-–—])\s?)(?P<number>{NUMBER})(?P<tail>{TAIL})")
ORDINALS = number_words().ordinal_ones[1:13]  # first to twelfth
PREAMBLE = re.compile(rf"\b({'|'.join(ORDINALS)}) (?:preambular paragraph|paragraph of (?:the|its) preamble)", re.I)
BARE = re.compile(r"([IVXLC]+|\d+(?:\.\d+)*)((?:\([a-z0-9]+\))*)")  # clauses that are cited by a number alone
DECISION = re.compile(r"\d+/[\w.]+, ")  # symbol of one of several decisions in a document
BARE_ANNEX = re.compile(r"\b(annex|appendix), (?:(?:section|part|para\.|point) )?([A-Z](?:\.\d+)?|\d+)", re.IGNORECASE)
BROAD = ("annex", "article", "chapter", "section", "para", "recital")
LETTERED = frozenset({"annex", "section", "table", "figure", "box", "chapter", "clause"})
LARGEST_RANGE = 12  # numbers of a range that are enumerated
ROMAN = re.compile(r"[ivxlc]+")


def named_pinpoints(text: str) -> tuple[str, ...]:
    """The pinpoints that a text names, in the form that passages have, in order and without repetition.

    >>> named_pinpoints("What do para 6(e) and Art. 5 (1) (a) say?"), named_pinpoints("point 4(a) of Annex III")
    (('para. 6 (e)', 'Article 5(1)(a)'), ('Annex III, point 4(a)',))
    >>> named_pinpoints("operative paragraph 6 e?"), named_pinpoints("Article 57, paragraph 9, of the AI Act")
    (('para. 6 (e)',), ('Article 57(9)',))
    >>> named_pinpoints("Articles 5 and 6"), named_pinpoints("the fifth preambular paragraph of it")
    (('Article 5', 'Article 6'), ('preamble, fifth paragraph',))
    """
    found = [as_pinpoint(path) for match in CHAIN.finditer(text) for path in paths_in(text, match)]
    found += [f"preamble, {match[1].lower()} paragraph" for match in PREAMBLE.finditer(text)]
    return tuple(dict.fromkeys(found))


def pinpoint_spans(text: str) -> list[tuple[int, int]]:
    """The offsets of the pinpoints that a text names, each with those listed behind it.

    >>> text = "Articles 5 and 6, and the fifth preambular paragraph"
    >>> [text[start:end] for start, end in pinpoint_spans(text)]
    ['Articles 5 and 6', 'fifth preambular paragraph']
    """
    return sorted((match.start(), end_of_listed(text, match.end())) for match in CHAIN.finditer(text)) + [
        match.span() for match in PREAMBLE.finditer(text)
    ]


def end_of_listed(text: str, place: int) -> int:
    """Where the numbers end that are listed behind a pinpoint which ends at a place."""
    while more := LISTED.match(text, place):
        place = more.end()
    return place


def paths_in(text: str, match: re.Match[str]) -> Iterator[Path]:
    """Paths of a provision with the units named around it, and of those listed or ranged together with it."""
    steps = [(word_of(step["word"]), labels(step["number"], step["tail"])) for step in STEP.finditer(match[0])]
    broadest = min(range(len(steps)), key=lambda n: breadth(steps[n][0]))
    if steps[broadest][0] in {"para", "point"} and not steps[broadest][1][0].isdigit():
        return  # of a text that is not named
    if steps[broadest][0] not in LETTERED and re.fullmatch(r"[a-hj-uw-z]", steps[broadest][1][0]):
        return
    (word, first), inner = steps[broadest], [steps[n] for n in inner_steps(broadest, len(steps))]
    path = (word, *first, *(label for _, found in inner for label in found))
    yield path
    last, place = labels_of_end(steps), match.end()
    while (more := LISTED.match(text, place)) and not inner:
        upto = labels(more["number"], more["tail"])
        if re.search(r"to|[-–—]", more["joint"]) and last.isdigit() and upto[0].isdigit():
            yield from (
                (word, str(number)) for number in range(int(last) + 1, min(int(upto[0]), int(last) + LARGEST_RANGE))
            )
        yield (word, *upto)
        last, place = upto[0], more.end()


def inner_steps(broadest: int, count: int) -> list[int]:
    """Indexes of the steps inside the broadest: those after it in order, then those before it from the nearest.

    >>> inner_steps(2, 3), inner_steps(0, 2)
    ([1, 0], [1])
    """
    return [*range(broadest + 1, count), *range(broadest - 1, -1, -1)]


def labels_of_end(steps: list[tuple[str, Path]]) -> str:
    """The number from which a range continues."""
    return steps[0][1][0] if steps else ""


def breadth(word: str) -> int:
    """Breadth of a kind of provision, 0 for the broadest."""
    return BROAD.index(word) if word in BROAD else len(BROAD)


def word_of(word: str) -> str:
    """The name of a kind of provision in a path; a code such as `GOVERN` is its own name.

    >>> word_of("Art."), word_of("operative paragraph"), word_of("GOVERN")
    ('article', 'para', 'govern')
    """
    return next(
        (name for name, form in PROVISION_WORDS.items() if re.fullmatch(form, word, re.IGNORECASE)), word.lower()
    )


def labels(number: str, tail: str) -> Path:
    """Labels of a number and the points after it, from the broadest.

    >>> labels("4.2", "(b) (i)")
    ('4', '2', 'b', 'i')
    >>> labels("82C", "(1)"), labels("2 bis", "")  # a suffix belongs to the number
    (('82c', '1'), ('2bis',))
    """
    whole = re.sub(r"(?<=\d)\s(?=(?:bis|ter|quater)\b)", "", number.lower())
    return tuple(re.findall(r"\d+[a-z]*|[a-z]+", f"{whole} {tail.lower()}"))


def as_pinpoint(path: Path) -> str:
    """A path written as a pinpoint.

    >>> as_pinpoint(("section", "4", "2", "b")), as_pinpoint(("annex", "iii", "4", "a")), as_pinpoint(("table", "1"))
    ('section 4.2(b)', 'Annex III, point 4(a)', 'Table 1')
    """
    word, first, *rest = path
    if word == "para":
        return " ".join([f"para. {first}", *(f"({label})" for label in rest)])
    if word == "annex":
        point = f", point {rest[0]}" + "".join(f"({label})" for label in rest[1:]) if rest else ""
        return f"Annex {first.upper()}{point}"
    dotted = len(rest) - len(list(from_first_letter(rest))) if word not in {"article", "recital"} else 0
    upper = ROMAN.fullmatch(first) is not None or first[0].isdigit()
    number = ".".join([first.upper() if upper else first, *rest[:dotted]]).replace("BIS", " bis")
    name = (
        word
        if word in {"section", "clause", "footnote"}
        else word.capitalize()
        if word in PROVISION_WORDS
        else word.upper()
    )
    return f"{name} {number}" + "".join(f"({label})" for label in rest[dotted:])


def from_first_letter(labels: list[str]) -> Iterator[str]:
    """Labels from the first that is not a number."""
    begun = False
    for label in labels:
        begun = begun or not label.isdigit()
        if begun:
            yield label


@lru_cache(maxsize=4096)
def path_of(pinpoint: str) -> Path:
    """The path of a pinpoint as written in a passage or a question; empty for a heading and the like.

    >>> path_of("4.7.1(b)"), path_of("1/CMA.3, para. 36"), path_of("section 4A(1)")
    (('', '4', '7', '1', 'b'), ('para', '36'), ('section', '4a', '1'))
    >>> path_of("Article 6(3), third subparagraph"), path_of("Sec. 4.2(b)(i)"), path_of("Annex, A.4")
    (('article', '6', '3', 'subparagraph 3'), ('section', '4', '2', 'b', 'i'), ('annex', 'a', '4'))
    >>> path_of('preamble, fifth paragraph ("Taking note")'), path_of("VIII(d)"), path_of("Scope of the study")
    (('preamble', '5'), ('', 'viii', 'd'), ())
    """
    pinpoint = DECISION.sub("", pinpoint, count=1)
    ordinal = re.search(rf"\b({'|'.join(ORDINALS)}) (sub)?paragraph", pinpoint)
    count = str(ORDINALS.index(ordinal[1]) + 1) if ordinal else ""
    if pinpoint.startswith("preamble"):
        return ("preamble", count) if count else ("preamble",)
    if bare := BARE.fullmatch(pinpoint):
        return ("", *labels(bare[1], bare[2]))
    if pinpoint.lower() in {"annex", "appendix"}:
        return ("annex",)
    if bare := BARE_ANNEX.match(pinpoint):
        return ("annex", *labels(bare[2], pinpoint[bare.end() :]))
    if ranged := re.fullmatch(r"(footnote|paragraph)s (\d+)-(\d+)", pinpoint):
        return (word_of(ranged[1]), f"{ranged[2]}-{ranged[3]}")
    chain = CHAIN.match(pinpoint)
    path = next(paths_in(chain[0], chain), ()) if chain else ()
    return (*path, f"subparagraph {count}") if ordinal and path else path


def matches(pinpoint: str, passage_pinpoint: str | None) -> bool:
    """Whether a passage is at a pinpoint, inside it, or at a unit that contains it.

    >>> [matches("Article 5(1)", passage) for passage in ("Article 5(1)(a)", "Article 5", "Article 5(2)", None)]
    [True, True, False, False]
    >>> matches("section 4.2(b)", "Sec. 4.2(b)(i)"), matches("para. 4", "paragraphs 3-5"), matches("clause V", "V(d)")
    (True, True, True)
    """
    if passage_pinpoint is None:
        return False
    one, other = path_of(pinpoint), path_of(passage_pinpoint)
    if not one or not other:
        return pinpoint.casefold() == passage_pinpoint.casefold()
    if one[0] != other[0] and "" not in {one[0], other[0]}:
        return False
    return all(same_label(a, b) for a, b in zip(one[1:], other[1:], strict=False))


def same_label(one: str, other: str) -> bool:
    """Whether two labels are equal, or one is a range that includes the other.

    >>> same_label("4", "3-5"), same_label("6", "3-5"), same_label("a", "a")
    (True, False, True)
    """
    for number, span in ((one, other), (other, one)):
        first, dash, last = span.partition("-")
        if dash and number.isdigit():
            return int(first) <= int(number) <= int(last)
    return one == other
