"""Wording and tables shared by all formats of a briefing book."""

from pincite.answer.citation.excerpt import shorten
from pincite.answer.verification.verify import Statement, Support
from pincite.briefing.book import BriefingBook
from pincite.briefing.escaping import one_line
from pincite.briefing.result import AnsweredQuestion, QuestionOutcome

UNANSWERED_TITLE = "Questions not answered, with the nearest passages"
SUPPORT_LABELS = {Support.PARTLY: "only partly supported", Support.UNCHECKED: "not checked"}
QUOTED = "quoted"  # a quote supports itself
SUMMARY_HEADER = ("Section", *(outcome.value.capitalize() for outcome in QuestionOutcome), "All")
CITED_HEADER = ("Title", "Kind", "Issuer", "Symbol", "Date", "Language", "Cited", "Document", "Address")
EXCERPT_LENGTH = 300  # characters of a passage
ALL_QUESTIONS = "All questions"


def summary_rows(book: BriefingBook) -> list[tuple[str, ...]]:
    """Number of questions by outcome, for each section and in total."""
    sections = [(section, [one.outcome for one in answers]) for section, answers in book.sections()]
    outcomes = [outcome for _, found in sections for outcome in found]
    named = [*(sections if len(sections) > 1 else []), (ALL_QUESTIONS, outcomes)]
    return [
        (name, *(str(found.count(outcome)) for outcome in QuestionOutcome), str(len(found))) for name, found in named
    ]


def support_word(one: AnsweredQuestion, statement: Statement) -> str:
    """How far the cited text supports a statement that somebody wrote; a quote is only that."""
    return QUOTED if one.quoted and statement.support is Support.SUPPORTED else statement.support.value


def cited_rows(book: BriefingBook) -> list[tuple[str, ...]]:
    """Documents cited with their metadata, under a header; `Cited` counts questions."""
    times: dict[str, int] = {}
    for one in book.answers():
        for path in {citation.document for statement in one.statements for citation in one.verified(statement)}:
            times[path] = times.get(path, 0) + 1
    rows = [
        (known.title, known.kind, known.issuer or "", known.symbol or "", known.date or "", known.language,
         str(times[path]), path, known.url or "")
        for path, known in sorted(book.cited_documents().items(), key=lambda item: (item[1].title, item[0]))
    ]  # fmt: skip
    return [CITED_HEADER, *rows]


def excerpt(text: str) -> str:
    """The beginning of a passage, on one line."""
    return shorten(one_line(text), EXCERPT_LENGTH)
