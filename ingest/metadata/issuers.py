"""The body that issued a document, by its masthead, formula of enactment, title, imprint or web site."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from pincite.ingest.data.bodies import bodies, body_words
from pincite.ingest.data.body_names import (
    MASTHEAD_WORDS,
    body_of,
    general_body,
    is_name,
    known_body,
    plain_quotes,
    proper_case,
)
from pincite.ingest.data.naming import any_naming
from pincite.ingest.document import BlockKind
from pincite.ingest.metadata.head_lines import FoundValue, TextLine, found_in, joined

HEAD_LINES = 40  # among which a masthead is
FORMULA_LINES = 80  # among which a formula of enactment is
FORMULA_LENGTH = 400  # characters of a line
IMPRINT_LENGTH = 6000  # characters at the head and at the end among which an imprint is
LONG_ACRONYM = 4  # letters from which an acronym counts in small letters, too
SPEAKING_LENGTH = 100_000  # characters in which a body speaks
SPOKEN = 4  # times that a body speaks in a document of its own
DOMAIN = re.compile(r"(?:https?://|www\.|@)([\w-]+(?:\.[\w-]+)+)")
COMPANY = re.compile(r"\b(?:ltd|limited|inc|llc|llp|plc|gmbh|ag|s\.a\.|s\.l\.|sas|bv|corp)$", re.IGNORECASE)
DEPOSITARY = re.compile(
    r"deposit(?:ed)? (?:with|in the archives of) the (?:secretary[- ]general|director[- ]general) of (?:the )?"
    r"(?P<body>[A-Z][\w ]{3,60}?)(?=[,.;]|$| (?:and|for|who|which|at|in)\b)",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"(?:The )?(?P<body>(?:(?:Deputy |First )?(?:Prime )?Minister(?: and Minister)? (?:for|of) [A-Z][\w ,]{2,60}"
    r"|(?:Deputy |First )?Prime Minister(?: and Minister (?:for|of) [A-Z][\w ,]{2,60})?"
    r"|Chancellor of the Exchequer|(?:Secretary|Governor|President|Chair) (?:of|for) [A-Z][\w ,]{2,60}?))"
    r" \((?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Hon)\b[^()]{2,60}\)"
)


@cache
def title_opening() -> re.Pattern[str]:
    """The opening of a title that begins with the name of its issuer."""
    names = "|".join(re.escape(body.name) for body in bodies() if body.opens_titles)
    return re.compile(
        r"(?:the |(?:joint )?(?:statement|declaration|communiqu[eé]) (?:of|by) (?:the )?)?"
        rf"({names})(?:['’]s?)? (?!summit\b)",
        re.IGNORECASE,
    )


def masthead_issuer(lines: Iterable[str]) -> str | None:
    """The body named by the first line that is a masthead.

    >>> masthead_issuer(["Distr.: General", "United Nations General Assembly", "Seventy-ninth session"])
    'UN General Assembly'
    >>> masthead_issuer(["The United Nations Security Council met to discuss artificial intelligence."])
    """
    return next((body for line in lines if (body := body_of(line))), None)


def title_issuer(title: str) -> str | None:
    """The body whose name a title begins with.

    >>> title_issuer("G7 Leaders’ Statement on AI"), title_issuer("Remarks on the G7 Leaders’ Statement")
    ('G7', None)
    """
    match = title_opening().match(title)
    return next((body.name for body in bodies() if match and body.name.lower() == match[1].lower()), None)


def site_issuer(url: str | None) -> str | None:
    """The body that owns the web site of an address.

    >>> site_issuer("https://www.whitehouse.gov/articles/a"), site_issuer("https://example.org/whitehouse.gov")
    ('The White House', None)
    """
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None  # not an address
    return host_body(host)


def host_body(host: str) -> str | None:
    """The body with the longest domain that a host is in.

    >>> host_body("www.ico.org.uk"), host_body("edpb.europa.eu"), host_body("example.org")
    ("Information Commissioner's Office", 'European Data Protection Board', None)
    """
    sites = ((domain, body.name) for body in bodies() for domain in body.domains)
    matching = [(len(domain), name) for domain, name in sites if host == domain or host.endswith(f".{domain}")]
    return max(matching, key=lambda found: found[0])[1] if matching else None


def find_issuer(lines: Sequence[TextLine], text: str, title: str, kind: str, path: str) -> FoundValue | None:
    """The body that a text shows to have issued it, most telling evidence first; None rather than a weak guess."""
    head = [line for line in lines[:HEAD_LINES] if line.kind not in {BlockKind.FRONT_MATTER, BlockKind.FOOTNOTE}]
    ways = (
        (found_in(line, "masthead", body) for line in head if (body := body_of(line.text))),
        enacting_body(lines[:FORMULA_LINES]),
        gazette(head) if not any_naming("decrees").search(title) else iter(()),
        government(head, text),
        (found_in(line, "masthead", body) for line in head if (body := masthead_by_form(line, title))),
        imprint(text),
        depositary(text, title) if kind == "law" else iter(()),
        (
            found_in(line, "speaker", match["body"])
            for line in head
            if (match := OFFICE.fullmatch(line.text.strip(":")))
        ),
        imprint_sites(text),
        addressee(text),
        speaking(text),
        named_in_file(path, text),
    )
    return next((found for way in ways for found in way), None)


def masthead_by_form(line: TextLine, title: str) -> str | None:
    """The body that a line above the text names by its form, unless it is the title itself."""
    return (
        general_body(line.text)
        if line.text.casefold() != title.casefold() and line.kind is not BlockKind.ITEM
        else None
    )


@cache
def enacting() -> tuple[re.Pattern[str], ...]:
    """The formulas of enactment."""
    return tuple(re.compile(formula, re.IGNORECASE) for formula in body_words("enacting_formulas"))


def enacting_body(lines: Iterable[TextLine]) -> Iterator[FoundValue]:
    """The body that enacts, in the formula before the text.

    >>> line = TextLine("Be it enacted by the Assembly of the Forum, as follows:", BlockKind.PARAGRAPH, 0, None, 0, 0)
    >>> next(enacting_body([line])).value
    'Assembly of the Forum'
    """
    for line in lines:
        for formula in enacting():
            if match := formula.search(line.text[:FORMULA_LENGTH]):
                name = re.sub(
                    r"^(?:(?:municipal |city |town )?council of )?the (?=[A-Z])", "", match["body"], flags=re.IGNORECASE
                )
                name = re.sub(r"^(?:l['’]|council of )", "", name, flags=re.IGNORECASE).strip()
                if known := known_name(name):
                    yield FoundValue(
                        known, "formula of enactment", line.start + match.start("body"), line.start + match.end("body")
                    )


def known_name(name: str) -> str | None:
    """A name as that of a known body or of one known by its form, else as it is, if it looks like a name."""
    name = joined(name).strip(" ,.:")
    bare = re.sub(r"^(?:the|la|le|el) ", "", name, flags=re.IGNORECASE)
    known = known_body(plain_quotes(name)) or known_body(plain_quotes(bare)) or general_body(name)
    return known or (
        proper_case(name[:1].upper() + name[1:]) if name and is_name(name[:1].upper() + name[1:]) else None
    )


@cache
def publisher_formulas() -> tuple[re.Pattern[str], ...]:
    """The words of an imprint that name a publisher."""
    return tuple(re.compile(formula) for pattern in body_words("publishers") for formula in (f"(?i:{pattern})",))


def imprint(text: str) -> Iterator[FoundValue]:
    """The publisher that an imprint names, at the head or at the end of a text."""
    ends = [(0, text[:IMPRINT_LENGTH])]
    ends += [(max(len(text) - IMPRINT_LENGTH, IMPRINT_LENGTH), text[max(len(text) - IMPRINT_LENGTH, IMPRINT_LENGTH) :])]
    for offset, piece in ends:
        for formula in publisher_formulas():
            for match in formula.finditer(piece):
                name = joined(match["body"])
                body = known_body(plain_quotes(name)) or known_body(
                    re.sub(r"^(?:the|la|le|el) ", "", plain_quotes(name), flags=re.IGNORECASE)
                )
                company = re.sub(r"^[\d –-]+", "", name) if COMPANY.search(name) else None
                body = body or body_of(name) or general_body(name) or company
                if body:
                    yield FoundValue(body, "imprint", offset + match.start("body"), offset + match.end("body"))


def gazette(head: Sequence[TextLine]) -> Iterator[FoundValue]:
    """The legislature whose gazette a line at the head names as the place of publication."""
    for line in head:
        for body in bodies():
            if body.gazettes and re.search("|".join(body.gazettes), line.text):
                yield found_in(line, "gazette", body.name)


def depositary(text: str, title: str) -> Iterator[FoundValue]:
    """The organisation with which a treaty is deposited."""
    if re.search(
        r"\b(?:convention|treaty|covenant|protocol|agreement|charter)\b|公約|條約|条约|公约", title, re.IGNORECASE
    ):
        for match in DEPOSITARY.finditer(text):
            if body := known_body(match["body"]):
                yield FoundValue(body, "clause on the depositary", match.start("body"), match.end("body"))


def government(head: Sequence[TextLine], text: str) -> Iterator[FoundValue]:
    """The government that a line at the head begins with and the text names again and again."""
    named = Counter(match[0] for match in re.finditer(r"\b(?:Government|Republic|Kingdom) of [A-Z][a-z]+", text))
    for line in head:
        for name, times in named.most_common(3):
            if times > 1 and line.text.casefold().startswith(name.casefold()):
                yield found_in(line, "masthead", name)


def imprint_sites(text: str) -> Iterator[FoundValue]:
    """The body of the addresses with which a text ends, if they are of one body alone."""
    offset = max(len(text) - IMPRINT_LENGTH // 4, 0)
    found = [(match, host_body(match[1].lower())) for match in DOMAIN.finditer(text, offset)]
    named = {body for _, body in found if body}
    if len(named) == 1:
        yield from (FoundValue(body, "address in the imprint", *match.span(1)) for match, body in found if body)


def speaking(text: str) -> Iterator[FoundValue]:
    """The body that speaks in a text: known bodies consider and recommend, a company provides for its employees.

    >>> told = "The Financial Stability Board recommends this. "
    >>> [found.value for found in speaking(told * 4)]
    ['Financial Stability Board']
    """
    spoken: dict[str, list[re.Match[str]]] = {}
    for match in speaker_and_verb().finditer(text[:SPEAKING_LENGTH]):
        name = re.sub(r"^(?:The|Our|At|In|For|And) ", "", match["name"])
        known = known_body(plain_quotes(name))
        if (known and match["verb"] not in body_words("weak_verbs")) or is_coined(name, text):
            spoken.setdefault(known or name, []).append(match)
    ranked = sorted(spoken.items(), key=lambda item: -len(item[1]))
    if ranked and len(ranked[0][1]) >= SPOKEN and (len(ranked) == 1 or len(ranked[0][1]) >= 2 * len(ranked[1][1])):
        yield FoundValue(ranked[0][0], "subject of the text", *ranked[0][1][0].span("name"))


@cache
def speaker_and_verb() -> re.Pattern[str]:
    """A capitalised name before one of the verbs for what bodies do in their own documents."""
    verbs = "|".join(map(re.escape, body_words("speaking_verbs")))
    word = r"[A-Z\d][\w&’'-]*"
    return re.compile(
        rf"(?<![\w-])(?P<name>{word}(?: (?:(?:of|for|and|the|on|de|la) ){{0,2}}{word}){{0,7}}) (?P<verb>{verbs})\b"
    )


def addressee(text: str) -> Iterator[FoundValue]:
    """The known body whose postal address ends a text: `Acme Agency, 12 Quay Street, Harwick HW1 2AB`."""
    offset = max(len(text) - IMPRINT_LENGTH // 4, 0)
    for match in re.finditer(r"^[A-ZÀ-Þ][^\n]{8,160}\d[^\n]{0,20}$", text[offset:], re.MULTILINE):
        words = match[0].split()
        if re.search(r"(?: [a-z]+){3}", match[0]):
            continue  # a sentence
        for count in range(min(len(words), MASTHEAD_WORDS), 1, -1):
            if known := known_body(plain_quotes(" ".join(words[:count])).strip(",")):
                yield FoundValue(known, "address in the imprint", offset + match.start(), offset + match.end())


def named_in_file(path: str, text: str) -> Iterator[FoundValue]:
    """The body whose acronym is a word of the file's name; short acronyms in small letters only if the text has them.

    >>> [found.value for found in named_in_file("a/edpb_guidelines_2031.pdf", "")]
    ['European Data Protection Board']
    >>> list(named_in_file("who-pays.pdf", "Those who pay."))
    []
    """
    words = re.split(r"[\W_]+", PurePosixPath(path).stem)
    known = {body.acronym: body.name for body in bodies() if body.acronym}
    for word in words:
        name = known.get(word.upper())
        if name and (word.isupper() or len(word) >= LONG_ACRONYM or len(re.findall(rf"\b{word.upper()}\b", text)) > 1):
            yield FoundValue(name, "file name")


def is_coined(name: str, text: str) -> bool:
    """Whether a word is a company's name by its form (`37signals`, `OpenLedger`) and the text addresses its staff."""
    coined = re.fullmatch(r"\d+[a-z]{3,}\w*|[A-Z][a-z]+[A-Z]\w+|[a-z]+[A-Z]\w+", name) is not None
    return coined and re.search(r"\b(?:employees?|staff|our team|coworkers?)\b", text) is not None
