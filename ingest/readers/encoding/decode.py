"""Bytes -> text: by byte-order mark, by being valid UTF-8, by what is stated, by statistics. Knows no formats."""

import codecs
import re
from collections import Counter
from contextlib import suppress

from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.encoding.cyrillic import cyrillic_encoding
from pincite.ingest.readers.encoding.mojibake import mended
from pincite.ingest.readers.encoding.western import is_western

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
                    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip
# Encodings of 7 bits, valid as UTF-8 too: these signs shift to another set of letters.
SHIFTS = ((b"\x1b$B", "iso2022_jp_2"), (b"\x1b$@", "iso2022_jp_2"), (b"\x1b$)C", "iso2022_kr"))
SHIFT_WINDOW = 100_000
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # what no text holds, but text in UTF-16 read as UTF-8 does
SOUND_TO_BROKEN = 2  # signs of UTF-8 to bytes that are none, from which on a text is taken for damaged UTF-8
STRAY_SHARE = 0.05  # of control characters that a text may hold for no reason
PLAIN = re.compile(r"[\s\w!-/:-@\[-`{-~‐-⁞«»№§]")
PLAIN_SHARE = 0.95
WEB_ENCODING = re.compile(r"(?:utf-8|cp|iso8859|koi8|mac|gb|big5|shift_jis|euc|tis|hz)[\w-]*")  # not `hex` nor `idna`
SOFT_BREAK = re.compile(r"\u00ad[ \t]*\n[ \t]*(?=\w)")
# What a reader does not see and what parts words in search: soft hyphen, zero-width space, word joiner, stray mark.
INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")


def decode(data: bytes, stated: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Text of a file with `\\n` line ends, and warnings where its encoding had to be guessed or mended.

    `stated` is the name of an encoding that the file itself gives. Raises RejectedFile for bytes that are not text.

    >>> decode("Café".encode("utf-16"))
    ('Café', ())
    """
    text, warnings = decoded(data, stated)
    whole = mended(text)
    if whole == text:
        return readable(text), warnings
    return readable(whole), (*warnings, "letters that had been encoded twice were mended; compare with the original")


def decoded(data: bytes, stated: str | None) -> tuple[str, tuple[str, ...]]:
    """Text of a file as it stands, and a warning where its encoding had to be guessed."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ()
    shifted = next((encoding for sign, encoding in SHIFTS if sign in data[:SHIFT_WINDOW]), None)
    if shifted:
        return data.decode(shifted, errors="replace"), ()
    with suppress(UnicodeDecodeError):
        text = data.decode("utf-8")
        if len(CONTROL.findall(text)) <= STRAY_SHARE * len(text):
            return text, ()
    sound_text = data.decode("utf-8", errors="replace")
    broken, sound = sound_text.count("\ufffd"), sum(letter > "\x7f" for letter in sound_text)
    if sound > broken * (1 + SOUND_TO_BROKEN):
        return sound_text, ("some bytes are not valid UTF-8 and are shown as \ufffd",)
    known = known_encoding(stated) if stated else None
    return (data.decode(known, errors="replace"), ()) if known else guess_encoding(data)


def known_encoding(name: str) -> str | None:
    """Python's name of an encoding; Latin-1 stands for Windows-1252, as in every browser. None for an unknown name.

    https://encoding.spec.whatwg.org/#names-and-labels
    """
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        return None
    if encoding in {"iso8859-1", "ascii"}:
        return "cp1252"
    return encoding if WEB_ENCODING.fullmatch(encoding) else None


def guess_encoding(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text whose encoding nothing states: UTF-16 when it makes sense as that, else by the statistics of its letters."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, errors="replace")
        if len(PLAIN.findall(text)) >= PLAIN_SHARE * len(text) and is_one_script(text):
            return text, (f"encoding not stated, read as {encoding}",)
    likely = cyrillic_encoding(data) or ("cp1252" if is_western(data) else None)
    if likely and len(CONTROL.findall(data.decode("latin-1"))) <= STRAY_SHARE * len(data):
        return data.decode(likely, errors="replace"), (f"encoding not stated, read as {likely}",)
    from charset_normalizer import from_bytes  # noqa: PLC0415  takes long to load, and hardly a file needs it

    best = from_bytes(data).best()
    if best is None or len(CONTROL.findall(str(best))) > STRAY_SHARE * len(str(best)):
        raise RejectedFile("it holds binary data, not text; convert it to PDF, DOCX, HTML, Markdown or UTF-8 text")
    return str(best), (f"encoding not stated, read as {best.encoding}",)


def is_one_script(text: str) -> bool:
    """Whether nearly all letters stand in two blocks of 256: bytes of another encoding, paired, scatter over many."""
    blocks = Counter(ord(letter) >> 8 for letter in text if letter.isalpha())
    return bool(blocks) and sum(count for _, count in blocks.most_common(2)) >= PLAIN_SHARE * blocks.total()


def readable(text: str) -> str:
    """Text with one kind of line end and without signs that nobody sees; a soft hyphen also takes the line end.

    >>> readable("inter\\u00ad\\r\\nnational regu\\u00adlation\\r\\n")
    'international regulation\\n'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", SOFT_BREAK.sub("", text)).translate(INVISIBLE)
