"""What every writer is given: questions in their order with their answers, read one at a time, and what they cite."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pincite.briefing.questions.questions import Asked
from pincite.briefing.result import Answered, Library, Outcome, answered
from pincite.ingest.document import Metadata

UNNAMED = "Questions"  # the section of questions that have none, where others have one


@dataclass(frozen=True, slots=True)
class Book:
    """A briefing book. `date` is the day it was begun, `settings` with what it was made.

    `record_of` brings an answer when it is asked for, so that only one is in memory.
    """

    title: str
    date: str
    settings: Mapping[str, Any]
    asked: tuple[Asked, ...]
    record_of: Callable[[Asked], Mapping[str, Any]]
    library: Library

    def answers(self) -> Iterator[Answered]:
        """Questions with their answers, those of a section together, sections in the order of their first question."""
        order = {section: place for place, section in enumerate(dict.fromkeys(one.section for one in self.asked))}
        for asked in sorted(self.asked, key=lambda one: order[one.section]):
            yield answered(asked, self.record_of(asked), self.library)

    def sections(self) -> Iterator[tuple[str, Iterator[Answered]]]:
        """Sections with their questions; a section's name is empty where no question has one."""
        named = any(one.section for one in self.asked)
        for section, answers in groupby(self.answers(), key=lambda one: one.asked.section):
            yield section or (UNNAMED if named else ""), answers

    def outcomes(self) -> dict[Outcome, int]:
        """How many questions came to each outcome."""
        counts = Counter(one.outcome for one in self.answers())
        return {outcome: counts[outcome] for outcome in Outcome}

    def cited(self) -> dict[str, Metadata]:
        """The documents that statements cite, by path, in the order of their first citation."""
        return {
            citation.document: citation.metadata
            for one in self.answers()
            for statement in one.statements
            for citation in one.verified(statement)
        }

    def open_questions(self) -> Iterator[Answered]:
        """Questions without an answer."""
        return (one for one in self.answers() if not one.statements)

    def properties(self) -> dict[str, str]:
        """With what the book was made, for the properties of a document."""
        return {f"pincite {name}": str(value) for name, value in self.settings.items() if value is not None}
