"""Preambles: unnumbered preambular paragraphs, cited by their position and the words that they open with."""

import re

from pincite.ingest.data.number_words import number_words
from pincite.ingest.document import Part

FALLBACK_WORDS = 3  # of a paragraph that opens in no usual way
INTENSIFIER = r"(?:deep|great|grave|serious|utmost|profound|keen|particular|warm|sincere)"
OPENING = re.compile(
    r"(?:(?:\w+ly|further|also|having|being|bearing) )*"
    r"(?:\w+ing|\w+ed|\w+ant|\w+[ai]ndo|\w+iendo"
    r"|aware|mindful|conscious|cognizant|desirous|anxious|resolute|proud|faithful|in view of)\b"
    r"(?: (?:in mind|into account|into consideration|regard|note|account|satisfaction|appreciation|that end))?"
    rf"(?: with (?:{INTENSIFIER} )?(?:appreciation|concern|satisfaction|interest|regret|approval|gratitude|alarm))?"
    r"(?: (?:also|further|once again|again|in particular|moreover|in this regard))?",
    re.IGNORECASE,
)
ENACTING_BODY = re.compile(r"(?:the|les?|la|el|los) [^.;:]{3,160}?,(?=$|[A-Z])", re.IGNORECASE)
ENACTING_FORMULA = re.compile(
    r"(?:have|has) (?:agreed|adopted|decided)\b.{0,60}|hereby (?:agree|adopt|declare|decide)s?\b.{0,40}"
    r"|agree as follows:?|on the proposal of .{0,80}:",
    re.IGNORECASE,
)
CLOSING_FORMULA = re.compile(
    r"(?:done|signed|adopted) (?:at|in) [A-ZÀ-Ž][^.]{2,60}(?:,? (?:this|on|the|\d)|,$)|in witness whereof",
    re.IGNORECASE,
)


def opens_preamble(part: Part, following: Part | None) -> bool:
    """Whether a part names the enacting body and the next one opens like a preambular paragraph.

    >>> from pincite.ingest.document import BlockKind
    >>> body, recital = (Part(BlockKind.PARAGRAPH, words) for words in ("The Assembly,", "Recalling its decision,"))
    >>> opens_preamble(body, recital), opens_preamble(recital, body)
    (True, False)
    """
    text = part.text.strip()
    body = ENACTING_BODY.match(text)
    if body is None:
        return False
    if body.end() == len(text):
        return following is not None and opening_words(following.text) is not None
    return body[0].count(",") == 1 and opening_words(text[body.end() :]) is not None  # all in one block


def opening_words(text: str) -> str | None:
    """The words that a preambular paragraph opens with, None for other text.

    >>> opening_words("Taking note also of the report,"), opening_words("The report says")
    ('Taking note also', None)
    >>> opening_words("Noting with deep concern that")
    'Noting with deep concern'
    """
    found = OPENING.match(text)
    if not found or not text[:1].isupper():
        return None
    words = found.group()
    return words if not words.isupper() else words.capitalize()


def is_preambular(text: str) -> bool:
    """Whether a text inside a preamble is one of its paragraphs: by how it opens, or since it does not end a sentence.

    >>> is_preambular("In pursuit of the objective of the Convention,"), is_preambular("The Board met in May.")
    (True, False)
    """
    return opening_words(text) is not None or (text[:1].isupper() and text.rstrip().endswith((",", ";")))


def ordinal(number: int) -> str:
    """A number below 100 as an ordinal in words.

    >>> ordinal(5), ordinal(20), ordinal(32)
    ('fifth', 'twentieth', 'thirty-second')
    """
    words = number_words()
    if number < len(words.ordinal_ones):
        return words.ordinal_ones[number]
    tens, ones = divmod(number, 10)
    return f"{words.tens[tens - 2]}-{words.ordinal_ones[ones]}" if ones else words.ordinal_tens[tens - 2]


def preambular_pinpoint(number: int, text: str) -> str:
    """The pinpoint of a preambular paragraph.

    >>> preambular_pinpoint(5, "Taking note also of the report,")
    'preamble, fifth paragraph ("Taking note also")'
    """
    opening = opening_words(text) or " ".join(text.split()[:FALLBACK_WORDS]).rstrip(",;")
    return f'preamble, {ordinal(min(number, 99))} paragraph ("{opening}")'
