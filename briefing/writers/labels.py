"""What all forms of a briefing book say in the same words."""

from pincite.answer.citation.citation import Citation
from pincite.answer.citation.excerpt import shortened
from pincite.answer.verification.verify import Support
from pincite.briefing.book import Book
from pincite.briefing.escaping import one_line
from pincite.briefing.result import Outcome

OPEN = "Questions not answered, with the nearest passages"
PARTLY_MARK = {Support.PARTLY: "only partly supported", Support.UNCHECKED: "not checked"}
SUMMARY_HEAD = ("Section", *(outcome.value.capitalize() for outcome in Outcome), "All")
CITED_HEAD = ("Title", "Kind", "Issuer", "Symbol", "Date", "Language", "Cited", "Document", "Address")
EXCERPT = 300  # characters of a passage
ALL = "All questions"


def summary_rows(book: Book) -> list[tuple[str, ...]]:
    """How many questions came to each outcome, by section and in all."""
    sections = [(section, [one.outcome for one in answers]) for section, answers in book.sections()]
    outcomes = [outcome for _, found in sections for outcome in found]
    named = [*(sections if len(sections) > 1 else []), (ALL, outcomes)]
    return [(name, *(str(found.count(outcome)) for outcome in Outcome), str(len(found))) for name, found in named]


def cited_rows(book: Book) -> list[tuple[str, ...]]:
    """The documents cited with what is known of them, under their heads; `Cited`: by how many questions."""
    times: dict[str, int] = {}
    for one in book.answers():
        for path in {citation.document for statement in one.statements for citation in one.verified(statement)}:
            times[path] = times.get(path, 0) + 1
    rows = [
        (known.title, known.kind, known.issuer or "", known.symbol or "", known.date or "", known.language,
         str(times[path]), path, known.url or "")
        for path, known in sorted(book.cited().items(), key=lambda item: (item[1].title, item[0]))
    ]  # fmt: skip
    return [CITED_HEAD, *rows]


def excerpt(text: str) -> str:
    """The beginning of a passage on one line."""
    return shortened(one_line(text), EXCERPT)


def pinpoint(citation: Citation) -> str:
    """The place of a citation in its document."""
    page = f"p. {citation.page}" if citation.page else None
    return ", ".join(part for part in (citation.pinpoint, page) if part)
