"""The day on which a document was adopted, issued or signed: never that of another act, nor of its entry into force."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import PurePosixPath

from pincite.ingest.data.document_types import document_nouns, nouns
from pincite.ingest.data.naming import any_naming, naming_words
from pincite.ingest.document import BETWEEN_CELLS, BlockKind
from pincite.ingest.metadata.dates import DATES, MONTH_AND_YEAR, MONTH_NAME, find_date, find_month, iso, spelled_date
from pincite.ingest.metadata.head_lines import FoundValue, TextLine, found_in, is_row

HEAD_LINES = 60  # in which a masthead or a title page dates a document
TITLE_LINES = 12  # of which a year alone dates it
TAIL_LINES = 40  # in which a signature, a place and date or an imprint does
LINE_WORDS = 30  # at most, in a line that says when the document was adopted
CLOSING_LENGTH = 400  # characters of a closing formula, which may name languages and copies before the day
DATE_LINE_WORDS = 6  # at most, beside the date, in a line that gives place and date
DATE_LINE_LENGTH = 60  # characters at most, beside the date, in such a line
# A line at the end of a text that gives a day, perhaps behind the place: `Oslo, 4 February 2024`.
PLACE_AND_DAY = re.compile(
    r"(?:(?:\w+: )?(?:м\. ?)?[A-ZÀ-ÞА-ЯІЇЄ][\w.’'-]*(?: [A-ZÀ-ÞА-ЯІЇЄ][\w.’'-]*){0,3},? ?"
    rf"(?:the|le|den|am|a|el|on)? ?)?(?:{DATES.pattern})(?: ?року| ?г\.)?\W*$",
    re.IGNORECASE,
)
SIGNATURE_LINES = 12  # at the end
SIGNED_AT = re.compile(
    rf"(?:\bм\. ?[А-ЯІЇЄҐ]\w+,?|\b[A-ZÀ-Þ]\w+, (?:den|am|le|a|al)) (?:{DATES.pattern})", re.IGNORECASE
)
ISO_LENGTH = 10  # of a date such as 2024-03-21
NAMED_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])[-_.]?(0[1-9]|1[0-2])[-_.]?((?:19|20)\d\d)(?!\d)")
PLACE_AND_YEAR = re.compile(r"(?:[A-ZÀ-ÞА-ЯІЇЄ][\w.’' -]{2,30}[,:] ?)?((?:19|20)\d\d)\.?")
COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright) ?[^\n|]{0,60}?\b((?:19|20)\d\d)\b|\b((?:19|20)\d\d) ?©", re.IGNORECASE)
OF_DATE = re.compile(rf"(?:\b|^)(?:of|du|de|vom|від),? (?:{DATES.pattern})", re.IGNORECASE)
IN_BRACKETS = re.compile(rf"\[((?:{DATES.pattern})\.?)\]$", re.IGNORECASE)  # behind the long title of an act
GAZETTE_ISSUE = re.compile(
    r"(?:federal register|official journal|official gazette|journal officiel|bolet[ií]n oficial|diario oficial)\b"
    r".*\((?:\w+,? )?[^()]*\d{4}\)",
    re.IGNORECASE,
)
OWN_NOUNS = "|".join(sorted({*document_nouns(), *nouns("instruments")}))
NARRATED = re.compile(
    rf"\b(?:[Tt]his|[Tt]he) (?:\w+ ){{0,3}}?(?P<noun>(?i:{OWN_NOUNS}))\b[^.;]{{0,120}}? (?:was|were|is) "
    r"(?:adopted|approved|signed|issued|published|endorsed|promulgated|made|dated|entered into)\b"
    rf"[^.;]{{0,80}}?(?: on| as of| this|,)? (?P<day>{DATES.pattern})"
)
MEETING = re.compile(r"\d+(?:st|nd|rd|th) (?:plenary )?meeting.*", re.IGNORECASE)
LETTER = re.compile(r"(?:dated?|issued|given|made)\b:?", re.IGNORECASE)
# `Ley 39/2015, de 1 de octubre`, and in Latin America `Ley 1581 de 2012 (octubre 17)`.
SPANISH_ACT = re.compile(
    r"(?:/|\b)(?P<year>\d{4}),? "
    r"(?:de (?P<day>\d{1,2}) de (?P<month>[a-z]+)\b(?! de \d)|\((?P<month2>[a-z]+) (?P<day2>\d{1,2})\))",
    re.IGNORECASE,
)


def find_adoption(lines: Sequence[TextLine], title: str, kind: str, path: str) -> FoundValue | None:
    """When a document was adopted, by the most telling of its dates; None where only other things are dated.

    A name of the file that begins with a date counts most: people who collect documents put it there.

    >>> texts = "The scheme, which follows the act of 12 June 1998, covers all.", "Oslo, 4 February 2024"
    >>> lines = [TextLine(text, BlockKind.PARAGRAPH, 0, None, 0, 0) for text in texts]
    >>> find_adoption(lines, "Note on meals", "other", "a.txt").value
    '2024-02-04'
    """
    text_lines = [line for line in lines if line.kind not in {BlockKind.FOOTNOTE, BlockKind.REFERENCE}]
    plain = [line for line in text_lines if not is_row(line)]
    head, tail = plain[:HEAD_LINES], plain[HEAD_LINES:][-TAIL_LINES:]
    name = PurePosixPath(path).name
    ways: tuple[Iterator[FoundValue], ...] = (
        named_iso(name),
        formulas(plain),
        adopted_at_head(head, title),
        adopted_in_table(text_lines[:HEAD_LINES]),
        own_act(head, title),
        meeting_dates(plain),
        (
            found_in(line, "issue of the gazette", day)
            for line in lines[:TITLE_LINES]
            if GAZETTE_ISSUE.search(line.text) and (day := find_date(line.text))
        ),
        date_lines(head),
        narrated(head, title),
        letter_dates(plain),
        date_lines([line for line in reversed(tail) if PLACE_AND_DAY.match(line.text)]),
        signature_blocks(plain),
        named_day(name),
        months(head, find_month),
        named_month(name),
        years(head, tail, title, kind, name),
    )
    return next((found for way in ways for found in way), None)


def named_iso(name: str) -> Iterator[FoundValue]:
    """The day that a file's name begins with."""
    if found := find_date(name[:ISO_LENGTH]):
        yield FoundValue(found, "file name")


