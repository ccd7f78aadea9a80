"""What is wrong with the quotes of an answer: none may end where a reader would not."""

from collections.abc import Iterator

from pincite.answer.citation.citation import Citation, Span
from pincite.answer.draft.quotes import announces, whole_sentence
from pincite.answer.pipeline import Answer
from pincite.ingest.document import BlockKind
from pincite.ingest.index.index import Index

NO_END = ("Art.", "Arts.", "No.", "Nos.", "Sec.", "para.", "paras.", "Abs.", "Nr.", "Rn.", "vgl.")  # a number follows


def faults(index: Index, answer: Answer) -> Iterator[str]:
    """What is wrong with the quotes of an answer."""
    if not answer.abstained and not answer.text.strip():
        yield "empty answer"
    for one in answer.citations:
        document = index.document(one.document)
        if announces(document, one.end) and not is_followed(answer, one):
            yield f"lead-in: …{one.quote[-60:]}"
        if one.quote.split()[-1] in NO_END:
            yield f"abbreviation: …{one.quote[-60:]}"
        inside = [b for b in document.blocks if b.start < one.end and one.start < b.end]
        if len(inside) > 1 and inside[-1].kind is BlockKind.HEADING:
            yield f"next heading: …{one.quote[-60:]}"
        if inside[-1].kind is not BlockKind.TABLE and whole_sentence(document, span_of(one)).end > one.end:
            yield f"cut sentence: …{one.quote[-60:]}"


def is_followed(answer: Answer, lead_in: Citation) -> bool:
    """Whether a statement quotes a point of the list together with the lead-in."""
    of_statement = {number for one in answer.statements if lead_in.number in one.citations for number in one.citations}
    others = (one for one in answer.citations if one.number in of_statement)
    return any(one.document == lead_in.document and one.start >= lead_in.end for one in others)


def span_of(citation: Citation) -> Span:
    return Span(citation.document, citation.start, citation.end)
