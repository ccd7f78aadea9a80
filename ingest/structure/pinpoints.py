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
from pincite.ingest.structure.outline import Outline
from pincite.ingest.structure.provisions import CitationForm, Provision
from pincite.ingest.structure.quotation import Quotation
from pincite.ingest.structure.run_in_units import with_units_apart
from pincite.ingest.structure.surroundings import Surroundings

RECITALS = re.compile(r"whereas:?", re.IGNORECASE)
INLINE_POINT = re.compile(r"[^.(]{0,160}[.:]\s+(?=\([a-z]\)\s)")  # a section's title before its first point
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
        self.provision = NO_PROVISION
        self.outline = Outline()
        self.begin_annex("")
        self.preambular = -1  # preambular paragraphs so far; -1 outside the preamble
        self.subparagraph = 1
        self.of_clauses = False  # whether the innermost list splits one sentence into clauses
        self.awaits_title = False  # whether the last heading was a number whose title follows
        self.above = ""  # the last heading other than a numbered subsection
        self.sections = 0
        self.collected = ""  # symbol of the decision, where several are in one file
        self.interrupted: tuple[Provision, Outline] | None = None  # a list that a further number may go on with
        self.act_sections = ActSections(self.scheme.act_unit)
        self.quotation, self.quoted = (
            Quotation(),
            False,
        )  # words that a point quotes; whether the current part is in them

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
        if self.provision.numbers_paragraphs and self.surroundings.changes_script(index):
            self.outline.close(0)  # the other language of a bilingual text is numbered anew
            self.subparagraph = 1
        self.quoted = self.quotation.takes(part.text, self.parts[index - 1].text if index else "")
        return self.text_pinpoint(index, part)

    def table_pinpoint(self, index: int, part: Part) -> str | None:
        """The pinpoint of a table: its number, possibly from its caption, or else that of the current provision."""
        above = self.parts[index - 1] if index else part
        caption = provisions.table_of(above) if part.kind is above.kind is BlockKind.TABLE else None
        return provisions.table_of(part) or caption or self.current

    @property
    def current(self) -> str | None:
        """The pinpoint of the current place in the text."""
        cited = self.provision.cite(self.outline.labels)
        return f"{self.collected}, {cited}" if self.collected and cited and cited != self.collected else cited

    def enter(self, provision: Provision, *, loose: bool = False) -> None:
        """Make another provision the current one.

        A side heading interrupts the paragraphs of an article or a section, any other provision ends them.
        """
        if provision.form is CitationForm.NAMED:
            self.interrupt()
        else:
            self.interrupted = None
        self.provision, self.outline = provision, Outline(loose=loose)
        self.preambular, self.subparagraph, self.of_clauses = -1, 1, False

    def interrupt(self) -> None:
        """Let the numbered paragraphs of the current provision go on behind what comes between."""
        if self.provision.form is CitationForm.JOINED and self.provision.numbers_paragraphs and self.outline.levels:
            self.interrupted = self.provision, Outline(self.outline.loose, list(self.outline.levels))

    def begin_annex(self, name: str) -> None:
        """Restart the numbering of paragraphs and clauses, which are cited with the name of the annex."""
        self.annex = name
        self.paragraphs, self.clauses = Outline(loose=True), Outline()

    def heading_pinpoint(self, part: Part) -> str | None:
        """The pinpoint of a heading, after entering its article, annex or section, or what it names in words."""
        if self.enter_collected(part):
            self.awaits_title = False
        elif self.enter_section_of_order(part.text) or self.enter_provision(part):
            self.awaits_title = True
        elif not self.awaits_title:
            self.above = part.text
            self.enter(Provision(CitationForm.NAMED, provisions.heading_name(part.text)))
        else:
            self.above = part.text if self.provision.form is not CitationForm.JOINED else self.above
        return self.current

    def title_of_section(self, index: int) -> str | None:
        """The section of an act that a heading is the title of: the one that the next part opens."""
        below = self.surroundings.text_below(index)
        if self.annex or below is None or self.act_sections.find(self.parts[index].text):
            return None
        found = self.act_sections.find(below.text)
        return self.act_sections.cite(found) if found else None

    def enter_collected(self, part: Part) -> bool:
        """Enter a further decision of a collection, whose paragraphs are cited with its symbol; whether one begins."""
        symbol = collected_symbol(part) if self.scheme.collected else None
        if symbol:
            self.collected = symbol
            self.begin_annex("")
            self.enter(Provision(CitationForm.NAMED, symbol))
        return symbol is not None

    def enter_section_of_act(self, text: str) -> int:
        """Enter the section of an act that a text opens; the length of its number, 0 if it opens none."""
        found = None if self.annex else self.act_sections.open(text)
        if found is None:
            return 0
        self.enter(Provision(CitationForm.JOINED, self.act_sections.cite(found), numbers_paragraphs=True))
        return found.start("subsection") if found["subsection"] else found.end()

    def enter_provision(self, part: Part) -> bool:
        """Enter the article, annex, labelled principle or section that a part opens; whether it opens one."""
        if article := provisions.article_of(part):
            self.enter(
                Provision(CitationForm.JOINED, ", ".join(filter(None, [self.annex, article])), numbers_paragraphs=True)
            )
        elif annex := provisions.annex_of(part):
            self.begin_annex(annex)
            self.enter(
                Provision(
                    CitationForm.POINT if self.scheme.has_articles else CitationForm.SPACED,
                    annex,
                    numbers_paragraphs=True,
                ),
                loose=True,
            )
        elif self.annex and self.scheme.has_articles and (section := provisions.annex_section_of(part)):
            self.enter(Provision(CitationForm.POINT, f"{self.annex}, {section}", numbers_paragraphs=True), loose=True)
        elif label := provisions.label_of(part):
            self.enter(Provision(CitationForm.JOINED, label))
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
        self.enter(Provision(CitationForm.JOINED, named))
        return True

    def text_pinpoint(self, index: int, part: Part) -> str | None:
        """The pinpoint of running text, after entering the preamble or formula that it opens."""
        if RECITALS.fullmatch(part.text.strip()):
            self.enter(Provision(CitationForm.RECITAL, numbers_paragraphs=True), loose=True)
            return "preamble"
        if preamble.opens_preamble(part, self.surroundings.following_text(index)):
            self.enter(Provision(CitationForm.NAMED, "preamble"))
            self.preambular = 0
        elif preamble.ENACTING_FORMULA.fullmatch(part.text.strip()):
            self.enter(Provision(CitationForm.NAMED, "enacting formula"))
        elif preamble.CLOSING_FORMULA.match(part.text):
            self.enter(Provision(CitationForm.NAMED, "closing formula"))
        elif provisions.RECITAL_OF_ACT.match(part.text) and self.provision.form is CitationForm.NAMED:
            if self.preambular < 0:
                self.enter(Provision(CitationForm.NAMED, "preamble"))
                self.preambular = 0
            return self.unnumbered_pinpoint(part)
        elif caption := provisions.CAPTION.match(part.text):
            self.enter(Provision(CitationForm.NAMED, caption[1].capitalize()))
        elif run_in := provisions.RUN_IN_TITLE.match(part.text):
            return run_in[1].capitalize()
        else:
            return self.enumerated_pinpoint(index, part)
        return self.current

    def enumerated_pinpoint(self, index: int, part: Part) -> str | None:
        """The pinpoint of a part by its enumerator, or by the text it continues if it has none."""
        text = part.text
        section = self.enter_section_of_order(text)
        if section:
            text = text[section:]
            title = INLINE_POINT.match(text)
            enumerator = find_enumerator(text[title.end() :]) if title else None
        elif self.enter_collected(part):
            return self.current
        elif self.enter_provision(part):
            self.awaits_title = provisions.is_number_alone(text)
            return self.current
        elif opened := self.enter_section_of_act(text):
            section, text = opened, text[opened:]
            enumerator = find_enumerator(text)
        else:
            enumerator = None if self.surroundings.continues_reference(index) else self.surroundings.enumerators[index]
        if enumerator and self.add_point(enumerator, index):
            self.of_clauses = CLAUSE_END.search(text) is not None
            return self.current
        return self.current if section else self.unnumbered_pinpoint(part)

    def enter_section_of_order(self, text: str) -> int:
        """Enter the section of an order that a paragraph opens; the length of its number, 0 if it opens none."""
        found = provisions.SECTION_OF_ORDER.match(text) or provisions.DOTTED_SECTION.match(text)
        if not self.scheme.has_order_sections or found is None:
            return 0
        self.enter(Provision(CitationForm.JOINED, f"Sec. {found[1]}", numbers_paragraphs=True))
        return found.end(1) + 1

    def add_point(self, enumerator: Enumerator, index: int) -> bool:
        """Add a point to the list that it continues or opens; whether there is one."""
        if enumerator.is_dotted:
            return self.enter_dotted_paragraph(enumerator)
        following = self.surroundings.following_enumerators(index)
        for provision, outline in self.open_lists(enumerator):
            before = len(outline.levels)
            if outline.add(enumerator, following, self.parts[index].depth):
                self.provision, self.outline = provision, outline
                self.preambular = -1
                self.quotation.goes_on &= len(outline.levels) > 1
                self.subparagraph = 1 if len(outline.levels) == 1 or before == 0 else self.subparagraph
                return True
        return False

    def open_lists(self, enumerator: Enumerator) -> Iterator[tuple[Provision, Outline]]:
        """The lists that a point may belong to, nearest first, each with the provision that it is cited by."""
        if self.provision.form is not CitationForm.NAMED and (
            enumerator.decimal is None or self.provision.numbers_paragraphs
        ):
            yield self.provision, self.outline
        if self.interrupted and enumerator.decimal != 1:
            yield self.interrupted
        if (
            self.scheme.has_numbered_paragraphs
            and enumerator.decimal is not None
            and not enumerator.is_bare
            and not self.provision.numbers_paragraphs
        ):
            yield Provision(CitationForm.SPACED, self.annex), self.paragraphs
        if enumerator.form == "upper #." and enumerator.roman:
            yield Provision(CitationForm.CLAUSE), self.clauses

    def enter_dotted_paragraph(self, enumerator: Enumerator) -> bool:
        """Enter the paragraph that an enumerator such as `4.2` opens; whether the text numbers paragraphs so."""
        article = None if self.scheme.has_decimal_clauses else re.match(r"(\w+) (\d+)", self.provision.name)
        if self.provision.form is CitationForm.JOINED and article and enumerator.label.startswith(f"{article[2]}."):
            numbers = not self.scheme.has_numbered_paragraphs
            self.enter(Provision(CitationForm.JOINED, f"{article[1]} {enumerator.label}", numbers_paragraphs=numbers))
        elif self.scheme.has_decimal_clauses:
            self.enter(Provision(CitationForm.JOINED, enumerator.label, numbers_paragraphs=True))
        elif self.scheme.has_dotted_paragraphs:
            self.enter(Provision(CitationForm.JOINED, f"para. {enumerator.label}"))
        else:
            return False
        return True

    def unnumbered_pinpoint(self, part: Part) -> str | None:
        """The pinpoint of text without an enumerator: preambular, a subparagraph, or that of the text before."""
        if self.preambular >= 0 and preamble.is_preambular(part.text):
            self.preambular += 1
            self.provision = Provision(CitationForm.NAMED, preamble.preambular_pinpoint(self.preambular, part.text))
        elif not DASH.match(part.text) and part.kind is not BlockKind.QUOTE and self.outline.levels:
            return self.current if self.quoted else self.pinpoint_after_list()
        return self.current

    def pinpoint_after_list(self) -> str | None:
        """The pinpoint of text after a point: in an article's paragraph it is a further subparagraph (EU practice).

        Elsewhere it continues the point or, after the clauses of one sentence, the unit that contains them.
        """
        outline = self.outline
        if (
            self.scheme.has_articles
            and self.provision.numbers_paragraphs
            and self.provision.form is CitationForm.JOINED
        ):
            paragraphed = outline.levels[0].kind == "decimal" and outline.levels[0].form in {"#.", "#"}
            self.interrupt()
            outline.close(1 if paragraphed else 0)
            self.subparagraph += paragraphed
            return (
                f"{self.current}, {preamble.ordinal(self.subparagraph)} subparagraph" if paragraphed else self.current
            )
        if self.of_clauses or (
            len(outline.levels) > 1 and outline.levels[-1].value > 1 and outline.levels[-1].kind == "roman"
        ):
            outline.close(len(outline.levels) - 1)
            self.of_clauses = False
        return self.current
