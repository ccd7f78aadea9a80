"""Official symbols of documents, such as `A/RES/78/265` and `Regulation (EU) 2024/1689`, and their issuers."""

import re
from collections.abc import Iterable

from pincite.ingest.data.bodies import bodies

SYMBOL = re.compile(
    r"\b(?:[A-Z]{1,4}/RES/\d+/\d+"  # resolutions of the UN General Assembly and of bodies that number like it
    r"|(?:S|E)/RES/\d+(?:/\d+|\s?\(\d{4}\))|A/HRC/(?:RES|DEC)/\d+/\d+|A/HRC/\d+/(?:L\.)?\d+"
    r"|(?:A|E|S)/(?:[A-Z]+\.\d+/)?\d+/(?:[A-Z]+/)*L?\.?\d+(?:/(?:Rev|Add|Corr)\.\d+)*|S/\d{4}/\d+"
    r"|OECD/LEGAL/\d{4}|CETS (?:No\. ?)?\d{3}|CM/Rec\s?\(\d{4}\)\s?\d+|COM\s?\(\d{4}\)\s?\d+(?: final)?"
    r"|(?i:(?:(?:Implementing|Delegated) )?(?:Regulation|Directive|Decision)) \((?:EU|EC|EEC)\) (?:No )?\d{2,4}/\d+"
    r"|(?i:Executive Order|EO|E\.O\.)(?: No\.)? \d{5}|(?:OMB )?M-\d{2}-\d{2}"
    r"|NIST (?:AI|IR|SP|CSWP|Special Publication|Internal Report|Interagency Report) \d+(?:[-.]\w+)*"
    r"|ISO(?:/IEC)?(?:/IEEE)?(?: (?:TR|TS|PAS))? \d{4,5}(?:-\d+)?(?::\d{4})?"
    r"|[A-Z]{2,4}/[A-Z]{2,4}/\d{4}/\d+(?:/(?:Rev|Add|Corr)\.\d+)*"
    r"|[A-Z]{2,5}(?:/[A-Z\d]{2,6}){1,4}/\d{4}/\d+(?:/(?:Rev|Add|Corr)\.\d+)*"
    r"|[A-Z]{2,5}(?:/[A-Z\d]{1,6}){1,3}/\d{1,3}/(?:[A-Z]+\.)?\d+(?:/(?:Rev|Add|Corr)\.\d+)*)(?![\w/])"
)
# Numbers of national acts and of other series: a document's own where they stand in its title or on a line apart.
OWN_NUMBER = re.compile(
    r"\b(?:by-?law|ordinance|bill|act|public law|law|decree|order) (?:#|no\.?|number) ?\d[\d-]*(?: of \d{4})?(?![\w/])"
    r"|\b(?:Ley(?: Orgánica)?|Real Decreto(?:-ley| Legislativo)?|Decreto(?:[- ]Ley)?) (?:N\.?[ºo°] ?)?\d+/\d{4}"
    r"|\b(?:loi|décret|ordonnance|délibération)(?: organique)? n ?[°o] ?\d[\d-]*"
    r"|(?:закон\w*|наказ|постанова|указ) .{0,80}№ ?\d[\w/-]*|^№ ?\d[\w/-]*$"
    r"|\b(?:guidelines|opinion|recommendations?) \d{1,2}/20\d\d\b|\bP\.U\. ?\([AB]\) ?\d+"
    r"|\bdecision \d+/[A-Z]{2,4}\.\d+",
    re.IGNORECASE,
)
FILED = re.compile(r"\[(FR Doc\.? (?:No\.? ?)?[A-Z]?\d{2,4}[-–]\d+)\b[^\]]{0,80}filed", re.IGNORECASE)
SERIES = re.compile(r"\bCouncil of Europe Treaty Series\W+No\.? ?(\d{3})\b")
SYMBOL_LINE_WORDS = 6
MIN_TITLE_WORDS = 3  # of a title that is searched for in the text
EU_ACT = re.compile(r"(?:(?:Implementing|Delegated) )?(?:Regulation|Directive|Decision) \(")


def find_symbol(text: str) -> str | None:
    """The first document symbol in a text, in its usual form.

    >>> find_symbol("United Nations A/RES/78/265 General Assembly"), find_symbol("REGULATION (EU) 2024/1689 OF")
    ('A/RES/78/265', 'Regulation (EU) 2024/1689')
    >>> find_symbol("Council of Europe Treaty Series - No. 225"), find_symbol("COM(2021)206 final")
    ('CETS 225', 'COM(2021) 206 final')
    """
    series = SERIES.search(text)
    match = SYMBOL.search(text)
    if series and not (match and match.start() < series.start()):
        return f"CETS {series[1]}"
    return usual_form(match.group()) if match else None


