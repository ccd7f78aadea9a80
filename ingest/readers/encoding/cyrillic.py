"""Which single-byte encoding a Cyrillic text is in, by the letters most frequent in Slavic languages.

General statistics mistake a few words of KOI8-U for Japanese.
"""

import re

ENCODINGS = ("cp1251", "koi8_u", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")
FREQUENT = frozenset("оаиеінтсрвлку")  # about three quarters of the letters of a text in Ukrainian or Russian
FREQUENT_SHARE = 0.5
LETTER_SHARE = 0.9  # of the characters beyond ASCII; the others are dashes and quotation marks
MIXED_SHARE = 0.02  # of letters may be capitals after small ones or adjoin Latin ones: a wrong encoding has many
FEWEST_LETTERS = 8
SAMPLE = 20_000  # bytes
MIXED = re.compile("[а-яіїєґ][А-ЯІЇЄҐ]|[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]")


def cyrillic_encoding(data: bytes) -> str | None:
    """The encoding in which bytes are Cyrillic text, None if they are not.

    >>> cyrillic_encoding("Резолюція про безпеку".encode("koi8_u")), cyrillic_encoding("Décidé à été".encode("cp1252"))
    ('koi8_u', None)
    """
    scores = {encoding: frequent_share(data[:SAMPLE].decode(encoding, errors="replace")) for encoding in ENCODINGS}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] >= FREQUENT_SHARE else None


def frequent_share(text: str) -> float:
    """Share of frequent letters among the characters beyond ASCII; 0 if the text is not Cyrillic."""
    beyond_ascii = [character for character in text if character > "\x7f"]
    letters = [character for character in beyond_ascii if "Ѐ" <= character <= "ӿ"]
    if len(letters) < max(FEWEST_LETTERS, LETTER_SHARE * len(beyond_ascii)):
        return 0.0
    if len(MIXED.findall(text)) > MIXED_SHARE * len(letters):
        return 0.0
    return sum(letter.lower() in FREQUENT for letter in letters) / len(beyond_ascii)
