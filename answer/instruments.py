"""Instruments that a question is about by their names (`Colorado's statute`, `the Lakes Declaration`), and held or not.

A library full of policy texts mentions many instruments that it does not hold; what they say is not in it.
"""

import re
from collections.abc import Iterator, Sequence

from answer.expected import MONTH, gives
from answer.names import Names
from answer.question import Question
from answer.retrieve import Evidence
from answer.tokens import content, folded, spelled_out

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
