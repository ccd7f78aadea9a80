"""Splits policy prose into sentences, as offsets."""

import re

from pincite.ingest.data.months import month_abbreviations, month_numbers
from pincite.ingest.data.stop_words import stop_words

# A full stop after one of these does not end a sentence.
LANGUAGES = ("en", "fr", "es", "de", "uk")
ABBREVIATIONS = stop_words(LANGUAGES, ("abbreviations",)) | (month_abbreviations().keys() - month_numbers().keys())
DAY = re.compile(r"(?:[1-9]|[12]\d|3[01])")  # before a month: `am 31. Dezember`
SENTENCE_END = re.compile(
    r"[.!?…]+[\"'”’»)\]]*(?:\[\w{1,5}\])*(?=\s)"  # footnote marks follow the full stop
    r"|[。！？]+[」』”]*|[;:](?=\s*\n)|\n\n+|(?<=\.)\n"
)
LOOK_AHEAD = 50  # characters within which the next sentence begins
INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")  # `J`, `E.U`, when in capitals
LAST_WORD = re.compile(r"[\w.]+$")
LONGEST_WORD = 64  # characters looked back for an abbreviation, since a sentence may be long


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of a text, without surrounding white space.

    >>> text = "See para. 4 of A/RES/78/265. It was adopted on 21 March 2024."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['See para. 4 of A/RES/78/265.', 'It was adopted on 21 March 2024.']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in SENTENCE_END.finditer(text):
        if ends_sentence(text, start, match):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    return [stripped for span in spans if (stripped := strip_span(text, *span))]


def ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a punctuation mark ends the sentence that began at `start`."""
    following = text[match.end() : match.end() + LOOK_AHEAD].lstrip()
    if match.group()[0] in ".!?…" and following[:1].islower():
        return False
    if not match.group().startswith("."):
        return True
    last = LAST_WORD.search(text, max(start, match.start() - LONGEST_WORD), match.start())
    word = last.group().rstrip(".") if last else ""
    enumerator = text[start : match.start()].strip()
    initials = word.isupper() and INITIALS.fullmatch(word) is not None
    day = DAY.fullmatch(word) is not None and next_word(following) in month_numbers()
    return not (word.lower() in ABBREVIATIONS or initials or day or is_enumerator(enumerator))


def next_word(text: str) -> str:
    """The first word of a text, in lower case.

    >>> next_word("Dezember 2030, und"), next_word("")
    ('dezember', '')
    """
    return text.split(maxsplit=1)[0].strip(".,;:").lower() if text.strip() else ""


def is_enumerator(text: str) -> bool:
    """Whether a text is the number of a paragraph: `12`, `IV`, `2.1`.

    >>> is_enumerator("2.1"), is_enumerator("IV"), is_enumerator("Members")
    (True, True, False)
    """
    return bool(re.fullmatch(r"[\d.]{1,8}|[IVXLC]{1,6}|[A-Za-z]", text))


def strip_span(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A span without white space at its ends, None if it is blank."""
    stripped = text[start:end]
    start += len(stripped) - len(stripped.lstrip())
    end -= len(stripped) - len(stripped.rstrip())
    return (start, end) if start < end else None
