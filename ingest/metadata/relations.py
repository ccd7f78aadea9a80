"""Relations that a document states: it amends, revokes or supersedes others, or adopts a draft.

Precision before recall: a document that recalls or reports what another did has no relation itself.
"""

import re
from collections.abc import Iterator, Sequence

from pincite.ingest.document import BlockKind, Part, Relation
from pincite.ingest.metadata.symbols import SYMBOL, usual_form

KINDS = ("amends", "revokes", "supersedes", "adopts draft", "mentions as revoked")

ACT = r"(?:(?:Council|Commission|Implementing|Delegated|Framework) )*(?:Regulation|Directive|Decision)s?"
EU_NUMBER = r"(?:\((?:EU|EC|EEC|Euratom)(?:, Euratom)?\) )?(?:No )?\d{2,4}/\d+(?:/(?:EU|EC|EEC|JHA))?"
ORDER = (
    r"(?:Executive Order|Proclamation|Presidential (?:Policy )?Directive"
    r"|National Security (?:Presidential )?Memorandum)"
)
# Another document by its number.
REFERENCE = (
    rf"(?:{ACT} {EU_NUMBER}|{ORDER}(?: No\.?)? ?\d{{1,5}}|(?:OMB )?(?:Memorandum )?M-\d{{2}}-\d{{2}}"
    rf"|(?:(?:General Assembly|Security Council|Assembly|its) )?[Rr]esolution (?:[A-Z/]*/)?\d+(?:/\d+| \(\d{{4}}\))"
    rf"|{SYMBOL.pattern})"
)
DETAILS = (
    r"(?: of (?:the [^,;.()]{3,80} of )?(?:\d{1,2} \w+|\w+ \d{1,2},) \d{4})?(?:,? \([^()]{1,200}\))?,?"  # date, name
)
DOES = {
    "amends": r"amend(?:s|ed|ing)?",
    "revokes": r"(?:revok|repeal|rescind)(?:e?s|ed|ing)?",
    "supersedes": r"(?:supersed|replac)(?:es?|ed|ing)",
}
ALL = "|".join(DOES.values())
PASSIVE = re.compile(
    rf"^\W*(?:\(?\w{{1,4}}[.)] ?)*(?:Sec(?:tion|\.) ?[\d.]+\.? )?(?:\([a-z]{{1,3}}\) )?(?:[A-Z][a-z]+\. )?"
    rf"(?P<target>{REFERENCE}){DETAILS} (?:is|are|shall be)(?: hereby)?(?: further)? "
    rf"(?P<does>{ALL})(?: and (?P<also>{ALL}))?\b"
)
ACTIVE = re.compile(
    r"^\W*(?:\(?\w{1,4}[.)] ?)*(?:Sec(?:tion|\.) ?[\d.]+\.? )?(?:[A-Z][a-z]+\. )?"
    r"(?:This (?:\w+ ){1,3}?(?:hereby )?(?:also )?|(?:I|We) hereby |Decides (?:also |further )?to )"
    rf"(?P<does>{ALL})(?: and (?P<also>{ALL}))? "
    r"(?:(?:paragraphs?|sections?|articles?|annex(?:es)?) [^,;]{1,60} (?:of|to) )?"
    rf"(?:(?:the|its) )?(?P<target>{REFERENCE})",
    re.IGNORECASE,
)
TITLE = re.compile(
    r"\b(?P<does>amending|repealing|revoking|rescinding|superseding|replacing) (?P<targets>.+)", re.DOTALL
)
REVOKED = re.compile(rf"\b[Tt]he (?:now |since )?(?:revoked|repealed|rescinded) (?P<target>{REFERENCE})")
NAMED = re.compile(rf"\b[Aa]mendments? (?:of|to) (?:the )?(?P<target>{REFERENCE})")
LISTED = re.compile(rf"(?P<act>{ACT} )?(?P<number>{EU_NUMBER})|(?P<other>{REFERENCE})")
SEPARATOR = re.compile(r"(?:,? and|,| and,?) $|^$")  # between two of a list
ADOPTING = re.compile(
    r"^\W*(?:without reference to a main committee|on the (?:report|recommendation) of |adopts? (?:the )?draft )"
    r"|^Adopts (?:the )?draft (?:resolution|decision)",
    re.IGNORECASE,
)
DRAFT = re.compile(r"\b[AES]/(?:[A-Z\d.]+/)*L\.\d+(?:/Rev\.\d+)?\b(?!/Add)")
ADDENDUM = re.compile(r"/Add\.\d+")
REPORTING = {"article", "statement"}  # types that report what others do
ADOPTING_PARTS = 30  # at the head, where a resolution names its draft
REACH = 600  # characters at the beginning of a part, which states a relation first
STATING_KINDS = {BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM}


