"""Parts -> parts with pinpoints, in one walk through the text that tracks the current provision and its lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pincite.ingest.document import RUNNING_TEXT, BlockKind, Part
from pincite.ingest.structure import preamble, provisions
from pincite.ingest.structure.act_sections import SECTION_GAP, ActSections
from pincite.ingest.structure.author_block import author_block_indexes
from pincite.ingest.structure.enumerators import Enumerator, find_enumerator
from pincite.ingest.structure.numbering_scheme import (
    DASH,
    collected_symbol,
    numbering_scheme_of,
    with_table_captions,
    with_unmarked_headings,
)
from pincite.ingest.structure.place_in_text import PlaceInText
from pincite.ingest.structure.provisions import CitationForm, Provision
from pincite.ingest.structure.run_in_units import with_units_apart
from pincite.ingest.structure.surroundings import Surroundings

FIRST_LABELS = frozenset({"1", "a", "i"})
RECITALS = re.compile(r"whereas:?", re.IGNORECASE)
INLINE_POINT = re.compile(r"[^.(]{0,160}[.:]\s*[—–-]*\s*(?=\((?:[a-z]|1)\)\s)")  # a title before its first point
FOOTNOTE_NUMBER = re.compile(r"[\[(]?(\d{1,4}|[ivxl]{1,6}|[*†‡])[\]).]?\s")
CLAUSE_END = re.compile(r"[;,]\s*(?:and|or|and/or)?\s*$", re.IGNORECASE)
NO_PROVISION = Provision(CitationForm.NAMED)


def with_pinpoints(parts: Sequence[Part]) -> list[Part]:
    """Parts with their pinpoints.

    >>> text = ["The Assembly,", "Recalling its decision,", "1. Decides:", "(a) to meet;", "(b) to report;"]
    >>> parts = [Part(BlockKind.PARAGRAPH, words) for words in [*text, "2. Asks more.", "3. Ends.", "4. Goes."]]
    >>> [part.pinpoint for part in with_pinpoints(parts)][1:6]
    ['preamble, first paragraph ("Recalling")', 'para. 1', 'para. 1 (a)', 'para. 1 (b)', 'para. 2']
    """
    return list(PinpointWalk(parts))


class PinpointWalk:
    """A walk through the parts of a text.

    Lists end with the provision that contains them, except numbered paragraphs and clauses, which run on past headings.
    """

    def __init__(self, together: Sequence[Part]) -> None:
        parts = with_units_apart(together)
        self.scheme = numbering_scheme_of(parts)
        self.parts = with_table_captions(with_unmarked_headings(parts, self.scheme))
        self.surroundings = Surroundings(self.parts)
        self.author_block = author_block_indexes(self.parts)
        self.place = PlaceInText(self.scheme)
        self.awaits_title = False  # whether the last heading was a number whose title follows
        self.above = ""  # the last heading other than a numbered subsection
        self.sections = 0  # number of the last section that a heading opened
        self.act_sections = ActSections(self.scheme)

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
        if index in self.author_block:
            return "author block"
        if part.kind is BlockKind.HEADING:
            return self.title_of_section(index) or self.heading_pinpoint(part)
        if part.kind not in RUNNING_TEXT or provisions.table_of(part):
            return self.table_pinpoint(index, part)
        self.awaits_title = False
        if self.place.provision.numbers_paragraphs and self.surroundings.changes_script(index):
            self.place.outline.close(0)  # the other language of a bilingual text is numbered anew
            self.place.subparagraph = 1
        self.place.quoted = self.place.quotation.takes(part.text, self.parts[index - 1].text if index else "")
        return self.text_pinpoint(index, part)

    def table_pinpoint(self, index: int, part: Part) -> str | None:
        """The pinpoint of a table: its number, possibly from its caption, or else that of the current provision."""
        above = self.parts[index - 1] if index else part
        caption = provisions.table_of(above) if part.kind is above.kind is BlockKind.TABLE else None
        return provisions.table_of(part) or caption or self.place.current

    def heading_pinpoint(self, part: Part) -> str | None:
        """The pinpoint of a heading, after entering its article, annex or section, or what it names in words."""
        if self.enter_collected(part):
            self.awaits_title = False
        elif self.enter_section_of_order(part.text) or self.enter_provision(part):
            self.awaits_title = True
        elif not self.awaits_title:
            self.above = part.text
            self.place.enter(Provision(CitationForm.NAMED, provisions.heading_name(part.text)))
        else:
            self.above = part.text if self.place.provision.form is not CitationForm.JOINED else self.above
        return self.place.current

    def title_of_section(self, index: int) -> str | None:
        """The section of an act that a heading is the title of: the one that the next part opens."""
        below = self.surroundings.text_below(index)
        own = self.parts[index].text
        if self.place.annex or below is None or self.act_sections.find(own) or provisions.CHAPTER.match(own):
            return None
        found = self.act_sections.find(below.text)
        return self.act_sections.cite(found) if found else None

    def enter_collected(self, part: Part) -> bool:
        """Enter a further decision of a collection, whose paragraphs are cited with its symbol; whether one begins."""
        symbol = collected_symbol(part) if self.scheme.collected else None
        if symbol:
            self.place.collected = symbol
            self.place.begin_annex("")
            self.place.enter(Provision(CitationForm.NAMED, symbol))
        return symbol is not None

    def enter_section_of_act(self, text: str) -> int:
        """Enter the section of an act that a text opens; the length of its number, 0 if it opens none."""
        found = None if self.place.annex else self.act_sections.open(text)
        if found is None:
            return 0
        self.place.enter(Provision(CitationForm.JOINED, self.act_sections.cite(found), numbers_paragraphs=True))
        return found.start("subsection") if found["subsection"] else found.end()

    def enter_provision(self, part: Part) -> bool:
        """Enter the article, annex, labelled principle or section that a part opens; whether it opens one."""
        if article := provisions.article_of(part):
            self.place.enter(
                Provision(
                    CitationForm.JOINED, ", ".join(filter(None, [self.place.annex, article])), numbers_paragraphs=True
                )
            )
        elif annex := provisions.annex_of(part):
            self.place.begin_annex(annex)
            self.place.enter(
                Provision(
                    CitationForm.POINT if self.scheme.has_articles else CitationForm.SPACED,
                    annex,
                    numbers_paragraphs=True,
                ),
                loose=True,
            )
        elif self.place.annex and self.scheme.has_articles and (section := provisions.annex_section_of(part)):
            self.place.enter(
                Provision(CitationForm.POINT, f"{self.place.annex}, {section}", numbers_paragraphs=True), loose=True
            )
        elif named := provisions.named_provision_of(part):
            self.place.enter(Provision(CitationForm.JOINED, named, numbers_paragraphs=True))
        elif self.scheme.has_articles and (chapter := provisions.chapter_of(part)):
            self.place.enter(Provision(CitationForm.POINT, chapter, numbers_paragraphs=True), loose=True)
        elif label := provisions.label_of(part):
            self.place.enter(Provision(CitationForm.JOINED, label))
        else:
            return part.kind is BlockKind.HEADING and (
                self.enter_section_of_act(part.text) > 0 or self.enter_numbered_section(part)
            )
        return True

    def enter_numbered_section(self, part: Part) -> bool:
        """Enter the section that a numbered heading opens; whether it opens one.

        A heading may begin with a quantity, so a plain number counts only if it follows the previous section's.
        """
        found = provisions.NUMBERED_HEADING.match(part.text)
        if found is None:
            return False
        label = found[1]
        if "." not in label:
            enumerator = find_enumerator(f"{label}. x")
            value = (enumerator and (enumerator.decimal or enumerator.roman or enumerator.letter)) or 0
            if not 0 < value - self.sections <= SECTION_GAP and value != 1:
                return False
            self.sections, self.above = value, part.text
        principle = "." in label and re.search(r"\bprinciples?\b", self.above, re.IGNORECASE)
        named = f"Principle {label}" if principle else label if self.scheme.has_decimal_clauses else f"section {label}"
        named = f"{self.place.annex}, para. {label}" if self.place.annex and self.scheme.act_unit else named
        self.place.enter(Provision(CitationForm.JOINED, named))
        return True

    def text_pinpoint(self, index: int, part: Part) -> str | None:
        """The pinpoint of running text, after entering the preamble or formula that it opens."""
        if RECITALS.fullmatch(part.text.strip()):
            self.place.enter(Provision(CitationForm.RECITAL, numbers_paragraphs=True), loose=True)
            return "preamble"
        if preamble.opens_preamble(part, self.surroundings.following_text(index)):
            self.place.enter(Provision(CitationForm.NAMED, "preamble"))
            self.place.preambular = 0
        elif preamble.ENACTING_FORMULA.fullmatch(part.text.strip()):
            self.place.enter(Provision(CitationForm.NAMED, "enacting formula"))
        elif preamble.CLOSING_FORMULA.match(part.text):
            self.place.enter(Provision(CitationForm.NAMED, "closing formula"))
        elif provisions.RECITAL_OF_ACT.match(part.text) and self.place.provision.form is CitationForm.NAMED:
            if self.place.preambular < 0:
                self.place.enter(Provision(CitationForm.NAMED, "preamble"))
                self.place.preambular = 0
            return self.unnumbered_pinpoint(part)
        elif caption := provisions.CAPTION.match(part.text):
            self.place.enter(Provision(CitationForm.NAMED, caption[1].capitalize()))
        elif run_in := provisions.RUN_IN_TITLE.match(part.text):
            return run_in[1].capitalize()
        else:
            return self.enumerated_pinpoint(index, part)
        return self.place.current

    def enumerated_pinpoint(self, index: int, part: Part) -> str | None:
        """The pinpoint of a part by its enumerator, or by the text it continues if it has none."""
        text = part.text
        section = self.enter_section_of_order(text)
        if section:
            text = text[section:]
            enumerator = point_behind_title(text)
        elif self.enter_collected(part):
            return self.place.current
        elif self.enter_provision(part):
            self.awaits_title = provisions.is_number_alone(text)
            self.add_inner_point(provisions.behind_number(text), index)
            return self.place.current
        elif opened := self.enter_section_of_act(text):
            section, text = opened, text[opened:]
            enumerator = find_enumerator(text) or point_behind_title(text)
        else:
            enumerator = None if self.surroundings.continues_reference(index) else self.surroundings.enumerators[index]
        if enumerator and self.add_point(enumerator, index):
            self.add_inner_point(text[enumerator.length :] if not section else "", index)
            self.place.of_clauses = CLAUSE_END.search(text) is not None
            return self.place.current
        return self.place.current if section else self.unnumbered_pinpoint(part)

    def add_point(self, enumerator: Enumerator, index: int) -> bool:
        """Add a point to the list that it continues or opens; whether there is one."""
        following = self.surroundings.following_enumerators(index)
        return self.place.add_point(enumerator, following, self.parts[index].depth)

    def add_inner_point(self, text: str, index: int) -> None:
        """Add the first point of an inner list that opens on the same line: `(a) Planned closures. (1) …`."""
        inner = find_enumerator(text) or point_behind_title(text)
        if inner and inner.form in {"(#)", "#."} and inner.label in FIRST_LABELS:
            self.add_point(inner, index)

    def enter_section_of_order(self, text: str) -> int:
        """Enter the section of an order that a paragraph opens; the length of its number, 0 if it opens none."""
        found = provisions.SECTION_OF_ORDER.match(text) or provisions.DOTTED_SECTION.match(text)
        if not self.scheme.has_order_sections or found is None:
            return 0
        self.place.enter(Provision(CitationForm.JOINED, f"Sec. {found[1]}", numbers_paragraphs=True))
        return found.end(1) + 1

    def unnumbered_pinpoint(self, part: Part) -> str | None:
        """The pinpoint of text without an enumerator: preambular, a subparagraph, or that of the text before."""
        if self.place.preambular >= 0 and preamble.is_preambular(part.text):
            self.place.preambular += 1
            self.place.provision = Provision(
                CitationForm.NAMED, preamble.preambular_pinpoint(self.place.preambular, part.text)
            )
        elif not DASH.match(part.text) and part.kind is not BlockKind.QUOTE and self.place.outline.levels:
            return self.place.current if self.place.quoted else self.place.pinpoint_after_list(part.text)
        return self.place.current


def point_behind_title(text: str) -> Enumerator | None:
    """The first point of a section that follows the section's title on the same line.

    >>> point_behind_title("Penalties.—(1) Whoever parks shall pay.")
    Enumerator(form='(#)', label='1', length=4, decimal=1, letter=None, roman=None)
    """
    title = INLINE_POINT.match(text)
    return find_enumerator(text[title.end() :]) if title else None
