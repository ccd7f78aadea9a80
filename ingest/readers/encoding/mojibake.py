"""Repairs mojibake: UTF-8 that was once decoded as a single-byte encoding and saved again (`â€“` for a dash).

ftfy does most of the work. On its own it also alters sound text, such as a Portuguese quotation that ends in a capital
(`MANHÃ”`), so it is used only if the whole text decodes once more, or if sequences that no language uses prove the
damage.
"""

import re
from contextlib import suppress

from ftfy import ExplanationStep, TextFixerConfig, fix_encoding_and_explain

CONTINUATION = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"  # bytes 80 to BF as Latin-1 or Windows-1252 decodes them
SEQUENCE = re.compile(f"[Â-ß]{CONTINUATION}|[à-ï]{CONTINUATION}{{2}}|[ð-ô]{CONTINUATION}{{3}}")
PROOF = re.compile(f"[Â-ô][\x80-\x9f]|â€{CONTINUATION}|(?:[ÐÑ]{CONTINUATION}){{3}}")
FEWEST_CHARACTERS = 3  # beyond ASCII in a text that is repaired without other proof
CAUTIOUS = TextFixerConfig(
    decode_inconsistent_utf8=False,
    restore_byte_a0=False,
    replace_lossy_sequences=False,
    fix_c1_controls=False,
)
NOT_UTF_8 = ExplanationStep("decode", "windows-1252")  # ftfy's reading of C1 controls, which repairs no UTF-8
THOROUGH = CAUTIOUS._replace(decode_inconsistent_utf8=True, restore_byte_a0=True)


def repair_mojibake(text: str) -> str:
    """Text with double-encoded characters restored; text without proof of double encoding is unchanged.

    >>> repair_mojibake("1986â€“1990, for Â£5"), repair_mojibake("fÃ¼r Â£5 oder Ã©"), repair_mojibake("Â« château Â»")
    ('1986–1990, for £5', 'für £5 oder é', 'Â« château Â»')
    """
    if text.isascii():
        return text
    proven = PROOF.search(text) is not None
    whole = decode_by_ftfy(text, CAUTIOUS)
    if whole != text and (proven or sum(character > "\x7f" for character in whole) >= FEWEST_CHARACTERS):
        return whole
    return "\n".join(map(repair_line, text.split("\n"))) if proven else text


def repair_line(line: str) -> str:
    """A line of a partly damaged text: repaired by ftfy, then the sequences that ftfy leaves are decoded one by one."""
    return line if line.isascii() else SEQUENCE.sub(decode_again, decode_by_ftfy(line, THOROUGH))


def decode_by_ftfy(text: str, config: TextFixerConfig) -> str:
    """Text as repaired by ftfy, unchanged if the repair is not a decoding of UTF-8."""
    result = fix_encoding_and_explain(text, config)
    return text if NOT_UTF_8 in (result.explanation or ()) else result.text


def decode_again(match: re.Match[str]) -> str:
    """The character that a sequence encodes in UTF-8, or the sequence itself."""
    for encoding in ("sloppy-windows-1252", "latin-1"):  # the first is registered by ftfy
        with suppress(UnicodeError):
            return match[0].encode(encoding).decode()
    return match[0]