def usual_form(symbol: str) -> str:
    """The usual form of a symbol, for comparison.

    >>> usual_form("EO 14110"), usual_form("CETS No. 225"), usual_form("CM/Rec (2020) 1")
    ('Executive Order 14110', 'CETS 225', 'CM/Rec(2020)1')
    """
    symbol = " ".join(symbol.split())
    symbol = re.sub(r"(?i)^(?:Executive Order|EO|E\.O\.)(?: No\.)? ", "Executive Order ", symbol)
    symbol = re.sub(
        r"(?i)^(?:implementing |delegated )?(?:regulation|directive|decision)\b", lambda m: m[0].title(), symbol
    )
    symbol = symbol.replace("Special Publication", "SP")
    symbol = re.sub(r"(?:Internal|Interagency) Report", "IR", symbol)
    symbol = re.sub(r"^CETS No\. ?", "CETS ", symbol)
    symbol = re.sub(r"^COM ?(\(\d{4}\)) ?", r"COM\1 ", symbol)
    return re.sub(r"^CM/Rec ?(\(\d{4}\)) ?", r"CM/Rec\1", symbol)


def own_symbol(kind: str | None, head: str, title: str) -> str | None:
    """The symbol of the document itself: at the edge of a short line, after its title, or in its title.

    Elsewhere the symbols are those of other documents.

    >>> own_symbol(None, "Cite as: OECD, Recommendation on AI, OECD/LEGAL/0449, see A/RES/70/1", "Recommendation on AI")
    'OECD/LEGAL/0449'
    """
    if kind == "article":
        return None
    lines = head.split("\n")
    marked = [
        line
        for line in lines
        if SERIES.search(line) or (len(line.split()) <= SYMBOL_LINE_WORDS and has_symbol_at_edge(line))
    ]
    naming = [line.split(title, 1)[1] for line in lines if len(title.split()) >= MIN_TITLE_WORDS and title in line]
    symbol = find_symbol("\n".join(marked)) or find_symbol("\n".join(naming)) or find_symbol(title)
    return symbol or own_number(title) or next(filter(None, map(own_number, filter(is_number_line, lines))), None)


def own_number(text: str) -> str | None:
    """The number of a national act or of another series.

    >>> [own_number(title) for title in ("Town of Oakville By-law # 82-25", "Ley 39/2015, de 1 de octubre", "An act")]
    ['By-law # 82-25', 'Ley 39/2015', None]
    """
    match = OWN_NUMBER.search(text)
    return " ".join(match[0].split()) if match else None


def is_number_line(line: str) -> bool:
    """Whether a line gives the number of an act and little else: a body before it, or its date."""
    match = OWN_NUMBER.search(line)
    return (
        match is not None and len(line.split()) <= len(match[0].split()) + SYMBOL_LINE_WORDS and line.endswith(match[0])
    )


def filed_symbol(lines: Iterable[str]) -> str | None:
    """The number under which a notice was filed with the Federal Register, if the file holds one notice.

    >>> filed_symbol(["Text.", "[FR Doc. 2026-05083 Filed 3-24-26; 8:45 am]"])
    'FR Doc. 2026-05083'
    """
    found = {match[1].replace("–", "-") for line in lines if (match := FILED.search(line))}
    return found.pop() if len(found) == 1 else None


def has_symbol_at_edge(line: str) -> bool:
    """Whether a line begins or ends with a symbol, like a masthead: `United Nations A/RES/78/265`.

    >>> has_symbol_at_edge("Distr. General A/79/296"), has_symbol_at_edge("see A/RES/70/1 on this")
    (True, False)
    """
    line = line.strip(" \t.,;[]|*#")
    found = SYMBOL.search(line) or SERIES.search(line)
    return found is not None and (found.start() == 0 or found.end() == len(line))


def issuer_of(symbol: str | None) -> str | None:
    """The body whose documents have symbols of this form.

    >>> issuer_of("A/RES/78/265"), issuer_of("Directive (EU) 2016/797")
    ('UN General Assembly', 'European Union')
    """
    if symbol and EU_ACT.match(symbol):
        return "European Union"
    return next((body.name for body in bodies() if symbol and symbol.startswith(body.symbols)), None)