def find_relations(parts: Sequence[Part], title: str, kind: str, symbol: str | None = None) -> tuple[Relation, ...]:
    """The relations that a document states, in order, without repetitions.

    >>> sentence = Part(BlockKind.PARAGRAPH, "Executive Order 99999 of May 1, 2019 (On Weights), is hereby revoked.")
    >>> find_relations([sentence], "On Measures", "law")
    (Relation(kind='revokes', target='Executive Order 99999'),)
    >>> find_relations([sentence], "A week in politics", "article")
    ()
    """
    if kind in REPORTING:
        return ()
    done = (relation for part in parts for relation in (*relations_in(part), *revoked_in(part)))
    found = [*relations_of_title(title), *adopted_drafts(parts), *done]
    return tuple(dict.fromkeys(relation for relation in found if relation.target != symbol))


def relations_of_title(title: str) -> Iterator[Relation]:
    """The relations in a title: `amending Regulations (EC) No 300/2008 and (EU) No 167/2013 and repealing Directive …`.

    >>> title = "Regulation (EU) 2030/1 on weights, amending Directives 2001/1/EC and 2002/2/EC"
    >>> [relation.target for relation in relations_of_title(title)]
    ['Directive 2001/1/EC', 'Directive 2002/2/EC']
    """
    if named := NAMED.match(title):
        yield Relation("amends", reference(named["target"]))
    pieces = re.split(r"\b(?=(?:amending|repealing|revoking|rescinding|superseding|replacing) )", title)
    for piece in pieces[1:]:
        if match := TITLE.match(piece):
            yield from (Relation(kind_of(match["does"]), target) for target in listed(match["targets"]))


def listed(text: str) -> Iterator[str]:
    """The documents of a list at the beginning of a text, each with the noun that the list gives once.

    >>> list(listed("Regulations (EC) No 300/2008, (EU) No 167/2013 and Directive 2014/90/EU (Text with …)"))
    ['Regulation (EC) No 300/2008', 'Regulation (EU) No 167/2013', 'Directive 2014/90/EU']
    """
    act, end = "", 0
    for match in LISTED.finditer(text):
        if not SEPARATOR.match(text[end : match.start()]):
            return
        if match["act"]:
            act = re.sub(r"s $", " ", match["act"])
        yield reference(match["other"] or act + match["number"])
        end = match.end()


def adopted_drafts(parts: Sequence[Part]) -> Iterator[Relation]:
    """The drafts that a resolution names at its head, without addenda, which only add sponsors.

    >>> note = Part(BlockKind.PARAGRAPH, "[without reference to a Main Committee (A/90/L.4 and A/90/L.4/Add.1)]")
    >>> list(adopted_drafts([note]))
    [Relation(kind='adopts draft', target='A/90/L.4')]
    """
    for part in parts[:ADOPTING_PARTS]:
        for line in part.text.split("\n"):
            if ADOPTING.match(line):
                yield from (Relation("adopts draft", draft) for draft in DRAFT.findall(line))


def relations_in(part: Part) -> Iterator[Relation]:
    """The relations stated at the beginning of a paragraph."""
    if part.kind not in STATING_KINDS:
        return
    text = " ".join(part.text[:REACH].split())
    for match in filter(None, (PASSIVE.match(text), ACTIVE.match(text))):
        for does in filter(None, (match["does"], match["also"])):
            yield Relation(kind_of(does), reference(match["target"]))


def revoked_in(part: Part) -> Iterator[Relation]:
    """The documents that a paragraph mentions as revoked.

    >>> text = "It reviews all actions under the revoked Executive Order 99999 of May 1, 2019."
    >>> list(revoked_in(Part(BlockKind.PARAGRAPH, text)))
    [Relation(kind='mentions as revoked', target='Executive Order 99999')]
    """
    if part.kind in STATING_KINDS:
        for match in REVOKED.finditer(" ".join(part.text.split())):
            yield Relation("mentions as revoked", reference(match["target"]))


def kind_of(verb: str) -> str:
    """The kind of relation expressed by a verb.

    >>> kind_of("repealing"), kind_of("replaces")
    ('revokes', 'supersedes')
    """
    return next(kind for kind, forms in DOES.items() if re.fullmatch(forms, verb, re.IGNORECASE))


def reference(text: str) -> str:
    """A reference, reduced to its symbol if it has one: `its resolution MF/RES/2/4` is `MF/RES/2/4`.

    >>> reference("its resolution 70/1"), reference("Executive Order 99999"), reference("resolution MF/RES/2/4")
    ('resolution 70/1', 'Executive Order 99999', 'MF/RES/2/4')
    """
    text = re.sub(r"^(?:its )?[Rr]esolution\b", "resolution", " ".join(text.split()))
    text = re.sub(r"^(?:OMB )?(?:Memorandum )(?=M-)", "", text)
    bare = re.sub(r"^resolution (?=[A-Z]+/)", "", text)
    return usual_form(bare) if SYMBOL.fullmatch(bare) else bare