def formulas(lines: Sequence[TextLine]) -> Iterator[FoundValue]:
    """The formula with which a text is signed, passed or done, wherever it is; the day may follow in the next line."""
    closing = any_naming("closing")
    for line, following in pairwise([*lines, lines[-1]] if lines else []):
        text = line.text[:CLOSING_LENGTH]
        if closing.match(text) and not re.match(r"(?:made|given|adopted|read)\b(?!.{0,80}\d{4})", text, re.IGNORECASE):
            if found := find_date(text) or spelled_date(text):
                yield found_in(line, "closing formula", found)
            elif (
                line.words <= LINE_WORDS
                and (found := find_date(following.text))
                and following.words <= DATE_LINE_WORDS * 2
            ):
                yield found_in(following, "closing formula", found)
    for line, following in pairwise(lines):
        if re.match(r"the white house\b", line.text, re.IGNORECASE) and (
            found := find_date(line.text + " " + following.text[:40])
        ):
            yield found_in(following, "signature", found)


def adopted_at_head(head: Sequence[TextLine], title: str) -> Iterator[FoundValue]:
    """The line of a masthead that says when the document was adopted, approved or published."""
    adopted, other = any_naming("adopted"), naming_words("other_dates")
    for starts in (True, False):
        for line, following in pairwise([*head, *head[-1:]]):
            match = adopted.match(line.text) if starts else adopted.search(line.text)
            if (
                not match
                or line.words > LINE_WORDS
                or mentions_another(line.text, title)
                or other.search(clause_before(line.text, match))
            ):
                continue
            reach = line.text[match.start() :]
            if (found := find_date(reach) or find_month(reach)) and not other.search(
                reach[match.end() - match.start() :]
            ):
                yield found_in(line, "line on adoption", found)
            elif starts and len(reach) - (match.end() - match.start()) <= 2 and (found := find_date(following.text)):  # noqa: PLR2004  a colon
                yield found_in(following, "line on adoption", found)


