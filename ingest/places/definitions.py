"""Definitions in a document: the term, where its meaning is, and how the text marks it as a definition.

Five forms are recognised: a term in quotation marks with a verb that defines (`‘deployer’ means …`), the same behind
words that announce a term (`the term deployer means …`), entries `Deployer: …` under a heading or a sentence that
announces definitions, entries `“Deployer” – …` anywhere, and the term of a heading with a verb that defines below it.
The words of each language are in `ingest/data/definitions.toml`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pincite.ingest.data.toml_file import read_data
from pincite.ingest.data.word_patterns import alternatives
from pincite.ingest.document import BETWEEN_CELLS, Block, BlockKind, Document
from pincite.ingest.places.outline import title_after_number
from pincite.ingest.structure.enumerators import find_enumerator

OUTSIDE = frozenset({BlockKind.HEADING, BlockKind.BOILERPLATE, BlockKind.REFERENCE, BlockKind.FRONT_MATTER})
MOST_WORDS = 9  # of a term without quotation marks
QUOTED = r"[‘'“\"«„](?P<{name}>[^‘’'“”\"«»„\n]{{2,80}})[’'”\"»“]"
AND_OR = r"(?:or|and|ou|oder|und|o|y|або|чи)"
OR = re.compile(rf" {AND_OR} ")
BETWEEN = r"(?:\s*\([^()\n]*\))?(?:,[^,;.\n]{0,60},|(?:\s+[^\W\d_]+){0,4}?)"  # a term and its verb
QUOTED_ENTRY = r"^\W{0,3}(?:\(?\w{1,4}[.)]\s+)?" + QUOTED.format(name="entry") + r"\s?[:–—-]\s"  # `• “Mole” – a wall`
ENTRY = re.compile(r"(?P<term>[^\W\d_][^:\n.;]{1,78}?)(?: ?[:–—])\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and the block that defines it: `document.text[start:end]`. `pinpoint`: how that block is cited."""

    term: str
    start: int
    end: int
    pinpoint: str | None


@dataclass(frozen=True, slots=True)
class DefiningWords:
    """Patterns that begin a definition, of headings and sentences that announce some, and of verbs that define."""

    forms: tuple[re.Pattern[str], ...]
    headings: re.Pattern[str]
    leads: re.Pattern[str]
    verbs: str


def definitions_of(document: Document) -> list[Definition]:
    """The definitions of a document in reading order.

    The points of a definition belong to it: `end` is that of the last block that is cited within its first.
    """
    found: list[Definition] = []
    glossary, heading = False, ""
    for position, block in enumerate(document.blocks):
        text = document.text[block.start : block.end]
        if block.kind is BlockKind.HEADING:
            glossary, heading = defining_words().headings.search(text) is not None, title_after_number(text)
            continue
        if block.kind in OUTSIDE:
            continue
        if glossary and block.kind is BlockKind.TABLE:
            found += glossary_rows(document, block)
            continue
        end = end_of_definition(document, position)
        terms = [*terms_of(text, glossary=glossary), *([heading] if defines(text, heading) else [])]
        found += [Definition(term, block.start, end, block.pinpoint) for term in terms]
        glossary = glossary or announces_definitions(text)
    return found


def announces_definitions(text: str) -> bool:
    """Whether a sentence announces a list of definitions.

    >>> announces_definitions("The following terms are used in this Act:"), announces_definitions("The Board shall:")
    (True, False)
    """
    return text.rstrip().endswith(":") and defining_words().leads.search(text) is not None


def defines(text: str, heading: str) -> bool:
    """Whether a text defines the words of the heading above it.

    >>> defines("A mole is useful. Mole means a wall in the sea.", "Mole"), defines("It means a wall.", "Mole")
    (True, False)
    """
    if not heading or len(heading.split()) > MOST_WORDS:
        return False
    return (
        re.search(rf"(?<!\w){re.escape(heading)}\s(?:{defining_words().verbs})(?!\w)", text, re.IGNORECASE) is not None
    )


def glossary_rows(document: Document, table: Block) -> Iterator[Definition]:
    """The rows of a glossary in form of a table, each a definition; rows without a second cell are none."""
    start = table.start
    for row in document.text[table.start : table.end].split("\n"):
        term, _, meaning = row.partition(BETWEEN_CELLS)
        if term.strip() and meaning.strip() and len(term.split()) <= MOST_WORDS:
            for name in OR.split(" ".join(term.split())):
                yield Definition(name, start, start + len(row), table.pinpoint)
        start += len(row) + 1


def terms_of(text: str, *, glossary: bool = False) -> Iterator[str]:
    """The terms that a block defines, as written; `glossary`: whether it is under a heading of definitions.

    >>> list(terms_of("(4) ‘deployer’ means a natural or legal person using a system;"))
    ['deployer']
    >>> list(terms_of("For the purposes of this Act, the term “keeper” refers to a person appointed."))
    ['keeper']
    >>> list(terms_of("Deployer: whoever uses a system.", glossary=True)), list(terms_of("Note: fees are due."))
    (['Deployer'], [])
    >>> list(terms_of("• “Mole” – a wall in the sea.")), list(terms_of("“Mole” is a word."))
    (['Mole'], [])
    """
    seen: dict[str, None] = {}
    for form in defining_words().forms:
        for match in form.finditer(text):
            seen |= dict.fromkeys(term for term in match.groupdict().values() if term)
    if glossary and not seen:
        enumerator = find_enumerator(text)
        body = text[len(enumerator.label) + 2 :].lstrip(") .") if enumerator else text.lstrip("-•–—‒ ")
        entry = ENTRY.match(body)
        if entry and len(entry["term"].split()) <= MOST_WORDS:
            seen[entry["term"]] = None
    yield from (" ".join(term.split()) for term in seen)


def end_of_definition(document: Document, position: int) -> int:
    """Where a definition ends: behind the blocks that are cited within the one that begins it, such as its points."""
    first = document.blocks[position]
    end = first.end
    for block in document.blocks[position + 1 :]:
        if not is_within(block, first):
            break
        end = block.end
    return end


def is_within(block: Block, outer: Block) -> bool:
    """Whether a block is a point of another, by its pinpoint."""
    inner, around = block.pinpoint or "", outer.pinpoint or ""
    return bool(around) and inner.startswith(around) and inner[len(around) :].lstrip()[:1] == "("


@cache
def defining_words() -> DefiningWords:
    """The patterns of all languages."""
    languages = read_data("definitions").values()
    leads = alternatives(word for language in languages for word in language["leads"])
    behind = alternatives(word for language in languages for word in language["behind"])
    before = alternatives(word for language in languages for word in language["before"])
    headings = alternatives(word for language in languages for word in language["headings"])
    quoted = QUOTED.format(name="quoted")
    listed = QUOTED.format(name="other")
    return DefiningWords(
        forms=(
            re.compile(rf"{quoted}(?:,? {AND_OR} {listed})?{BETWEEN}\s(?:{behind})(?!\w)"),
            re.compile(rf"(?<!\w)(?:{before})\s+{QUOTED.format(name='announced')}", re.IGNORECASE),
            re.compile(QUOTED_ENTRY),
        ),
        headings=re.compile(rf"(?<!\w)(?:{headings})(?!\w)", re.IGNORECASE),
        leads=re.compile(rf"(?<!\w)(?:{leads})", re.IGNORECASE),
        verbs=behind,
    )
