"""RTF -> tokens: control words, bytes and braces, without pictures and other binary data.

Rich Text Format specification 1.9.1, "Conventions of an RTF reader".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n\0]+)"
)
# Groups that are not displayed, by their first control word.
SKIPPED = frozenset(
    b"colortbl pict object objdata nonshppict shp header headerl headerr headerf footer footerl footerr "
    b"footerf listtable listoverridetable themedata colorschememapping datastore xe tc txe rxe fldinst "
    b"revtbl rsidtbl generator annotation atnid atnauthor atndate atnref atnicn atnparent atrfstart "
    b"atrfend bkmkstart bkmkend filetbl template pgdsctbl latentstyles xmlnstbl wgrffmtfilter mmathPr do "
    b"background falt panose pnseclvl ftnsep ftnsepc aftnsep aftnsepc ftncn aftncn private passwordhash "
    b"docvar userprops password protusertbl".split()
)
READ_THOUGH_OPTIONAL = frozenset(b"footnote shptxt shpinst".split())  # read although `\*` marks them as optional
OPENS = re.compile(rb"\s*(?P<optional>\\\*)?\s*\\(?P<word>[a-zA-Z]{1,32})")
BRACES = re.compile(rb"\\bin(?P<size>\d{1,9}) ?|\\[\\{}]|(?P<brace>[{}])")


class RtfToken(NamedTuple):
    """A piece of RTF: `kind` is `word`, `hex`, `symbol`, `brace` or `text`; `number` is the parameter of a word."""

    kind: str
    value: bytes
    number: int | None = None


def tokens(data: bytes) -> Iterator[RtfToken]:
    """Tokens in order, without those of groups that are skipped."""
    offset = 0
    while match := TOKEN.search(data, offset):
        offset = match.end()
        kind = match.lastgroup or "text"
        if match["word"]:
            number = int(match["number"]) if match["number"] else None
            offset += (number or 0) if match["word"] == b"bin" else 0
            yield RtfToken("word", match["word"], number)
        elif match["brace"] == b"{" and is_skipped(data, offset):
            offset = end_of_group(data, offset)
        else:
            yield RtfToken(kind, match[kind])


def is_skipped(data: bytes, offset: int) -> bool:
    """Whether the group whose content begins at an offset is not displayed."""
    match = OPENS.match(data, offset, offset + 80)
    return match is not None and (
        match["word"] in SKIPPED or (bool(match["optional"]) and match["word"] not in READ_THOUGH_OPTIONAL)
    )


def end_of_group(data: bytes, offset: int) -> int:
    """The offset after the brace that closes the group around an offset.

    >>> end_of_group(b"{a {b} c} d", 1)
    9
    """
    depth = 1
    while depth and (match := BRACES.search(data, offset)):
        offset = match.end() + int(match["size"] or 0)
        depth += {b"{": 1, b"}": -1}.get(match["brace"], 0)
    return offset if not depth else len(data)