def clause_before(text: str, match: re.Match[str]) -> str:
    """What a text says before a match in the same sentence and bracket.

    >>> text = "Amended since. [Certified on 3 May 2029]"
    >>> clause_before(text, re.search(r"\\[Certified", text)), clause_before(text, re.search("on", text))
    ('', 'Certified ')
    """
    return re.split(r"[\[.;]", text[: match.start() + match[0].startswith("[")])[-1]


def adopted_in_table(head: Sequence[TextLine]) -> Iterator[FoundValue]:
    """A row of a table of properties with the day of approval: `Date approved | 4 March 2031`."""
    adopted = any_naming("adopted")
    for line in head:
        label, _, value = line.text.partition(BETWEEN_CELLS)
        if is_row(line) and adopted.fullmatch(label.strip(" :")) and DATES.fullmatch(value.strip()):
            yield found_in(line, "table of properties", find_date(value))


def mentions_another(text: str, title: str) -> bool:
    """Whether a line is a sentence rather than a statement of a date: it is no title, but goes on for long."""
    return text.casefold() not in title.casefold() and bool(re.search(r"[a-zа-яіїє]{3,}[.;] [A-ZА-Я]|[;]$", text))


def own_act(head: Sequence[TextLine], title: str) -> Iterator[FoundValue]:
    """The day in an act's own title: `Regulation (EU) … of 25 March 2031`, `Ley 39/2015, de 1 de octubre`."""
    other, words = naming_words("other_dates"), any_naming("dated_acts").pattern
    opening = re.compile(rf"(?:\w+ ){{0,2}}(?:{words})\b", re.IGNORECASE)
    content = re.compile(rf"\b(?:{any_naming('content').pattern})\b", re.IGNORECASE)
    for line in head[:TITLE_LINES]:
        in_title = line.text.casefold() in title.casefold() or title.casefold() in line.text.casefold()
        spanish = SPANISH_ACT.search(title) if in_title else None
        day = spanish and (spanish["day"] or spanish["day2"], spanish["month"] or spanish["month2"], spanish["year"])
        if day and (found := find_date(" de ".join(day))):
            yield found_in(line, "title", found)
        match = OF_DATE.search(line.text) if in_title or opening.match(line.text) else None
        before = line.text[: match.start()] if match else ""
        if match and not content.search(before) and not other.search(before) and (found := find_date(match[0])):
            yield found_in(line, "title", found)
    for line in head:
        if OF_DATE.match(line.text) and line.words <= DATE_LINE_WORDS and (found := find_date(line.text)):
            yield found_in(line, "title", found)
        if (match := IN_BRACKETS.search(line.text)) and line.words <= LINE_WORDS * 2 and (found := find_date(match[1])):
            yield found_in(line, "date behind the long title", found)


def narrated(head: Sequence[TextLine], title: str) -> Iterator[FoundValue]:
    """A sentence at the head on the adoption of this very document: `The Recommendation … was adopted … on …`."""
    other = naming_words("other_dates")
    for line in head:
        for match in NARRATED.finditer(line.text):
            noun = match["noun"].casefold()
            if noun in title.casefold() and not other.search(match[0]) and (found := find_date(match["day"])):
                yield found_in(line, "sentence on its adoption", found)


def letter_dates(lines: Sequence[TextLine]) -> Iterator[FoundValue]:
    """The date of a signature below a letter or a notice: `Dated: March 19, 2026.`"""
    for line in lines:
        match = LETTER.match(line.text)
        if match and line.words <= LINE_WORDS and (found := find_date(line.text)):
            yield found_in(line, "signature", found)


