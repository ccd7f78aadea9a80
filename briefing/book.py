"""The briefing book that every writer gets: questions in order, their answers read one at a time, documents cited."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pincite.briefing.questions.questions import BriefingQuestion
from pincite.briefing.result import AnsweredQuestion, MetadataByPath, QuestionOutcome, answered_question
from pincite.ingest.document import Metadata

UNNAMED = "Questions"  # heading for questions without a section when others have one


@dataclass(frozen=True, slots=True)
class BriefingBook:
    """A briefing book: `date` is the day it was begun, `settings` are those it was made with.

    `record_of` loads an answer on demand, so that only one is in memory.
    """

    title: str
    date: str
    settings: Mapping[str, Any]
    asked: tuple[BriefingQuestion, ...]
    record_of: Callable[[BriefingQuestion], Mapping[str, Any]]
    library: MetadataByPath

    def answers(self) -> Iterator[AnsweredQuestion]:
        """Answered questions grouped by section; sections come in the order of their first question."""
        order = {section: place for place, section in enumerate(dict.fromkeys(one.section for one in self.asked))}
        for asked in sorted(self.asked, key=lambda one: order[one.section]):
            yield answered_question(asked, self.record_of(asked), self.library)

    def sections(self) -> Iterator[tuple[str, Iterator[AnsweredQuestion]]]:
        """Sections with their questions; the name is empty if no question has a section."""
        named = any(one.section for one in self.asked)
        for section, answers in groupby(self.answers(), key=lambda one: one.asked.section):
            yield section or (UNNAMED if named else ""), answers

    def outcomes(self) -> dict[QuestionOutcome, int]:
        """Number of questions by outcome."""
        counts = Counter(one.outcome for one in self.answers())
        return {outcome: counts[outcome] for outcome in QuestionOutcome}

    def cited_documents(self) -> dict[str, Metadata]:
        """Metadata of the documents cited, by path, in the order of their first citation."""
        return {
            citation.document: citation.metadata
            for one in self.answers()
            for statement in one.statements
            for citation in one.verified(statement)
        }

    def unanswered_questions(self) -> Iterator[AnsweredQuestion]:
        """Questions without an answer."""
        return (one for one in self.answers() if not one.statements)

    def properties(self) -> dict[str, str]:
        """The settings as document properties."""
        return {f"pincite {name}": str(value) for name, value in self.settings.items() if value is not None}
