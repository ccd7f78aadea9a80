"""Bytes -> text: by byte-order mark, by validity as UTF-8, by the stated encoding, by character statistics."""

import codecs
import re
from collections import Counter
from contextlib import suppress

from pincite.ingest.document import INVISIBLE
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.encoding.cyrillic import cyrillic_encoding
from pincite.ingest.readers.encoding.mojibake import repair_mojibake
from pincite.ingest.readers.encoding.western import is_western

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
                    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip
# Seven-bit encodings, which are valid UTF-8 too: these escape sequences switch to another character set.
ESCAPE_SEQUENCES = ((b"\x1b$B", "iso2022_jp_2"), (b"\x1b$@", "iso2022_jp_2"), (b"\x1b$)C", "iso2022_kr"))
ESCAPE_WINDOW = 100_000  # bytes searched for them
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # absent from text, frequent in UTF-16 read as UTF-8
VALID_TO_INVALID = 2  # ratio of UTF-8 characters to invalid bytes above which a text is taken for damaged UTF-8
STRAY_SHARE = 0.05  # of a text may be control characters
PLAIN = re.compile(r"[\s\w!-/:-@\[-`{-~‐-⁞«»№§]")
PLAIN_SHARE = 0.95
WEB_ENCODING = re.compile(r"(?:utf-8|cp|iso8859|koi8|mac|gb|big5|shift_jis|euc|tis|hz)[\w-]*")  # not `hex` nor `idna`
SOFT_BREAK = re.compile(r"\u00ad[ \t]*\n[ \t]*(?=\w)")


def decode(data: bytes, stated: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Text of a file with `\\n` line ends, and warnings where its encoding was guessed or repaired.

    `stated` is the encoding that the file itself names. Raises RejectedFile for bytes that are not text.

    >>> decode("Café".encode("utf-16"))
    ('Café', ())
    """
    text, warnings = decode_unrepaired(data, stated)
    repaired = repair_mojibake(text)
    if repaired == text:
        return normalised(text), warnings
    warning = "characters that had been encoded twice were repaired; compare with the original"
    return normalised(repaired), (*warnings, warning)


def decode_unrepaired(data: bytes, stated: str | None) -> tuple[str, tuple[str, ...]]:
    """Text of a file exactly as encoded, and a warning where its encoding was guessed."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ()
    seven_bit = next((encoding for escape, encoding in ESCAPE_SEQUENCES if escape in data[:ESCAPE_WINDOW]), None)
    if seven_bit:
        return data.decode(seven_bit, errors="replace"), ()
    with suppress(UnicodeDecodeError):
        text = data.decode("utf-8")
        if len(CONTROL.findall(text)) <= STRAY_SHARE * len(text):
            return text, ()
    lossy = data.decode("utf-8", errors="replace")
    invalid, valid = lossy.count("\ufffd"), sum(character > "\x7f" for character in lossy)
    if valid > invalid * (1 + VALID_TO_INVALID):
        return lossy, ("some bytes are not valid UTF-8 and are shown as \ufffd",)
    known = known_encoding(stated) if stated else None
    return (data.decode(known, errors="replace"), ()) if known else guess_encoding(data)


def known_encoding(name: str) -> str | None:
    """Python's name of an encoding, None if unknown; Latin-1 means Windows-1252, as in every browser.

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
    """Text in an unstated encoding: UTF-16 if that makes sense, else by the statistics of its letters."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, errors="replace")
        if len(PLAIN.findall(text)) >= PLAIN_SHARE * len(text) and is_one_script(text):
            return text, (f"encoding not stated, read as {encoding}",)
    likely = cyrillic_encoding(data) or ("cp1252" if is_western(data) else None)
    if likely and len(CONTROL.findall(data.decode("latin-1"))) <= STRAY_SHARE * len(data):
        return data.decode(likely, errors="replace"), (f"encoding not stated, read as {likely}",)
    from charset_normalizer import from_bytes  # noqa: PLC0415  slow to load, and needed for very few files

    best = from_bytes(data).best()
    if best is None or len(CONTROL.findall(str(best))) > STRAY_SHARE * len(str(best)):
        raise RejectedFile("it contains binary data, not text; convert it to PDF, DOCX, HTML, Markdown or UTF-8 text")
    return str(best), (f"encoding not stated, read as {best.encoding}",)


def is_one_script(text: str) -> bool:
    """Whether nearly all letters fall in two blocks of 256: pairs of bytes of another encoding scatter over many."""
    blocks = Counter(ord(letter) >> 8 for letter in text if letter.isalpha())
    return bool(blocks) and sum(count for _, count in blocks.most_common(2)) >= PLAIN_SHARE * blocks.total()


def normalised(text: str) -> str:
    """Text with `\\n` line ends and without invisible characters; a line that ends in a soft hyphen joins the next.

    >>> normalised("inter\\u00ad\\r\\nnational regu\\u00adlation\\r\\n")
    'international regulation\\n'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", SOFT_BREAK.sub("", text)).translate(INVISIBLE)
