"""Splits a question that asks several things into questions that can be searched separately."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pincite.answer.query.mentions import CONFIDENT, Mention
from pincite.ingest.data.stop_words import FUNCTION, stop_words

MIN_WORDS = 2  # content words that a sub-question needs to be searchable
SELF_CONTAINED_WORDS = 4  # content words from which a later question needs no topic of the first
NAME_WORDS = 3  # content words of a side that may be a mere name
MAX_TOPIC_WORDS = 8  # of the first question, added to a later one
MAX_PARTS = 6
COMPARISON = re.compile(
    r"\b(?:compar\w+|contrast\w*|differ(?:s|ed|ent|ently|ence|ences)?|versus|vs\.?|as against|beside|side by side"
    r"|in common|alike|whereas|unlike|порівн\w+|відрізня\w+|різниц\w+|на відміну|сравн\w+|отлича\w+)(?![\w-])"
    r"|: .*\bagainst\b|\b[Oo]ne\b[^.?]*, another\b|\bin each\b|\beach of the two\b",
    re.IGNORECASE,
)
QUESTION_WORD = (
    r"(?:(?:in|by|for|from|at|on|to|under|with|until|since|over|of) )?"
    r"(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|does|do|did|can|must|has|have|коли|хто|що|як|яка"
    r"|який|які|скільки|чи|чому)\b"
)
# The sides `x` and `y` of a comparison, and the text they share.
SIDE_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"^(?P<lead>.*?\bbetween) (?P<x>[^,;:?]+?) and (?P<y>[^,;:?]+)(?P<tail>.*)$",
        r"^(?P<lead>.*?)\b(?:compare|contrast|set|put) (?P<x>[^:;?]+?),? (?:with|to|beside|alongside|against|and)"
        r" (?P<y>[^,;:?.]+)(?P<tail>.*)$",
        r"^(?P<lead>.*[:,] )?(?P<x>[^:,?]+?),? (?:versus|vs\.?|as against|against|whereas)"
        r" (?P<y>[^,;:?.]+)(?P<tail>.*)$",
        r"^(?P<lead>.*?\b(?:do|does|did|are|were|is)) (?P<x>[^,;:?]+?) and (?P<y>[^,;:?]+?)"
        r"(?P<tail> (?:differ|compare).*)$",
        r"^(?P<lead>)(?P<x>.*?\bone\b[^.?]+?), (?:and |while |but )?(?P<y>(?:the other|another)\b[^.?]+)(?P<tail>.*)$",
    )
)
# Where a further question begins. A bare comma may open a relative clause: `, which …`; `and by when,` is an aside.
NEXT_QUESTION = re.compile(
    rf"[?;]\s+(?:(?:and|but)\s+)?(?={QUESTION_WORD})|,\s+(?:and|but|or|та|а|і)\s+(?={QUESTION_WORD}(?!(?: \w+)?,))"
    r"|,\s+(?=(?:what|who|when|where|how)\b(?: \w+){0,3} (?:is|are|was|were|do|does|did|can|must|has|have|may|will)\b)"
    r"|\s+and\s+(?=(?:what|who|when|where|why|how)\b)",
    re.IGNORECASE,
)
ASKS_CITATION = re.compile(  # `Give the clause.`
    r"(?<=[.?])\s*(?:give|cite|point to|name|state|quote|say)\b[^.?]*\b(?:article|paragraph|clause|section)s?\W*$",
    re.IGNORECASE,
)
ASKS_PLACE = re.compile(
    r"^(?:(?:in|under) )?(?:which|what|where)\b.{0,40}\b(?:article|paragraph|clause|section|stated|governs)\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"\b(?:it|they|them|its|their|that|he|she|there)\b", re.IGNORECASE)
CAPITAL = r"(?:\b[A-ZА-ЯІЇЄҐ][\w/.-]*\w|\b\d[\w/.-]*)"
NAME = re.compile(rf"{CAPITAL}(?: (?:of )?{CAPITAL})*")
NAME_PREFIX = re.compile(
    r"(?:\b(?:[A-Z][\w.-]*(?:['’]s)?|von|van|de|der|del|da) )+$"
)  # capitalised words or particles before a name
CONNECTIVE = r"(?:and|or|to|with|versus|vs\.?|as against|against|beside|between|from|under|in|of|than|by)"
STOP_WORDS = stop_words("en", (*FUNCTION, "auxiliaries", "pronouns", "question_words")) | frozenset(
    "over under until since not no been he she his her long far much many own each both one two any all some so as than"
    " then now still exactly".split()
)


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """A question to search separately, and the documents that it alone is about."""

    text: str
    documents: tuple[str, ...] = ()


def split_question(text: str, named: Sequence[Mention]) -> tuple[QuestionPart, ...]:
    """The questions in a question: one per document named, per side compared, or per thing asked.

    >>> [part.text for part in split_question("Who pays for the machines, and when do the new sites open?", ())]
    ['Who pays for the machines?', 'when do the new sites open (pays, machines)?']
    """
    by_document = parts_by_document(text, named)
    if len(by_document) > 1:
        return by_document
    split = (comparison_sides(text) if is_comparison(text) else []) or split_clauses(text)
    return tuple(QuestionPart(piece) for piece in split[:MAX_PARTS]) if len(split) > 1 else (QuestionPart(text),)


def is_comparison(text: str) -> bool:
    """Whether a question asks for a comparison.

    >>> is_comparison("How do the two acts differ?"), is_comparison("Who pays?")
    (True, False)
    """
    return COMPARISON.search(text) is not None


def parts_by_document(text: str, named: Sequence[Mention]) -> tuple[QuestionPart, ...]:
    """One part per document named with confidence, each without the names of the others."""
    groups: list[tuple[set[str], set[tuple[int, int]]]] = []
    for one in named:
        if one.confidence < CONFIDENT:
            continue
        span = one.start, one.end
        known = next((g for g in groups if one.path in g[0] or any(overlaps(span, other) for other in g[1])), None)
        if known is None:
            known = (set(), set())
            groups.append(known)
        known[0].add(one.path)
        known[1].add(span)
    groups.sort(key=lambda group: min(group[1]))
    every = [span for _, spans in groups for span in spans]
    return tuple(
        QuestionPart(remove_spans(text, [span for span in every if span not in spans]), tuple(sorted(paths)))
        for paths, spans in groups[:MAX_PARTS]
    )


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def remove_spans(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text without the names at some spans and the conjunctions that joined them.

    >>> remove_spans("How do the EU AI Act and NIST's AI RMF differ?", [(14, 20)])
    "How do NIST's AI RMF differ?"
    """
    for start, end in reversed(list(without_overlaps(spans))):
        before = re.sub(r"\b(?:the|an?) $", "", NAME_PREFIX.sub("", text[:start]), flags=re.IGNORECASE)
        text = before + "\0" + re.sub(r"^['’]s?\b", "", text[end:])
    text = re.sub(r",? *\b(?:and|or) *\0", "\0", text)
    text = re.sub(rf"(?:,? *\b{CONNECTIVE})? *\0 *(?=[,;:?.)]|$)", "", text)
    text = re.sub(r"\0,? *(?:\b(?:and|or|versus)\b *)?|\(\s*[;,]?\s*\)", " ", text)
    return tidy(re.sub(r"\(\s*[;,]\s*", "(", re.sub(r"[;,]\s*\)", ")", text)))


