"""The place that a walk through a text has reached: the provision, and the lists that are open in it."""

import re
from collections.abc import Iterator, Sequence

from pincite.ingest.data.numbering import opens_proviso
from pincite.ingest.structure import preamble
from pincite.ingest.structure.enumerators import Enumerator
from pincite.ingest.structure.numbering_scheme import NumberingScheme
from pincite.ingest.structure.outline import Outline
from pincite.ingest.structure.provisions import CitationForm, Provision
from pincite.ingest.structure.quotation import Quotation

NO_PROVISION = Provision(CitationForm.NAMED)
PARAGRAPHS = frozenset({"#.", "#", "upper #."})  # how the paragraphs of an article are numbered


class PlaceInText:
    """The current provision with its lists.

    Lists end with the provision that contains them, except numbered paragraphs and clauses, which run on past headings.
    """

    def __init__(self, scheme: NumberingScheme) -> None:
        self.scheme = scheme
        self.provision = NO_PROVISION
        self.outline = Outline()
        self.begin_annex("")
        self.preambular = -1  # preambular paragraphs so far; -1 outside the preamble
        self.subparagraph = 1
        self.of_clauses = False  # whether the innermost list splits one sentence into clauses
        self.interrupted: tuple[Provision, Outline] | None = None  # a list that a further number may go on with
        self.collected = ""  # symbol of the decision, where several are in one file
        self.quotation = Quotation()  # words that a point quotes
        self.quoted = False  # whether the current part is in them

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

    def add_point(self, enumerator: Enumerator, following: Sequence[Enumerator], depth: int) -> bool:
        """Add a point to the list that it continues or opens; whether there is one.

        `following`: the enumerators after it; `depth`: its nesting in the markup, 0 if unknown.
        """
        if enumerator.is_dotted:
            return self.enter_dotted_paragraph(enumerator)
        for provision, outline in self.open_lists(enumerator):
            before = len(outline.levels)
            if outline.add(enumerator, following, depth):
                self.provision, self.outline = provision, outline
                self.preambular = -1
                self.quotation.goes_on &= len(outline.levels) > 1
                self.subparagraph = 1 if len(outline.levels) == 1 or before == 0 else self.subparagraph
                return True
        return False

    def open_lists(self, enumerator: Enumerator) -> Iterator[tuple[Provision, Outline]]:
        """The lists that a point may belong to, nearest first, each with the provision that it is cited by."""
        if self.provision.form is not CitationForm.NAMED and (
            enumerator.decimal is None or self.provision.numbers_paragraphs or self.has_own_list(enumerator)
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

    def has_own_list(self, enumerator: Enumerator) -> bool:
        """Whether a number belongs to a list of the current section, since the text's own count is past it."""
        begins = enumerator.decimal == 1 and bool(self.paragraphs.levels)
        return self.provision.form is CitationForm.JOINED and (begins or bool(self.outline.levels))

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

    def pinpoint_after_list(self, text: str) -> str | None:
        """The pinpoint of text after a point: in an article's paragraph it is a further subparagraph (EU practice).

        Elsewhere it continues the point or, after the clauses of one sentence and for a proviso, the unit around them.
        """
        outline = self.outline
        if opens_proviso().match(text) and outline.levels[0].kind == "decimal":
            outline.close(1)
            return self.current
        if (
            self.scheme.has_articles
            and self.provision.numbers_paragraphs
            and self.provision.form is CitationForm.JOINED
        ):
            paragraphed = outline.levels[0].form in PARAGRAPHS and outline.levels[0].kind != "letter"
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
