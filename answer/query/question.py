"""A question understood before anything is searched: what it names, asks for, compares and prefers.

Rules, no model: the same question over the same library is always understood alike, and each finding says by what.
"""

import re
from dataclasses import dataclass
from datetime import date

from pincite.answer.query.aliases import Names
from pincite.answer.query.decomposition import COMPARISON, Part, parts_of
from pincite.answer.query.mentions import SURE, Named, named_documents
from pincite.answer.query.time_range import Period, period_named
from pincite.answer.query.tokens import content, folded
from pincite.answer.query.transliteration import names_in_latin
from pincite.ingest.metadata.languages import LEAST, by_script, classify, letters
from pincite.ingest.structure.pinpoint_grammar import pinpoints_named

# What is asked for, by the words that ask; the one that stands first decides.
WANTS = {
    "definition": r"\bmean(?:s|t)? by\b|\bwhat (?:do|does) .{1,60} mean\b|\bdefin\w+|\bwhat makes\b"
    r"|(?:\bwhen (?:is|are|do|does) (?:\w+ ){0,9})?\b(?:treat|count|file|regard|qualif|classif)\w* (?:\w+ ){0,6}"
    r"(?:as|under)\b|\bwhat does it take\b"
    r"|^what (?:is|are) (?:an? )?[^?]{1,30}\?$|^what (?:is|are) an? |\bщо (?:таке|розуміють)|\bвизначення\b",
    "money": r"\bhow much (?:\w+ )?(?:money|revenue|funding|(?:does|did|would|will) .{1,60} cost)\b|\bwhat fines?\b"
    r"|\bhow many (?:dollars|euros|pounds)\b|\bwhat (?:\w+ )?budget\b|\bprice\b|\bкоштув\w+|\bштраф\w*",
    "duration": r"\bhow (?:many (?:hours|days|weeks|months|years)\b(?! of)|long\b|soon\b)",
    "share": r"\bwhat (?:share|percentage|proportion|fraction)\b",
    "number": r"\bhow (?:many|much|large|big|often|fast|high|late)\b|\bскільки\b|\bсколько\b"
    r"|\bwhat (?:number|sum|size|ceilings?)\b",
    "date": r"(?:^|[,;:.?] |\b(?:and|or|out|say|state|me|us|know|exactly|show|explain) )"
    r"when\b(?! (?:may|can|must|should|shall|an?)\b)|\bdeadline\b|\bколи\b|\bякого року\b"
    r"|\b(?:by|until|till|since|from) when\b|\b(?:what|which) (?:date|day|year|month|time)\b|\bкогда\b",
    "person or body": r"\bwho(?:m|se)?\b|\bхто\b|\bкого\b|\bкто\b|\bwhich (?:\w+ )?(?:authors?|scholars?|officials?"
    r"|body|bodies|committee|countr\w+|states?|governments?|ministr\w+|executive|council|organi[sz]ation)\b",
    "list": r"\b(?:list|enumerate|name (?:every|all|the))\b|\binto which\b|\bwhat are the\b|\bякі\b"
    r"|\b(?:which|what) (?:\w+ )?(?:two|three|four|five|six|seven|eight|nine|ten)\b",
    "procedure": r"\bhow (?:do|does|can|is|are|should|must|may)\b|\bwhat steps\b|\bprocedure\b|\bwalk me through\b"
    r"|\bwhat must\b|\bщо треба\b|\bяк\b",
    "yes/no": r"^(?:is|are|was|were|do|does|did|can|could|may|must|has|have|will|would|should|чи)\b",
}
# `When it met in Kigali, which …`: says when, and asks for something else.
CIRCUMSTANCE = re.compile(
    r"^(?:when|where|while) (?!(?:do|does|did|is|are|was|were|has|have|had|will|shall|may|must|can|should|would)\b)"
    r"[^,?]{8,}, (?=(?:which|what|who|whom|how|when|where)\b)",
    re.IGNORECASE,
)
# How a question speaks of kinds of documents; `Article 5` and `which article` are places in one.
KINDS = {
    "resolution": r"resolutions?|резолюці\w+|резолюци\w+",
    "law": r"conventions?|treat(?:y|ies)|regulations?|directives?|executive orders?|statutes?|acts?|laws?"
    r"|закон\w*|конвенці\w+",
    "report": r"reports?|доповід\w+|звіт\w*",
    "article": r"(?<!which )(?<!what )articles?(?! \d| [IVX]+\b| govern| of the)|papers?|essays?|authors?",
    "statement": r"statements?|declarations?|communiqu[eé]s?|remarks|speech(?:es)?|fact ?sheets?|заяв\w+",
}
ENGLISH = frozenset("the of and to in is are what which who how when does do for by on that an a it".split())
LONG_FORMS = 2  # of an acronym that are searched


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what is understood of it.

    `expansions`: acronyms of it in full and the reverse. `issuers`, `kinds`, `period`: what it prefers, never demands.
    `parts`: what is to be searched apart, one when nothing is. `wants`: a key of WANTS, or `other`. `language`:
    ISO 639-1. `transliterated`: names and numbers of a question in Cyrillic, in Latin letters.
    """

    text: str
    expansions: tuple[str, ...]
    documents: tuple[Named, ...]
    issuers: tuple[str, ...]
    kinds: tuple[str, ...]
    period: Period
    pinpoints: tuple[str, ...]
    parts: tuple[Part, ...]
    comparison: bool
    wants: str
    language: str
    transliterated: tuple[str, ...]

    @property
    def surely(self) -> tuple[str, ...]:
        """The paths of the documents that it surely names, each once."""
        return tuple(dict.fromkeys(one.path for one in self.documents if one.sureness >= SURE))


def read_question(text: str, names: Names, today: date | None = None) -> Question:
    """What a question says, by itself and over a library whose documents have these names (`aliases.names_in`).

    `today` gives `last year` a meaning; without it such words are passed over.
    """
    documents = named_documents(text, names)
    language = language_of(text)
    return Question(
        text=text,
        expansions=expansions(text, names),
        documents=documents,
        issuers=issuers_named(text, names),
        kinds=kinds_named(text),
        period=period_named(text, today),
        pinpoints=pinpoints_named(text),
        parts=parts_of(text, documents),
        comparison=COMPARISON.search(text) is not None,
        wants=wanted(text),
        language=language,
        transliterated=names_in_latin(text, language),
    )


def understood(question: Question) -> str:
    """What is understood of a question, as a line for the reader.

    >>> from pincite.answer.query.aliases import names_of
    >>> understood(read_question("When was paragraph 6 (e) amended?", names_of((), {})))
    'Understood: asks for date; names para. 6 (e).'
    """
    named = [f"{one.path} (by its {one.by}, {one.sureness:.2f})" for one in question.documents]
    places = [*named, *question.issuers, *question.kinds, *question.pinpoints]
    said = [
        f"asks for {question.wants}" if question.wants != "other" else "",
        f"names {', '.join(places)}" if places else "",
        f"also searches for {', '.join([*question.expansions, *question.transliterated])}"
        if question.expansions or question.transliterated
        else "",
        "compares" if question.comparison else "",
    ]
    return f"Understood: {'; '.join(filter(None, said)) or 'nothing but its words'}."


def expansions(text: str, names: Names) -> tuple[str, ...]:
    """The long forms of acronyms in a question, and the acronyms of long forms in it, as the library defines them."""
    found: dict[str, None] = {}
    for word in re.findall(r"[^\W_](?:[\w.&-]*[^\W_])?", text):
        short = re.sub(r"(?<=[A-Z]{2})s$", "", word.replace(".", ""))
        if short[1:] != short[1:].lower():
            found |= dict.fromkeys(names.acronyms.get(short, ())[:LONG_FORMS])
    words = content(folded(text))
    for place, word in enumerate(words):
        longs = names.long_forms.get(word, ())
        found |= {
            short: None for long, short in longs if words[place : place + len(long)] == long and short not in text
        }
    return tuple(found)


def issuers_named(text: str, names: Names) -> tuple[str, ...]:
    """The bodies of the library that a question names, in full, by their letters, or by a part that is theirs alone."""
    words = f" {' '.join(folded(text))} "
    capital = {
        word for raw in re.findall(r"(?:[^\W\d_]\.){2,}|[^\W_]+", text) if raw[0].isupper() for word in folded(raw)
    }
    found = dict.fromkeys(
        issuer
        for alias, issuers in names.issuers.items()
        if f" {alias} " in words and (" " in alias or alias in capital)
        for issuer in issuers
    )
    return tuple(found)


def kinds_named(text: str) -> tuple[str, ...]:
    """The kinds of documents that a question speaks of.

    >>> kinds_named("Which UN resolution and which convention apply?"), kinds_named("Which article governs it?")
    (('resolution', 'law'), ())
    """
    return tuple(kind for kind, words in KINDS.items() if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE))


def wanted(text: str) -> str:
    """What a question asks for, by the words that come first.

    >>> [wanted(text) for text in ("When was it adopted?", "What is AI?", "Is it binding?", "Which three sites?")]
    ['date', 'definition', 'yes/no', 'list']
    """
    main = CIRCUMSTANCE.sub("", text)
    found = ((match.start(), order, want) for order, (want, words) in enumerate(WANTS.items())
             if (match := re.search(words, main, re.IGNORECASE)))  # fmt: skip
    return min(found, default=(0, 0, "other"))[2]


def language_of(text: str) -> str:
    """The language of a question, ISO 639-1; by its letters and small words where that is enough.

    >>> language_of("Що вимагає стаття 5?"), language_of("What does Article 5 require?")
    ('uk', 'en')
    """
    script = by_script(text)
    if script != "en" or len(ENGLISH & set(text.casefold().split())) > 1 or letters(text) < LEAST:
        return script
    return classify(text)
