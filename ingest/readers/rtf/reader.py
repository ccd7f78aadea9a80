"""Rich Text Format: paragraphs, headings by style or outline level, tables, footnotes. It has no fixed pages.

Rich Text Format specification 1.9.1. The file contains list numbers as displayed (`listtext`).
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from pincite.ingest.document import BlockKind, Part, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.encoding.decode import known_encoding
from pincite.ingest.readers.points import Row, table_or_points
from pincite.ingest.readers.rtf.tokens import RtfToken, tokens
from pincite.ingest.readers.superscripts import superscript_text
from pincite.ingest.readers.text.headings import with_headings
from pincite.ingest.readers.whitespace import collapse_lines

CHARSETS = {77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253",
            162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
            238: "cp1250"}  # fmt: skip
CHARACTERS = {b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
         b"bullet": "•", b"tab": "\t", b"line": "\n", b"emspace": " ", b"enspace": " ", b"qmspace": " ",
         b"nestcell": " "}  # fmt: skip
CONTROL_SYMBOLS = {b"~": " ", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n\n", b"\r": "\n\n"}
ENDS = frozenset({b"par", b"sect", b"page", b"nestrow"})
INFO = {b"title": "title"}
STRIKES = frozenset({b"strike", b"striked"})
BODY_LEVEL = 9  # outline level of text other than headings
DEEPEST = 1000  # nested groups; files from Word stay below 20


@dataclass(slots=True)
class GroupState:
    """Formatting state of a group."""

    destination: bytes = b""
    fallback_bytes: int = 1  # bytes after a Unicode character for readers without Unicode
    encoding: str = "cp1252"
    style: int = 0
    outline: int = BODY_LEVEL
    in_table: bool = False
    hidden: bool = False
    superscript: bool = False
    struck: bool = False


@dataclass(slots=True)
class RtfParser:
    """A document being read: fonts and styles by number, the current paragraph and table."""

    state: GroupState = field(default_factory=GroupState)
    outer: list[GroupState] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    styles: dict[int, tuple[str, int]] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    # Paragraphs interrupted by a note, a list number or a style, each with the depth of its groups.
    interrupted: list[tuple[int, list[str]]] = field(default_factory=list)
    bytes_read: bytearray = field(default_factory=bytearray)
    encoding: str = "cp1252"
    skipped: int = 0
    font: int = 0
    in_list: bool = False
    row: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    notes: list[Part] = field(default_factory=list)
    note_count: int = 0
    parts: list[Part] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)

    def process(self, token: RtfToken) -> None:
        """Process one token."""
        if token.kind == "hex":
            self.add_bytes(bytes.fromhex(token.value.decode()), 1)
        elif token.kind == "text":
            self.add_bytes(token.value, len(token.value))
        else:
            self.flush_bytes()
            if token.kind == "brace":
                self.open() if token.value == b"{" else self.close()
            elif token.kind == "symbol":
                self.add(CONTROL_SYMBOLS.get(token.value, ""))
            else:
                self.control(token.value, token.number)

    def open(self) -> None:
        """Begin a group: changes inside it end with it."""
        if len(self.outer) >= DEEPEST:
            raise RejectedFile("its groups are nested too deeply; open it in Word or LibreOffice and save it as .docx")
        self.outer.append(self.state)
        self.state = replace(self.state)

    def close(self) -> None:
        """End a group, and store its text if it is a note, a style, a list number or a property."""
        if self.interrupted and self.interrupted[-1][0] == len(self.outer):
            words, destination = tidy("".join(self.pieces)), self.state.destination
            self.pieces = self.interrupted.pop()[1]
            self.finish(destination, words)
        if self.outer:
            self.state = self.outer.pop()

    def finish(self, destination: bytes, words: str) -> None:
        """Store the text of a destination group that has ended."""
        if destination == b"footnote" and words:
            marker = f"[{self.note_count}] " if self.note_count and not words.startswith("[") else ""
            self.notes.append(Part(BlockKind.FOOTNOTE, " ".join((marker + words).split())))
        elif destination in {b"listtext", b"pntext"}:
            self.in_list = True
            if any(character.isalnum() for character in words):
                self.pieces.append(words + " ")
        elif destination in INFO and words:
            self.properties.setdefault(INFO[destination], words)
        elif destination == b"stylesheet" and words:
            self.styles[self.state.style] = (words.rstrip(";").lower(), self.state.outline)

    def collect_apart(self, destination: bytes) -> None:
        """Collect the text of this group apart from the surrounding paragraph."""
        self.state.destination, self.state.hidden = destination, False
        self.interrupted.append((len(self.outer), self.pieces))
        self.pieces = []

    def control(self, word: bytes, number: int | None) -> None:  # noqa: C901  one branch for each control word
        """Process a control word."""
        state = self.state
        if word in ENDS and state.destination != b"footnote":
            self.end_paragraph()
        elif word in ENDS:
            self.add(" ")
        elif word in CHARACTERS:
            self.add(CHARACTERS[word])
        elif word == b"u":
            self.add_unicode(number or 0)
        elif word == b"uc":
            state.fallback_bytes = max(number or 0, 0)
        elif word == b"cell":
            self.row.append(tidy("".join(self.pieces)).replace("\n", " "))
            self.pieces = []
        elif word == b"row":
            self.end_row()
        elif word == b"chftn":
            self.add_note_marker()
        elif word in {b"footnote", b"listtext", b"pntext"} or (word in INFO and state.destination == b"info"):
            self.collect_apart(word)
        elif word in {b"fonttbl", b"stylesheet", b"info"}:
            state.destination, state.hidden = word, True
        else:
            self.format(word, number)

    def format(self, word: bytes, number: int | None) -> None:  # noqa: C901  the same
        """Change the formatting state."""
        state = self.state
        if word == b"pard":
            state.outline, state.style, state.in_table = BODY_LEVEL, 0, False
        elif word == b"plain":
            state.superscript, state.struck = False, False
            state.hidden = state.destination in {b"fonttbl", b"info", b"stylesheet"}
        elif word == b"intbl":
            state.in_table = True
        elif word == b"outlinelevel":
            state.outline = number or 0
        elif word == b"s":
            self.set_style(number or 0)
        elif word in {b"v", b"deleted"}:
            state.hidden = number != 0
        elif word in STRIKES:
            state.struck = number != 0
        elif word in {b"super", b"nosupersub"}:
            state.superscript = word == b"super" and number != 0
        elif word == b"f":
            self.font = number or 0
            state.encoding = self.fonts.get(self.font, self.encoding)
        elif word == b"fcharset" and state.destination == b"fonttbl":
            self.fonts[self.font] = CHARSETS.get(number or 0, self.encoding)
        elif word == b"ansicpg":
            self.encoding = state.encoding = known_encoding(f"cp{number}") or state.encoding
        elif word == b"mac":
            self.encoding = state.encoding = "mac_roman"

    def set_style(self, number: int) -> None:
        """Begin the definition of a style, or apply one."""
        self.state.style = number
        if self.state.destination == b"stylesheet":
            self.collect_apart(b"stylesheet")

    def add_bytes(self, data: bytes, length: int) -> None:
        """Add encoded text, without the fallback bytes of a Unicode character."""
        over = min(self.skipped, length)
        self.skipped -= over
        self.bytes_read += data[over:]

    def flush_bytes(self) -> None:
        """Decode the bytes since the last control word together, as a character may take several."""
        if self.bytes_read:
            data, self.bytes_read = bytes(self.bytes_read), bytearray()
            self.add(data.decode(self.state.encoding, errors="replace"))
        self.skipped = 0

    def add_unicode(self, number: int) -> None:
        """Add a Unicode character; the two halves of a surrogate pair, which come one by one, become one."""
        character = chr(number % 0x10000)
        if self.pieces and "\ud800" <= self.pieces[-1] <= "\udbff" and "\udc00" <= character <= "\udfff":
            character = (
                (self.pieces.pop() + character).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            )
        self.add(character)
        self.skipped = self.state.fallback_bytes

    def add(self, text: str) -> None:
        """Add text to the paragraph."""
        if text == "\n\n":
            self.end_paragraph()
        elif text and not self.state.hidden and not self.state.struck:
            self.pieces.append(superscript_text("".join(self.pieces[-3:]), text) if self.state.superscript else text)

    def add_note_marker(self) -> None:
        """Add the marker of a footnote: the next number in the text, the current number inside the note."""
        inside = self.state.destination == b"footnote"
        self.note_count += not inside
        self.pieces.append(f"[{max(self.note_count, 1)}]{' ' if inside else ''}")

    def end_row(self) -> None:
        """End a row of a table."""
        if any(self.row):
            self.rows.append([[Part(BlockKind.PARAGRAPH, text)] if text else [] for text in self.row])
        self.row = []

    def end_paragraph(self) -> None:
        """End a paragraph; inside a cell, add a space instead."""
        if self.state.in_table:
            self.pieces.append(" ")
            return
        self.end_table()
        text, self.pieces = tidy("".join(self.pieces)), []
        if text:
            self.parts.append(self.part_of(text))
        self.parts += self.notes
        self.notes, self.in_list = [], False

    def end_table(self) -> None:
        """End the current table, if there is one."""
        self.end_row()
        if self.rows:
            self.parts += table_or_points(self.rows)
        self.rows = []

    def part_of(self, text: str) -> Part:
        """A paragraph as a part, by its style."""
        name, outline = self.styles.get(self.state.style, ("", BODY_LEVEL))
        level = min(self.state.outline, outline) + 1 if min(self.state.outline, outline) < BODY_LEVEL else 0
        if level or name == "title":
            return Part(BlockKind.HEADING, " ".join(text.split()), level or 1)
        if name.startswith(("quote", "intense quote", "block text")):
            return Part(BlockKind.QUOTE, text)
        if name.startswith(("toc ", "table of ")):
            return Part(BlockKind.BOILERPLATE, text)
        return Part(BlockKind.ITEM if self.in_list else BlockKind.PARAGRAPH, text)


def read_rtf(path: Path) -> Reading:
    """Parts of an RTF document. Raises RejectedFile if it has no text."""
    document = RtfParser()
    for token in tokens(path.read_bytes()):
        document.process(token)
    document.flush_bytes()
    document.state.in_table = False
    document.end_paragraph()
    document.end_table()
    if not document.parts:
        raise RejectedFile("the document contains no text; if it is a scan, run OCR on it first")
    headed = any(part.kind is BlockKind.HEADING for part in document.parts)
    return Reading(document.parts if headed else with_headings(document.parts), document.properties)


def tidy(text: str) -> str:
    """Text with white space collapsed and lone surrogates replaced."""
    return collapse_lines(text if text.isascii() else text.encode("utf-8", "replace").decode())
