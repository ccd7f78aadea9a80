"""Cites and verifies the sentences of a draft."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pincite.answer.citation.citation import Citation, Span, cite
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.verification.entailment import Entailment
from pincite.answer.verification.verify import Statement, Support, verify
from pincite.ingest.index.index import Index


@dataclass(frozen=True, slots=True)
class VerifiedDraft:
    """Statements after verification, with the citations that those shown rest on."""

    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def text(self) -> str:
        """The statements that are shown, a line each, with their marks; unsupported ones are withheld."""
        shown = (statement for statement in self.statements if statement.support is not Support.UNSUPPORTED)
        return "\n".join(f"{s.text} {''.join(f'[{number}]' for number in s.citations)}".rstrip() for s in shown)

    @property
    def survives(self) -> bool:
        """Whether more than half of the statements may be shown."""
        withheld = sum(statement.support is Support.UNSUPPORTED for statement in self.statements)
        return withheld * 2 < len(self.statements)


def verify_draft(
    index: Index, sentences: Sequence[DraftSentence], entailment: Entailment | None = None
) -> VerifiedDraft:
    """Cite and verify each sentence; a span that several rest on is cited once, an unsupported one cites nothing."""
    citations: dict[Span, Citation] = {}
    statements: list[Statement] = []
    for sentence in sentences:
        spans = dict.fromkeys(sentence.spans)
        new = [span for span in spans if span not in citations]
        cited = citations | {span: cite(index, span, len(citations) + n) for n, span in enumerate(new, 1)}
        statement = verify_sentence(index, sentence, [cited[span] for span in spans], entailment)
        citations = cited if statement.citations else citations
        statements.append(statement)
    return VerifiedDraft(tuple(statements), tuple(citations.values()))


def verify_sentence(
    index: Index, sentence: DraftSentence, cited: Sequence[Citation], entailment: Entailment | None
) -> Statement:
    """A sentence after verification; an unsupported one keeps no citation."""
    if sentence.missing:
        reasons = tuple(f"Passage {number} does not exist." for number in sentence.missing)
        return Statement(sentence.text, (), Support.UNSUPPORTED, 0.0, reasons)
    if sentence.from_catalog:
        return Statement(sentence.text, tuple(citation.number for citation in cited), Support.SUPPORTED, 1.0)
    statement = verify(sentence.text, cited, lambda path: index.document(path).pinpoints, entailment)
    return replace(statement, citations=()) if statement.support is Support.UNSUPPORTED else statement
