"""Parts -> parts with their pinpoints: one walk through the text that keeps where it is, as a lawyer reads it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from pincite.ingest.document import RUNNING_TEXT, BlockKind, Part
from pincite.ingest.structure import preamble, provisions
from pincite.ingest.structure.author_block import byline_numbers
from pincite.ingest.structure.enumerators import Mark, find_mark
from pincite.ingest.structure.numbering_scheme import DASH, dialect_of, with_captions, with_titles
from pincite.ingest.structure.outline import Outline
from pincite.ingest.structure.provisions import Form, Place

LOOK_AHEAD = 80  # parts in which a list goes on, at most
RECITALS = re.compile(r"whereas:?", re.IGNORECASE)
INLINE_POINT = re.compile(r"[^.(]{0,160}[.:]\s+(?=\([a-z]\)\s)")  # the title of a section in front of its first point
FOOTNOTE_NUMBER = re.compile(r"[\[(]?(\d{1,4}|[ivxl]{1,6}|[*†‡])[\])]?\s")
CLAUSE_END = re.compile(r"[;,]\s*(?:and|or|and/or)?\s*$", re.IGNORECASE)
SECTION_GAP = 3  # headings that a reader of the file may have missed between two numbered ones
NOWHERE = Place(Form.NAMED)


def with_pinpoints(parts: Sequence[Part]) -> list[Part]:
    """Parts with the pinpoints that they are cited by.

    >>> text = ["The Assembly,", "Recalling its decision,", "1. Decides:", "(a) to meet;", "(b) to report;"]
    >>> parts = [Part(BlockKind.PARAGRAPH, words) for words in [*text, "2. Asks more.", "3. Ends.", "4. Goes."]]
    >>> [part.pinpoint for part in with_pinpoints(parts)][1:6]
    ['preamble, first paragraph ("Recalling")', 'para. 1', 'para. 1 (a)', 'para. 1 (b)', 'para. 2']
    """
    return list(Walk(parts))


class Walk:
    """A walk through the parts of a text.

    Lists end with the place that they stand in, but for numbered paragraphs and clauses, which headings do not stop.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.dialect = dialect_of(parts)
        self.parts = with_captions(with_titles(parts, self.dialect))
        self.marks = [find_mark(part.text) if part.kind in RUNNING_TEXT else None for part in self.parts]
        self.bylines = byline_numbers(self.parts)
        self.place = NOWHERE
        self.outline = Outline()
        self.begin_annex("")
        self.preambular = -1  # paragraphs of the preamble so far; -1 outside it
        self.subparagraph = 1
        self.of_clauses = False  # whether the points of the innermost list are clauses of one sentence
        self.awaits_title = False  # whether the heading just read was a number that its title follows
        self.above = ""  # the last heading that is no numbered subsection
        self.sections = 0

    def __iter__(self) -> Iterator[Part]:
        """Each part with its pinpoint."""
        for index, part in enumerate(self.parts):
            yield replace(part, pinpoint=self.pinpoint(index, part))

    def pinpoint(self, index: int, part: Part) -> str | None:
        """The pinpoint of a part, by its kind."""
        if part.kind is BlockKind.FRONT_MATTER:
            return "front matter"
        if part.kind is BlockKind.FOOTNOTE:
            number = FOOTNOTE_NUMBER.match(part.text)
            return f"footnote {number[1]}" if number else "footnote"
        if index in self.bylines:
            return "author block"
        if part.kind is BlockKind.HEADING:
            return self.heading(part)
        if part.kind not in RUNNING_TEXT or provisions.table_of(part):
            return self.table(index, part)
        self.awaits_title = False
        return self.text(index, part)

    def table(self, index: int, part: Part) -> str | None:
        """The pinpoint of a table: its number, which its caption may give, or that of where it stands."""
        above = self.parts[index - 1] if index else part
        caption = provisions.table_of(above) if part.kind is above.kind is BlockKind.TABLE else None
        return provisions.table_of(part) or caption or self.here

    @property
    def here(self) -> str | None:
        """The pinpoint of where the walk is."""
        return self.place.cite(self.outline.labels)

    def enter(self, place: Place, *, loose: bool = False) -> None:
        """Go on in another place."""
        self.place, self.outline = place, Outline(loose=loose)
        self.preambular, self.subparagraph, self.of_clauses = -1, 1, False

    def begin_annex(self, name: str) -> None:
        """Paragraphs and clauses are counted anew in an annex, and cited with its name."""
        self.annex = name
        self.paragraphs, self.clauses = Outline(loose=True), Outline()

    def heading(self, part: Part) -> str | None:
        """Where a heading leads: to an article, an annex, a section, or to what its words name."""
        if self.section_of_order(part.text) or self.named(part):
            self.awaits_title = True
        elif not self.awaits_title:
            self.above = part.text
            self.enter(Place(Form.NAMED, provisions.name_of(part.text)))
        else:
            self.above = part.text if self.place.form is not Form.JOINED else self.above
        return self.here

    def named(self, part: Part) -> bool:
        """Enter the article, annex, labelled principle or section that a part opens; whether it opened one."""
        if article := provisions.article_of(part):
            self.enter(Place(Form.JOINED, ", ".join(filter(None, [self.annex, article])), counts=True))
        elif annex := provisions.annex_of(part):
            self.begin_annex(annex)
            self.enter(Place(Form.POINT if self.dialect.act else Form.SPACED, annex, counts=True), loose=True)
        elif self.annex and self.dialect.act and (section := provisions.annex_section_of(part)):
            self.enter(Place(Form.POINT, f"{self.annex}, {section}", counts=True), loose=True)
        elif label := provisions.labelled_as(part):
            self.enter(Place(Form.JOINED, label))
        else:
            return part.kind is BlockKind.HEADING and self.numbered_section(part)
        return True

    def numbered_section(self, part: Part) -> bool:
        """Enter the section that a numbered heading opens; whether it is one.

        A heading may begin with a quantity: a single number counts only when it follows the one before.
        """
        found = provisions.NUMBERED_HEADING.match(part.text)
        if found is None:
            return False
        label = found[1]
        if "." not in label:
            mark = find_mark(f"{label}. x")
            value = (mark and (mark.decimal or mark.roman or mark.letter)) or 0
            if not 0 < value - self.sections <= SECTION_GAP and value != 1:
                return False
            self.sections, self.above = value, part.text
        principle = "." in label and re.search(r"\bprinciples?\b", self.above, re.IGNORECASE)
        self.enter(Place(Form.JOINED, f"Principle {label}" if principle else f"section {label}"))
        return True

    def text(self, index: int, part: Part) -> str | None:
        """The pinpoint of running text, and where it leads."""
        if RECITALS.fullmatch(part.text.strip()):
            self.enter(Place(Form.RECITAL, counts=True), loose=True)
            return "preamble"
        if preamble.opens_preamble(part, self.following_text(index)):
            self.enter(Place(Form.NAMED, "preamble"))
            self.preambular = 0
        elif preamble.CLOSING.fullmatch(part.text.strip()):
            self.enter(Place(Form.NAMED, "enacting formula"))
        elif preamble.DONE.match(part.text):
            self.enter(Place(Form.NAMED, "closing formula"))
        elif run_in := provisions.RUN_IN.match(part.text):
            return run_in[1].capitalize()
        else:
            return self.point(index, part)
        return self.here

    def point(self, index: int, part: Part) -> str | None:
        """The pinpoint of a part by its number, or of one without by what it goes on with."""
        text = part.text
        section = self.section_of_order(text)
        if section:
            text = text[section:]
            title = INLINE_POINT.match(text)
            mark = find_mark(text[title.end() :]) if title else None
        elif self.named(part):
            return self.here
        else:
            mark = self.marks[index]
        if mark and self.counted(mark, index):
            self.of_clauses = CLAUSE_END.search(text) is not None
            return self.here
        return self.here if section else self.unnumbered(part)

    def section_of_order(self, text: str) -> int:
        """Enter the section of an order that a paragraph opens; the length of what names it, 0 where it opens none."""
        found = provisions.SECTION_OF_ORDER.match(text) or provisions.DOTTED_SECTION.match(text)
        if not self.dialect.order or found is None:
            return 0
        self.enter(Place(Form.JOINED, f"Sec. {found[1]}", counts=True))
        return found.end(1) + 1

    def counted(self, mark: Mark, index: int) -> bool:
        """Count a numbered point in the list that it goes on with; whether there is one."""
        if mark.is_dotted:
            return self.dotted(mark)
        following = self.following_marks(index)
        for place, outline in self.open_lists(mark):
            before = len(outline.levels)
            if outline.place(mark, following):
                self.place, self.outline = place, outline
                self.preambular = -1
                self.subparagraph = 1 if len(outline.levels) == 1 or before == 0 else self.subparagraph
                return True
        return False

    def open_lists(self, mark: Mark) -> Iterator[tuple[Place, Outline]]:
        """The lists that a point may belong to, the nearest first, each with the place it is cited by."""
        if self.place.form is not Form.NAMED and (mark.decimal is None or self.place.counts):
            yield self.place, self.outline
        if self.dialect.numbered and mark.decimal is not None and not self.place.counts:
            yield Place(Form.SPACED, self.annex), self.paragraphs
        if mark.form == "upper #." and mark.roman:
            yield Place(Form.CLAUSE), self.clauses

    def dotted(self, mark: Mark) -> bool:
        """Enter the paragraph that a mark such as `4.2` names; whether paragraphs of this text are numbered so."""
        article = re.match(r"(\w+) (\d+)", self.place.name)
        if self.place.form is Form.JOINED and article and mark.label.startswith(f"{article[2]}."):
            self.enter(Place(Form.JOINED, f"{article[1]} {mark.label}", counts=True))
        elif self.dialect.dotted:
            self.enter(Place(Form.JOINED, f"para. {mark.label}"))
        else:
            return False
        return True

    def unnumbered(self, part: Part) -> str | None:
        """The pinpoint of text without a number: the preamble's, a further subparagraph's, or its predecessor's."""
        if self.preambular >= 0 and preamble.opening(part.text):
            self.preambular += 1
            self.place = Place(Form.NAMED, preamble.preambular(self.preambular, part.text))
        elif not DASH.match(part.text) and part.kind is not BlockKind.QUOTE and self.outline.levels:
            return self.after_list()
        return self.here

    def after_list(self) -> str | None:
        """The pinpoint of text behind a point: below an article's paragraph it is a further subparagraph (EU practice).

        Elsewhere it goes on with the point, or, behind clauses of one sentence, with what these are clauses of.
        """
        outline = self.outline
        if self.dialect.act and self.place.counts and self.place.form is Form.JOINED:
            paragraphed = outline.levels[0].kind == "decimal" and outline.levels[0].form in {"#.", "#"}
            outline.close(1 if paragraphed else 0)
            self.subparagraph += paragraphed
            return f"{self.here}, {preamble.ordinal(self.subparagraph)} subparagraph" if paragraphed else self.here
        if self.of_clauses or (
            len(outline.levels) > 1 and outline.levels[-1].value > 1 and outline.levels[-1].kind == "roman"
        ):
            outline.close(len(outline.levels) - 1)
            self.of_clauses = False
        return self.here

    def following_text(self, index: int) -> Part | None:
        """The next part that is running text."""
        return next((part for part in islice(self.parts, index + 1, None) if part.kind in RUNNING_TEXT), None)

    def following_marks(self, index: int) -> list[Mark]:
        """The marks behind a part, up to the next heading."""
        reach = range(index + 1, min(index + LOOK_AHEAD, len(self.parts)))
        before_heading = takewhile(lambda number: self.parts[number].kind is not BlockKind.HEADING, reach)
        return [mark for number in before_heading if (mark := self.marks[number])]
