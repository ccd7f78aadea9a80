"""Which body issued a document, by the words of its masthead or its address on the web."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

# How a body names itself on a line of its own at the head of its documents, or in its enacting words.
MASTHEADS = (
    ("UN Human Rights Council", r"(?:the )?human rights council"),
    ("UN Security Council", r"(?:united nations )?(?:the )?security council"),
    ("UN Economic and Social Council", r"(?:united nations )?(?:the )?economic and social council"),
    (
        "UN General Assembly",
        r"(?:united nations )?(?:the )?general assembly|(?:resolution )?adopted by the general assembly.*",
    ),
    ("Council of Europe", r"council of europe(?: treaty series)?|(?:the )?committee of ministers|conseil de l.europe"),
    (
        "European Union",
        r"(?:the )?european parliament and (?:of )?the council(?: of the european union)?|official journal"
        r" of the european union|(?:the )?council of the european union|(?:the )?european union",
    ),
    ("European Commission", r"(?:the )?european commission|commission europ[eé]enne"),
    ("European Parliament", r"(?:the )?european parliament"),
    ("OECD", r"oecd(?: legal instruments)?|(?:the )?organi[sz]ation for economic co-?operation and development"),
    ("UNESCO", r"unesco|(?:the )?united nations educational, scientific and cultural organi[sz]ation"),
    ("WHO", r"(?:the )?world health organi[sz]ation"),
    ("ITU", r"(?:the )?international telecommunication union"),
    ("World Bank", r"(?:the )?world bank(?: group)?"),
    ("NIST", r"national institute of standards and technology|u\.?s\.? department of commerce.*national institute.*"),
    ("US Office of Management and Budget", r"(?:executive office of the president\W+)?office of management and budget"),
    ("The White House", r"(?:the )?white house(?:,? washington.*)?|(?:executive )?office of the president"),
    ("African Union", r"african union(?: commission)?|union africaine"),
    ("ASEAN", r"asean|(?:the )?association of southeast asian nations"),
    ("G7", r"(?:we, )?(?:the )?(?:leaders of the )?(?:g7|group of seven)(?: \w+){0,3}|g7 \w+ leaders.{0,30}"),
    ("G20", r"(?:we, )?(?:the )?(?:leaders of the )?(?:g20|group of twenty)(?: \w+){0,3}|g20 \w+ leaders.{0,30}"),
    ("BRICS", r"(?:we, )?(?:the )?(?:leaders of )?(?:the )?brics(?: \w+){0,3}|b ?r ?i ?c ?s leaders.{0,30}"),
    ("United Nations", r"united nations|nations unies|naciones unidas"),
    ("Verkhovna Rada of Ukraine", r"верховна рада україни|закон україни"),
    ("Cabinet of Ministers of Ukraine", r"кабінет міністрів україни"),
    ("President of Ukraine", r"президент україни|указ президента україни"),
)
# A ministry is named as it names itself.
MINISTRY = re.compile(
    r"(?:[A-Z][\w.]+ )?(?:ministry|department|secretariat|federal ministry|minist[eè]re|ministerio|bundesministerium"
    r"|міністерство)\b[^.:;]{3,90}",
    re.IGNORECASE,
)
# Bodies with whose name their own documents begin, wherever they are published.
NAMED = re.compile(
    r"(?:the |(?:joint )?(?:statement|declaration|communiqu[eé]) (?:of|by) (?:the )?)?"
    r"(G7|G20|BRICS|ASEAN|African Union|OECD|UNESCO|NIST)(?:['’]s?)? (?!summit\b)",
    re.IGNORECASE,
)
DOMAINS = (
    ("whitehouse.gov", "The White House"),
    ("bidenwhitehouse.archives.gov", "The White House"),
    ("obamawhitehouse.archives.gov", "The White House"),
    ("trumpwhitehouse.archives.gov", "The White House"),
    ("nist.gov", "NIST"),
    ("oecd.org", "OECD"),
    ("oecd.ai", "OECD"),
    ("coe.int", "Council of Europe"),
    ("eur-lex.europa.eu", "European Union"),
    ("unesco.org", "UNESCO"),
    ("au.int", "African Union"),
    ("asean.org", "ASEAN"),
)
LINE_WORDS = 14  # of a masthead at most


def masthead_issuer(lines: Iterable[str]) -> str | None:
    """The body that names itself on a line of its own; the first such line decides.

    >>> masthead_issuer(["Distr.: General", "United Nations General Assembly", "Seventy-ninth session"])
    'UN General Assembly'
    >>> masthead_issuer(["The United Nations Security Council met to discuss artificial intelligence."])
    """
    return next((body for line in lines if (body := body_of(line))), None)


def body_of(line: str) -> str | None:
    """The body that a line names and nothing else, save a series, a number, a session or a date.

    >>> body_of("Council of Europe Treaty Series - No. 225"), body_of("THE SECURITY COUNCIL,")
    ('Council of Europe', 'UN Security Council')
    >>> body_of("Ministry of Digital Affairs of Ruritania")
    'Ministry of Digital Affairs of Ruritania'
    """
    line = " ".join(line.split()).strip(" ,.:|*#")
    if not line or len(line.split()) > LINE_WORDS:
        return None
    bare = re.sub(r"(?: ?[-–—|] ?(?:No\.? ?)?\d.*| Distr\..*| [A-Z]+/[\w/.()-]+| EN .{0,20}series)$", "", line)
    if found := next((body for body, words in MASTHEADS if re.fullmatch(words, bare, re.IGNORECASE)), None):
        return found
    return line if MINISTRY.fullmatch(line) and line[:1].isupper() else None


def title_issuer(title: str) -> str | None:
    """The body whose name a title begins with.

    >>> title_issuer("G7 Leaders’ Statement on AI"), title_issuer("Remarks on the G7 Leaders’ Statement")
    ('G7', None)
    """
    match = NAMED.match(title)
    return next((body for body, _ in MASTHEADS if match and body.lower() == match[1].lower()), None)


def site_issuer(url: str | None) -> str | None:
    """The body on whose site a document stands.

    >>> site_issuer("https://www.whitehouse.gov/articles/a"), site_issuer("https://example.org/whitehouse.gov")
    ('The White House', None)
    """
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None  # no address at all
    return next((body for domain, body in DOMAINS if host == domain or host.endswith(f".{domain}")), None)