def without_overlaps(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans in reading order, those that overlap as one.

    >>> list(without_overlaps([(9, 12), (0, 4), (2, 6)]))
    [(0, 6), (9, 12)]
    """
    ordered = sorted(spans)
    while ordered:
        start, end = ordered.pop(0)
        while ordered and ordered[0][0] < end:
            end = max(end, ordered.pop(0)[1])
        yield start, end


def comparison_sides(text: str) -> list[str]:
    """The two questions of a comparison: each has one side and the shared text; empty if no pattern matches.

    >>> comparison_sides("Contrast joining the programme with joining the treaty, for an outsider.")
    ['joining the programme, for an outsider.', 'joining the treaty, for an outsider.']
    >>> comparison_sides("What do regions get in the first study as against the second?")
    ['What do regions get in the first study?', 'What do regions get in the second?']
    """
    for pattern in SIDE_PATTERNS:
        if found := pattern.match(text):
            lead, x, tail = found["lead"] or "", found["x"], found["tail"]
            if (
                not lead
                and tail.strip(" ?.") == ""
                and len(topic_words(found["y"])) <= NAME_WORDS
                and (shared := re.match(r"(.*\b(?:in|of|by|for|under|on)) (.+)$", x))
            ):
                lead, x = shared.groups()
            return [tidy(f"{lead} {side}{tail}") for side in (x, found["y"])]
    return []


def split_clauses(text: str) -> list[str]:
    """The consecutive questions of a text, each with their shared context; empty if there is one, or one is too short.

    >>> split_clauses("Trade secrets: when may centres hold reports back, and what must big firms accept at last?")
    ['Trade secrets: when may centres hold reports back?', 'Trade secrets: what must big firms accept at last?']
    >>> split_clauses("Who decides on it, and when?")
    []
    >>> split_clauses("What happens to it, and in which paragraph is that stated?")
    []
    """
    shared, asked = split_context(ASKS_CITATION.sub("", text))
    pieces = [piece for piece in NEXT_QUESTION.split(asked.rstrip(" ?.")) if not ASKS_PLACE.match(piece)]
    if len(pieces) < 2 or any(len(topic_words(piece)) < MIN_WORDS for piece in pieces):  # noqa: PLR2004  two questions
        return []
    first, *others = pieces
    return [tidy(f"{shared}{piece}?") for piece in (first, *(add_topic(other, first) for other in others))]


def split_context(text: str) -> tuple[str, str]:
    """The context before the first question, which applies to all, and the rest.

    >>> split_context("In Table 1 of it, which aim is first, and which is last?")
    ('In Table 1 of it, ', 'which aim is first, and which is last?')
    """
    if re.match(QUESTION_WORD, text, re.IGNORECASE) and not re.match(
        r"(?:in|under|at) (?!wh|how)", text, re.IGNORECASE
    ):
        return "", text
    found = re.search(rf"[.:,]\s+(?={QUESTION_WORD})", text, re.IGNORECASE)
    if not found or "?" in text[: found.start()]:
        return "", text
    return text[: found.end()], text[found.end() :]


def topic_words(piece: str) -> list[str]:
    """The words of a question that say what it is about.

    >>> topic_words("and when does it start to apply")
    ['start', 'apply']
    """
    return [word for word in re.findall(r"[^\W_]+", piece) if word.lower() not in STOP_WORDS]


def add_topic(piece: str, first: str) -> str:
    """A later question, with the names or words of the first in brackets if it is short or uses pronouns.

    >>> add_topic("what ceiling did it adopt", "What ceiling did Ferreira want the Jakarta session to adopt")
    'what ceiling did it adopt (Ferreira, Jakarta)'
    >>> add_topic("what did he want instead", "Who warned against closed circles")
    'what did he want instead (warned, against, closed, circles)'
    """
    if not PRONOUN.search(piece) and len(topic_words(piece)) >= SELF_CONTAINED_WORDS:
        return piece
    named = [name for name in names_in(first) if len(name) > 2 and not name.isdigit()]  # noqa: PLR2004  not `AI`
    topic = dict.fromkeys(named if len(named) > 1 else topic_words(first)[:MAX_TOPIC_WORDS])
    missing = [word for word in topic if word not in piece]
    return f"{piece} ({', '.join(missing)})" if missing else piece


def names_in(piece: str) -> Iterator[str]:
    """Capitalised words inside a sentence, numbers and symbols; adjacent ones as one name."""
    yield from (match[0] for match in NAME.finditer(piece) if match.start())


def tidy(text: str) -> str:
    """A text on one line with single spaces and one final mark.

    >>> tidy(" What  is it ..? ")
    'What is it?'
    """
    text = re.sub(r"\s+([,;:?.)])", r"\1", " ".join(text.split()))
    return re.sub(r"[.?]+([.?])", r"\1", text)
