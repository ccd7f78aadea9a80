"""The pinpoints that a question names, in the form that passages carry, and whether a passage stands at one.

Every pinpoint is read as a path from the widest place to the narrowest: `Article 5(1)(a)` is article, 5, 1, a.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

Path = tuple[str, ...]

# What places are called, in questions and in pinpoints, by the one word that stands for them in a path.
WORDS = {
    "article": r"articles?|arts?\.?|статт[яіею]\w*|ст\.|стать[яеию]\w*",
    "para": r"(?:operative )?(?:sub)?para(?:graph)?s?\.?|пункт\w*|п\.|¶|op",
    "section": r"sections?|secs?\.?|§+|розділ\w*|раздел\w*",
    "recital": r"recitals?|преамбул\w* \(",
    "annex": r"annex(?:es)?|appendix|appendices|додат\w+|приложени\w+",
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
UPPER = r"(?-i:[A-Z]{3,12})(?=[ -]\d+\.\d)"  # `GOVERN 1.1`
ANY_WORD = "|".join(WORDS.values())
# A lone I may be the reader, and a lone letter any word: they count where a preposition, a stop or nothing follows.
ENDS = r"(?=\s*(?:$|[?.,;:()]|\s(?:of|in|and|or|to|on|say|says|mean|means|require|requires)\b))"
NUMBER = (
    r"(?:\d{1,3}(?:\.\d{1,2})*(?![\d/]|[.,]\d)(?-i:[a-z]?)\b|(?-i:[IVXLC]{2,}|[VX])\b"
    rf"|(?-i:[A-Z](?:\.\d+)?)\b{ENDS}|\((?:\d{{1,3}}|(?-i:[a-z]{{1,4}}))\))"
)
LABEL = r"\s?\((?:\d{1,3}|[a-z]{1,4})\)"
TAIL = rf"(?:{LABEL})*(?:\s(?-i:[a-h]|[ivx]+)\b(?=\s[ivx]+\b|{ENDS}))*"
LINK = r",?\s+(?:of\s+(?:the\s+)?)?"
ONE = rf"(?:(?:{ANY_WORD}|{UPPER})(?:\s?(?:no\.?|number))?\s*{NUMBER}{TAIL})"
CHAIN = re.compile(rf"(?<![\w/-]){ONE}(?:{LINK}{ONE})*", re.IGNORECASE)
STEP = re.compile(
    rf"(?P<word>{ANY_WORD}|{UPPER})(?:\s?(?:no\.?|number))?\s*(?P<number>{NUMBER})(?P<tail>{TAIL})", re.IGNORECASE
)
MORE = re.compile(rf"(?P<joint>\s?(?:,|and|or|&|та|і|й)\s|\s?(?:to|[-–—])\s?)(?P<number>{NUMBER})(?P<tail>{TAIL})")
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
PREAMBLE = re.compile(rf"\b({'|'.join(ORDINALS)}) (?:preambular paragraph|paragraph of (?:the|its) preamble)", re.I)
BARE_ANNEX = re.compile(r"\b(annex|appendix), (?:(?:section|part|para\.|point) )?([A-Z](?:\.\d+)?|\d+)", re.IGNORECASE)
WIDE = ("annex", "article", "chapter", "section", "para", "recital")
LETTERED = frozenset({"annex", "section", "table", "figure", "box", "chapter", "clause"})
MOST = 12  # of a range that is spelled out
ROMAN = re.compile(r"[ivxlc]+")


def pinpoints_named(question: str) -> tuple[str, ...]:
    """The pinpoints that a question names, as passages carry them, each once in its order.

    >>> pinpoints_named("What do para 6(e) and Art. 5 (1) (a) say?"), pinpoints_named("point 4(a) of Annex III")
    (('para. 6 (e)', 'Article 5(1)(a)'), ('Annex III, point 4(a)',))
    >>> pinpoints_named("operative paragraph 6 e?"), pinpoints_named("Article 57, paragraph 9, of the AI Act")
    (('para. 6 (e)',), ('Article 57(9)',))
    >>> pinpoints_named("Articles 5 and 6"), pinpoints_named("the fifth preambular paragraph of it")
    (('Article 5', 'Article 6'), ('preamble, fifth paragraph',))
    """
    found = [cited(path) for match in CHAIN.finditer(question) for path in paths_in(question, match)]
    found += [f"preamble, {match[1].lower()} paragraph" for match in PREAMBLE.finditer(question)]
    return tuple(dict.fromkeys(found))


def paths_in(question: str, match: re.Match[str]) -> Iterator[Path]:
    """The paths of a place, with the places in it that stand behind or before it, and of what is listed with it."""
    steps = [(word_of(step["word"]), labels(step["number"], step["tail"])) for step in STEP.finditer(match[0])]
    widest = min(range(len(steps)), key=lambda n: rank(steps[n][0]))
    if steps[widest][0] in {"para", "point"} and not steps[widest][1][0].isdigit():
        return  # of something that is not named
    if steps[widest][0] not in LETTERED and re.fullmatch(r"[a-hj-uw-z]", steps[widest][1][0]):
        return
    (word, first), inner = steps[widest], [steps[n] for n in ordered(widest, len(steps))]
    path = (word, *first, *(label for _, found in inner for label in found))
    yield path
    last, place = labels_of_end(steps), match.end()
    while (more := MORE.match(question, place)) and not inner:
        upto = labels(more["number"], more["tail"])
        if re.search(r"to|[-–—]", more["joint"]) and last.isdigit() and upto[0].isdigit():
            yield from ((word, str(number)) for number in range(int(last) + 1, min(int(upto[0]), int(last) + MOST)))
        yield (word, *upto)
        last, place = upto[0], more.end()


def ordered(widest: int, count: int) -> list[int]:
    """The places of the steps inside the widest: those behind it in their order, those before it from the nearest.

    >>> ordered(2, 3), ordered(0, 2)
    ([1, 0], [1])
    """
    return [*range(widest + 1, count), *range(widest - 1, -1, -1)]


def labels_of_end(steps: list[tuple[str, Path]]) -> str:
    """The number from which a range goes on."""
    return steps[0][1][0] if steps else ""


def rank(word: str) -> int:
    """How wide a place is, 0 the widest."""
    return WIDE.index(word) if word in WIDE else len(WIDE)


def word_of(word: str) -> str:
    """The one word for a place, however it is called; a code such as `govern` stands for itself.

    >>> word_of("Art."), word_of("operative paragraph"), word_of("GOVERN")
    ('article', 'para', 'govern')
    """
    return next((name for name, form in WORDS.items() if re.fullmatch(form, word, re.IGNORECASE)), word.lower())


def labels(number: str, tail: str) -> Path:
    """A number and the points behind it, from the widest.

    >>> labels("4.2", "(b) (i)")
    ('4', '2', 'b', 'i')
    """
    return tuple(re.findall(r"[a-z]+|\d+", f"{number} {tail}".lower()))


def cited(path: Path) -> str:
    """A path as a pinpoint.

    >>> cited(("section", "4", "2", "b")), cited(("annex", "iii", "4", "a")), cited(("table", "1"))
    ('section 4.2(b)', 'Annex III, point 4(a)', 'Table 1')
    """
    word, first, *rest = path
    if word == "para":
        return " ".join([f"para. {first}", *(f"({label})" for label in rest)])
    if word == "annex":
        point = f", point {rest[0]}" + "".join(f"({label})" for label in rest[1:]) if rest else ""
        return f"Annex {first.upper()}{point}"
    dotted = len(rest) - len(list(dropped(rest))) if word not in {"article", "recital"} else 0
    number = ".".join([first.upper() if ROMAN.fullmatch(first) else first, *rest[:dotted]])
    name = word if word in {"section", "clause", "footnote"} else word.capitalize() if word in WORDS else word.upper()
    return f"{name} {number}" + "".join(f"({label})" for label in rest[dotted:])


def dropped(labels: list[str]) -> Iterator[str]:
    """Labels from the first that is no figure on."""
    begun = False
    for label in labels:
        begun = begun or not label.isdigit()
        if begun:
            yield label


@lru_cache(maxsize=4096)
def path_of(pinpoint: str) -> Path:
    """The path of a pinpoint as a passage or a question writes it; empty for a heading and the like.

    >>> path_of("Article 6(3), third subparagraph"), path_of("Sec. 4.2(b)(i)"), path_of("Annex, A.4")
    (('article', '6', '3', 'subparagraph 3'), ('section', '4', '2', 'b', 'i'), ('annex', 'a', '4'))
    >>> path_of('preamble, fifth paragraph ("Taking note")'), path_of("VIII(d)"), path_of("Scope of the study")
    (('preamble', '5'), ('', 'viii', 'd'), ())
    """
    ordinal = re.search(rf"\b({'|'.join(ORDINALS)}) (sub)?paragraph", pinpoint)
    count = str(ORDINALS.index(ordinal[1]) + 1) if ordinal else ""
    if pinpoint.startswith("preamble"):
        return ("preamble", count) if count else ("preamble",)
    if bare := re.fullmatch(r"([IVXLC]+|\d+)((?:\([a-z0-9]+\))*)", pinpoint):
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
    """Whether a passage stands at a pinpoint: at it, inside it, or at what it is a part of.

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
    """Whether two labels are one, or one lies in the range that the other is.

    >>> same_label("4", "3-5"), same_label("6", "3-5"), same_label("a", "a")
    (True, False, True)
    """
    for number, span in ((one, other), (other, one)):
        first, dash, last = span.partition("-")
        if dash and number.isdigit():
            return int(first) <= int(number) <= int(last)
    return one == other