def meeting_dates(lines: Sequence[TextLine]) -> Iterator[FoundValue]:
    """The day of the meeting with which a resolution or decision ends: `12th plenary meeting / 13 November 2021`."""
    for line, following in pairwise(lines):
        if not MEETING.fullmatch(line.text):
            continue
        day = find_date(following.text) if following.words <= DATE_LINE_WORDS else None
        if found := find_date(line.text) or day:
            yield found_in(following, "meeting", found)


def date_lines(lines: Sequence[TextLine]) -> Iterator[FoundValue]:
    """Lines that give a date, perhaps with a place, a version or the word for a date, and nothing else."""
    other = naming_words("other_dates")
    for above, line in pairwise([*lines[:1], *lines]):
        text = re.sub(r"\s+", " ", line.text)
        match = DATES.search(text)
        if not match or not (found := find_date(match[0])) or other.search(text):
            continue
        if text.count(")") > text.count("(") and above.text.count("(") > above.text.count(")"):
            continue  # the end of what the line above says in brackets
        rest = text[: match.start()] + text[match.end() :]
        apart = any(DATES.fullmatch(piece.strip()) for piece in re.split(r" [·|•–—] ", text))
        if apart or (
            (len(rest.split()) <= DATE_LINE_WORDS and len(rest) <= DATE_LINE_LENGTH) and not text.endswith((";", ","))
        ):
            yield found_in(line, "date line", found)


def signature_blocks(lines: Sequence[TextLine]) -> Iterator[FoundValue]:
    """The place and day in a signature whose lines ran together, at the end of a text."""
    for line in reversed(lines[-SIGNATURE_LINES:]):
        match = SIGNED_AT.search(line.text)
        if match and line.words <= 2 * LINE_WORDS and (found := find_date(match[0])):
            yield found_in(line, "signature", found)


def named_day(name: str) -> Iterator[FoundValue]:
    """A day in the middle of a file's name; the first of January stands for no more than its year."""
    if found := find_date(name.replace("_", " ")):
        yield FoundValue(found, "file name")
    for match, order in ((NAMED_DAY.search(name), (1, 2, 3)), (DAY_FIRST.search(name), (3, 2, 1))):
        if match and (found := iso(*(match[number] for number in order))):
            yield FoundValue(found[:4] if found.endswith("-01-01") else found, "file name")


def months(head: Sequence[TextLine], find: Callable[[str], str | None]) -> Iterator[FoundValue]:
    """Lines that give a month and a year and little else."""
    other = naming_words("other_dates")
    for line in head:
        is_short = line.words <= DATE_LINE_WORDS + 2 and not line.text.endswith((".", ";", ","))
        if is_short and (found := find(line.text)) and not other.search(line.text):
            yield found_in(line, "date line", found)


def named_month(name: str) -> Iterator[FoundValue]:
    """The month and year in a file's name."""
    if match := MONTH_AND_YEAR.search(f" {re.sub(r'[-_.]', ' ', name)}"):
        yield FoundValue(find_month(match[0]) or "", "file name")


def years(head: Sequence[TextLine], tail: Sequence[TextLine], title: str, kind: str, name: str) -> Iterator[FoundValue]:
    """The year in the name of an act, on the title page alone or behind a place, of a copyright, in the file's name."""
    if (
        kind == "law"
        and (match := re.search(r"(?<!\d)((?:19|20)\d\d)$", title))
        and not re.search(MONTH_NAME, title, re.IGNORECASE)
    ):
        yield FoundValue(match[1], "title")
    for line in head[:TITLE_LINES]:
        if (match := PLACE_AND_YEAR.fullmatch(line.text)) and not re.search(MONTH_NAME, line.text, re.IGNORECASE):
            yield found_in(line, "title page", match[1])
    for line in (*head, *reversed(tail)):
        if match := COPYRIGHT.search(line.text):
            yield found_in(line, "copyright", match[1] or match[2])
    if match := re.match(r"((?:19|20)\d\d)(?!\d)", name):
        yield FoundValue(match[1], "file name")
