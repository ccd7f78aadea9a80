"""Documents and places that a question is about and the library does not hold.

What others say of a document is not what it says: a question for its content is not answered from a mention.
"""

import re
from collections.abc import Iterator, Sequence

from pincite.answer.query.aliases import Names
from pincite.answer.query.answer_types import MONTH, gives
from pincite.answer.query.question import Question
from pincite.answer.query.tokens import content, folded, spelled_out
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.index.catalog import pinpoints_of
from pincite.ingest.index.index import Index
from pincite.ingest.structure.pinpoint_grammar import matches, path_of

# Numbers of bills, memoranda, resolutions and publications, by the forms that they have and figures have not.
SYMBOL = re.compile(
    r"(?:[A-Z]{1,5}/)+(?:[A-Z]+[./-])*\d[\w./-]*\w"  # A/RES/79/1
    r"|\b[A-Z]{1,4}-\d{1,3}-\d{1,4}\b"  # M-25-21
    r"|\b(?:[A-Z]{2,6} )?\d{2,4}-\d{1,2}\b(?! (?:per|%))"  # AI 600-1
    r"|\b(?:SB|HB|AB|HR|H\.R\.|S\.B\.|EO|CETS|E\.O\.) ?\d{1,5}\b"
    r"|\b(?:[Bb]ills?|[Mm]emo(?:randum)?|[Rr]egulation|[Dd]irective|[Rr]esolution|[Dd]ecision)"
    r"(?: \(\w+\))?(?: [Nn]o\.?)? \d[\w./-]*\w"
)
SPAN_OF_YEARS = re.compile(r"(?:19|20)\d\d-\d\d(?:\d\d)?")
NOUN = (
    r"(?:report|paper|article|study|guidance|guidelines?|resolution|memo(?:randum)?|statement|declaration|strategy"
    r"|profile|framework|book|brief|survey|review)"
)
TITLED = re.compile(rf"\b{NOUN}s? [‘“'\"](?P<title>[^’”'\"]{{12,}})[’”'\"]")
OF_YEAR = re.compile(rf"(?P<body>(?:[A-Z][\w-]+ ){{0,4}}[A-Z][\w-]+)['’]s? (?:\w+ )?(?P<year>(?:19|20)\d\d) {NOUN}\b")
SURE_ENOUGH = 0.3  # of a document that a symbol may stand for


def absence(index: Index, names: Names, question: Question, evidence: Sequence[Evidence]) -> str | None:
    """Why the library cannot hold the answer, by what the question names; None when nothing says so."""
    if missing := next(missing_sources(question, names, evidence), None):
        return f"The library does not hold {missing}; what others say of it is shown below."
    place = missing_place(index, question)
    if place and not any(place in found.passage.text for found in evidence):
        return f"No document that was asked for has {place}."
    return None


def missing_sources(question: Question, names: Names, evidence: Sequence[Evidence]) -> Iterator[str]:
    """The documents named that the library does not hold. Where it holds one that is named, that one is asked."""
    if question.surely:
        return
    text = question.text
    known = [(one.start, one.end) for one in question.documents if one.sureness >= SURE_ENOUGH]
    for match in SYMBOL.finditer(text):
        inside = any(start < match.end() and match.start() < end for start, end in known)
        if not inside and not SPAN_OF_YEARS.fullmatch(match[0]):
            yield match[0]
    for match in TITLED.finditer(text):
        if not known_title(match["title"], names):
            yield f"“{match['title']}”"
    for match in OF_YEAR.finditer(text):
        if lacks_year(match["body"], match["year"], names):
            yield f"what {match['body']} published in {match['year']}"
    yield from unheld(question, names, evidence)


def known_title(title: str, names: Names) -> bool:
    """Whether a document of the library bears these words in its title."""
    words = f" {' '.join(content(folded(title)))} "
    return any(words in f" {known} " for known in names.title_texts)


def lacks_year(body: str, year: str, names: Names) -> bool:
    """Whether the library has documents of a body, and dates of all of them, but none of a year."""
    alias = " ".join(folded(body))
    issuers = next((found for called, found in names.issuers.items() if alias.endswith(called)), ())
    dates = [entry.metadata.date for entry in names.entries if entry.metadata.issuer in issuers]
    return bool(dates) and all(date and not date.startswith(year) for date in dates)


