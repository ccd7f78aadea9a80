"""The sections of an act that open with a number alone (`3. (1)`, `4A.`), in their sequence."""

import re
from dataclasses import dataclass

from pincite.ingest.data.numbering import inserting_words
from pincite.ingest.structure.numbering_scheme import NumberingScheme, opening_of_section

SECTION_GAP = 3  # difference between consecutive section numbers: a reader may have missed headings in between
OPENING_MARKS = re.compile(
    r"(?:\d{0,2}\[)?[“”\"‘’'«»„ ]*"
)  # a quotation, or the bracket around what an amendment put in


@dataclass(slots=True)
class ActSections:
    """Where in its sections a text is.

    `number`: of the current one, without its letter; `inserts`: whether it inserts others, which follow.
    """

    scheme: NumberingScheme
    number: int = 0
    inserts: bool = False

    def find(self, text: str) -> re.Match[str] | None:
        """The number of the section that a text opens.

        It follows that of the section before, perhaps with a letter (`4A`), or is 1: behind an arrangement of sections
        and in another language they begin anew. A section that inserts others may be followed by any number.

        >>> sections = ActSections(NumberingScheme(act_unit="section"), number=4)
        >>> [sections.find(text) is not None for text in ("5. Boats pay.", "4A. Ships pay.", "40. Boats pay.")]
        [True, True, False]
        """
        opening = OPENING_MARKS.match(text)
        start = opening.end() if opening else 0
        found = opening_of_section(text, start, titled=self.scheme.has_section_titles) if self.scheme.act_unit else None
        opens = found and (self.inserts or self.is_next(found["number"]) or found["number"] == "1")
        return found if opens else None

    def is_next(self, number: str) -> bool:
        """Whether a number is that of the section after the current one."""
        value = int(re.sub(r"\D", "", number))
        return 0 < value - self.number <= SECTION_GAP or (value == self.number and not number.isdecimal())

    def open(self, text: str) -> re.Match[str] | None:
        """Find the section that a text opens and go on to it, unless it is one that the current section inserts."""
        found = self.find(text)
        is_quoted = found is not None and found.start() > 0 and "[" not in text[: found.start()]
        if found and (not self.inserts or (self.is_next(found["number"]) and not is_quoted)):
            self.number = int(re.sub(r"\D", "", found["number"]))
            self.inserts = inserting_words().search(text) is not None
        return found

    def cite(self, found: re.Match[str]) -> str:
        """The citation of a section that was found."""
        return f"{self.scheme.act_unit} {found['number']}"
