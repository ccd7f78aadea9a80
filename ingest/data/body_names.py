"""Which lines name a body: known ones by masthead or name, others by the form of their words."""

import re
from functools import cache, lru_cache

from pincite.ingest.data.bodies import Body, bodies, body_words

# What follows a body's name in a masthead: a series, a number, a session or a date.
AFTER_NAME = re.compile(
    r"(?: ?[-–—|] ?(?:No\.? ?)?\d.*| Distr\..*| [A-Z]+/[\w/.()-]+| EN .{0,20}series| By-?law (?:#|No).*)$"
)
MASTHEAD_WORDS = 14  # at most
GENERAL_WORDS = 12  # at most, in a name that only its form shows to be a body's
SMALL_WORDS = frozenset(
    "of the and for in on to de la le les du des et del y los las el da do der die das und für".split()
)


@cache
def mastheads() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Bodies with the pattern of their mastheads, in the order in which they are tried."""
    return tuple((body.name, re.compile("|".join(masthead_patterns(body)), re.IGNORECASE)) for body in bodies())


def masthead_patterns(body: Body) -> list[str]:
    """The patterns of a body's masthead: those stated, and its names."""
    names = [body.name, *body.other_names, *([body.acronym] if len(body.acronym or "") > 2 else [])]  # noqa: PLR2004  `US`, `UN` are adjectives
    return [*body.masthead, *(f"(?:the )?{re.escape(plain_quotes(name))}" for name in names if name)]


@cache
def ministry() -> re.Pattern[str]:
    """The masthead of a ministry."""
    words = "|".join(body_words("ministries"))
    return re.compile(rf"(?:[A-Z][\w.]+ )?(?:{words})\b[^.:;]{{3,90}}", re.IGNORECASE)


@cache
def general_name() -> re.Pattern[str]:
    """The name of a body that is known by its form alone."""
    openings, endings = "|".join(body_words("name_openings")), "|".join(body_words("name_endings"))
    return re.compile(
        rf"(?:the )?(?:(?:{openings})[^.:;()?!]{{2,90}}|(?:[\w’'&,-]+ ){{1,10}}(?:{endings})(?: of [\w ]{{3,30}})?)",
        re.IGNORECASE,
    )


def plain_quotes(text: str) -> str:
    """A text with straight apostrophes.

    >>> plain_quotes("Conseil d’État")
    "Conseil d'État"
    """
    return text.replace("’", "'")


def body_of(line: str) -> str | None:
    """The known body, or the ministry, named by a masthead; None for a line that says anything else.

    >>> body_of("Council of Europe Treaty Series - No. 225"), body_of("THE SECURITY COUNCIL,")
    ('Council of Europe', 'UN Security Council')
    >>> body_of("Ministry of Digital Affairs of Ruritania"), body_of("The European Data Protection Board")
    ('Ministry of Digital Affairs of Ruritania', 'European Data Protection Board')
    """
    line = " ".join(line.split()).strip(" ,.:|*#")
    if not line or len(line.split()) > MASTHEAD_WORDS:
        return None
    bare = plain_quotes(AFTER_NAME.sub("", line))
    if found := known_body(bare):
        return found
    return proper_case(line) if ministry().fullmatch(line) and line[:1].isupper() and is_name(line) else None


@lru_cache(maxsize=4096)
def known_body(name: str) -> str | None:
    """The body of a masthead without its additions."""
    return next((known for known, masthead in mastheads() if masthead.fullmatch(name)), None)


def general_body(line: str) -> str | None:
    """The body that a line names by the form of its words: `Town of Oakville`, `Oakville City Council`.

    >>> general_body("THE CORPORATION OF THE TOWN OF OAKVILLE"), general_body("Ayuntamiento de Sevilla")
    ('The Corporation of the Town of Oakville', 'Ayuntamiento de Sevilla')
    >>> general_body("Report of the Water Commission"), general_body("Duties of the board")
    (None, None)
    """
    line = AFTER_NAME.sub("", " ".join(line.split()).strip(" ,.:|*#"))
    first = re.split(r"\W", line.casefold().removeprefix("the "), maxsplit=1)[0]
    if (
        not line[:1].isupper()
        or len(line.split()) > GENERAL_WORDS
        or first in SMALL_WORDS.union(body_words("not_in_names"))
    ):
        return None
    if len(line.split()) < 2 + line.casefold().startswith("the "):
        return None
    return proper_case(line) if general_name().fullmatch(plain_quotes(line)) and is_name(line) else None


def is_name(line: str) -> bool:
    """Whether all words but small ones are capitalised, as they are in a name; languages but English capitalise fewer.

    >>> is_name("Ministry of Health"), is_name("Department policy on leave"), is_name("Ministerio de sanidad")
    (True, False, True)
    """
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", line) if word.casefold() not in SMALL_WORDS]
    is_english = re.search(r"\b(?:of|the|and|for)\b|^\w+ (?:policy|plan)\b", line, re.IGNORECASE)
    return bool(words) and (words[0][0].isupper() if not is_english else all(word[0].isupper() for word in words))


def proper_case(name: str) -> str:
    """A name in capitals as it is otherwise written.

    >>> proper_case("THE CORPORATION OF THE TOWN OF OAKVILLE"), proper_case("Town of Oakville")
    ('The Corporation of the Town of Oakville', 'Town of Oakville')
    """
    if not name.isupper() or len(name.split()) == 1:
        return name
    words = name.split()
    return " ".join(
        word.lower() if number and word.casefold() in SMALL_WORDS else word.capitalize()
        for number, word in enumerate(words)
    )
