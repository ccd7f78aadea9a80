"""UTF-8 that was once read as Latin-1 or Windows-1252 and saved again: `â€“` where a dash stood. Knows no formats."""

import re

# How Windows-1252 shows the bytes 80 to BF, which continue a letter in UTF-8; Latin-1 has control signs for the first.
SHOWN = {chr(byte): byte for byte in range(0x80, 0xC0)} | {
    bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
NEXT = f"[{''.join(map(re.escape, SHOWN))}]"
BROKEN = re.compile(f"[Â-ß]{NEXT}|[à-ï]{NEXT}{NEXT}|[ð-ô]{NEXT}{NEXT}{NEXT}")
SURE = re.compile(f"[Â-ô][\x80-\x9f]|â€{NEXT}|[ÐÑ]{NEXT}[ÐÑ]{NEXT}[ÐÑ]{NEXT}")


def mended(text: str) -> str:
    """Text with letters that were encoded twice made whole, where signs show beyond doubt that some were.

    >>> mended("1986â€“1990, for Â£5"), mended("Â« château Â»")
    ('1986–1990, for £5', 'Â« château Â»')
    """
    return BROKEN.sub(mend, text) if SURE.search(text) else text


def mend(match: re.Match[str]) -> str:
    """The letter that a run of signs stands for, or the run itself."""
    run = match.group()
    try:
        return bytes([ord(run[0]), *(SHOWN[sign] for sign in run[1:])]).decode("utf-8")
    except UnicodeDecodeError:
        return run