def missing_place(index: Index, question: Question) -> str | None:
    """A place that a question names and no document has that it may mean; None where these have no such places."""
    if not question.pinpoints:
        return None
    named: tuple[str | None, ...] = question.surely
    held = [pinpoint for path in named or (None,) for pinpoint in pinpoints_of(index.catalog.connection, path)]
    for place in question.pinpoints:
        kind = path_of(place)[:1]
        alike = [pinpoint for pinpoint in held if path_of(pinpoint)[:1] == kind]
        if (alike or not named) and kind and not any(matches(place, pinpoint) for pinpoint in held):
            return place
    return None


KIND = (
    r"(?:statute|law|act|bill|directive|order|code|regulation|convention|treaty|ordinance|charter|guidance|guideline"
    r"|strategy|declaration|statement|memorandum|memo|blueprint|framework|measure|agreement|recommendation|accord)"
)
KINDS = rf"(?:{KIND}|strategie|treatie)s?"
CAPITALISED = r"[A-Z][\w.-]*\w(?:['’]s?)?"
LINK = r"(?:(?:of|for|on|and|the|an|a|to|in) )*"
NAME = rf"{CAPITALISED}(?: {LINK}(?:(?:19|20)\d\d )?{CAPITALISED})*"
OWN = re.compile(rf"\b(?P<name>{CAPITALISED}(?: {LINK}{CAPITALISED})*?)['’]s? (?:[\w-]+ ){{0,3}}?(?i:{KINDS})\b")
AGREED = re.compile(
    rf"\b{KINDS} (?:issued|adopted|agreed|signed|released|published|made|concluded) (?:at|by) (?:the )?(?P<name>{NAME})"
)
CALLED = re.compile(rf"\b(?P<name>(?:{CAPITALISED} {LINK})*(?P<kind>(?i:{KINDS}))\b(?: {LINK}{CAPITALISED})*)")
OF_KIND = re.compile(rf"\b{KINDS}\b", re.IGNORECASE)
MONTHS = re.compile(rf"\b(?:{MONTH})\b")
# What another text says of an instrument may be asked, too.
AS_TOLD = re.compile(
    r"\b(?:according to|going by|in the account of|described? by|report(?:s|ed) (?:on|that)|cited"
    r"|as .{1,40} (?:recounts?|tells?|describes?|reports?|puts|sees)|as recounted)\b",
    re.IGNORECASE,
)
NEAREST = 3  # passages
PLAIN = frozenset(
    "ai artificial intelligence guiding guide action plan national international executive general global code conduct "
    "new under which what how in by for does did is are list name".split()
)  # words that do not tell one instrument from others


def unheld(question: Question, names: Names, evidence: Sequence[Evidence]) -> Iterator[str]:
    """The instruments whose content a question asks for and that no document of the library is, best guess first.

    Nothing where it names a document that the library has, compares, or asks what others say of an instrument; nor
    where it asks for a date and a passage near to it names the instrument and gives one.
    """
    if question.surely or question.comparison or AS_TOLD.search(question.text):
        return
    owned = [(match[0], match["name"]) for form in (OWN, AGREED) for match in form.finditer(question.text)]
    called = [
        (match["name"], match["name"])
        for match in CALLED.finditer(question.text)
        if match["kind"][0].isupper() and telling(OF_KIND.sub("", match["name"]))
    ]
    for said, name in owned + called:
        if not held(name, names) and not (question.wants == "date" and dated(name, evidence)):
            yield f"“{said}”"


def dated(name: str, evidence: Sequence[Evidence]) -> bool:
    """Whether one of the nearest passages names an instrument and gives a date: that may be its own."""
    words = telling(name)
    texts = (one.passage.text for one in evidence[:NEAREST])
    return any(gives("date", text) and set(words) <= set(folded(text)) for text in texts)


def telling(name: str) -> list[str]:
    """The words of a name by which an instrument is told from others.

    >>> telling("Which AI Action Plan"), telling("Interim Measures of Ruritania")
    ([], ['interim', 'measure', 'ruritania'])
    """
    words = content(folded(MONTHS.sub("", name)))
    return [word for word in words if not word.isdigit() and word not in PLAIN]


def held(name: str, names: Names) -> bool:
    """Whether the title, issuer, authors or file name of a document of the library has the words of a name."""
    words = telling(name)
    return not words or bool(frozenset.intersection(*(of_word(word, names) for word in words)))


def of_word(word: str, names: Names) -> frozenset[int]:
    """The documents, by number, that a word describes."""
    described = frozenset.intersection(
        *(names.words.get(one, frozenset()) for one in spelled_out((word,), names.spelled))
    )
    bodies = names.issuers.get(word, ())
    issued = frozenset(n for n, entry in enumerate(names.entries) if entry.metadata.issuer in bodies)
    return described | issued | names.authors.get((word,), frozenset())
