"""Which of the Cyrillic encodings of one byte a text is in, by the letters that Slavic languages use most.

General statistics take a few words of KOI8-U for Japanese. Knows nothing about other scripts.
"""

import re

ENCODINGS = ("cp1251", "koi8_u", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")
FREQUENT = frozenset("оаиеінтсрвлку")  # about three quarters of the letters of a text in Ukrainian or Russian
FREQUENT_SHARE = 0.5
LETTER_SHARE = 0.9  # of the signs beyond ASCII; the others are dashes and quotes
MIXED_SHARE = 0.02  # of letters that may be capitals behind small ones, or beside Latin ones: as in a wrong encoding
FEWEST_LETTERS = 8
SAMPLE = 20_000  # bytes
MIXED = re.compile("[а-яіїєґ][А-ЯІЇЄҐ]|[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]")


def cyrillic_encoding(data: bytes) -> str | None:
    """The encoding in which bytes are a text in Cyrillic letters, None where they are none.

    >>> cyrillic_encoding("Резолюція про безпеку".encode("koi8_u")), cyrillic_encoding("Décidé à été".encode("cp1252"))
    ('koi8_u', None)
    """
    scores = {encoding: frequent_share(data[:SAMPLE].decode(encoding, errors="replace")) for encoding in ENCODINGS}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] >= FREQUENT_SHARE else None


def frequent_share(text: str) -> float:
    """The share of frequent letters among the signs beyond ASCII; 0 for what is no Cyrillic text."""
    beyond = [sign for sign in text if sign > "\x7f"]
    letters = [sign for sign in beyond if "Ѐ" <= sign <= "ӿ"]
    if len(letters) < max(FEWEST_LETTERS, LETTER_SHARE * len(beyond)):
        return 0.0
    if len(MIXED.findall(text)) > MIXED_SHARE * len(letters):
        return 0.0
    return sum(letter.lower() in FREQUENT for letter in letters) / len(beyond)
