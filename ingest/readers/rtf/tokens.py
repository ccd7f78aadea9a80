"""RTF -> tokens: control words, bytes, braces; pictures and other binary data passed over. Knows no documents.

Rich Text Format specification 1.9.1, "Conventions of an RTF reader".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n\0]+)"
)
# Groups of which nothing stands on the page, by the control word that they begin with.
UNREAD = frozenset(
    b"colortbl pict object objdata nonshppict shp header headerl headerr headerf footer footerl footerr "
    b"footerf listtable listoverridetable themedata colorschememapping datastore xe tc txe rxe fldinst "
    b"revtbl rsidtbl generator annotation atnid atnauthor atndate atnref atnicn atnparent atrfstart "
    b"atrfend bkmkstart bkmkend filetbl template pgdsctbl latentstyles xmlnstbl wgrffmtfilter mmathPr do "
    b"background falt panose pnseclvl ftnsep ftnsepc aftnsep aftnsepc ftncn aftncn private passwordhash "
    b"docvar userprops password protusertbl".split()
)
KNOWN = frozenset(b"footnote shptxt shpinst".split())  # that are read although `\*` says that they need not be
OPENS = re.compile(rb"\s*(?P<optional>\\\*)?\s*\\(?P<word>[a-zA-Z]{1,32})")
BRACES = re.compile(rb"\\bin(?P<size>\d{1,9}) ?|\\[\\{}]|(?P<brace>[{}])")


class Token(NamedTuple):
    """A piece of RTF: `kind` is `word`, `hex`, `sign`, `brace` or `text`; `number` that of a control word."""

    kind: str
    value: bytes
    number: int | None = None


def tokens(data: bytes) -> Iterator[Token]:
    """Tokens in order, without those of groups that are not read."""
    place = 0
    while match := TOKEN.search(data, place):
        place = match.end()
        kind = match.lastgroup or "text"
        if match["word"]:
            number = int(match["number"]) if match["number"] else None
            place += (number or 0) if match["word"] == b"bin" else 0
            yield Token("word", match["word"], number)
        elif match["brace"] == b"{" and is_unread(data, place):
            place = end_of_group(data, place)
        else:
            yield Token(kind, match[kind])


def is_unread(data: bytes, place: int) -> bool:
    """Whether the group that begins at a place is one of which nothing is shown."""
    match = OPENS.match(data, place, place + 80)
    return match is not None and (match["word"] in UNREAD or (bool(match["optional"]) and match["word"] not in KNOWN))


def end_of_group(data: bytes, place: int) -> int:
    """The place behind the brace that closes the group in which a place lies.

    >>> end_of_group(b"{a {b} c} d", 1)
    9
    """
    depth = 1
    while depth and (match := BRACES.search(data, place)):
        place = match.end() + int(match["size"] or 0)
        depth += {b"{": 1, b"}": -1}.get(match["brace"], 0)
    return place if not depth else len(data)
