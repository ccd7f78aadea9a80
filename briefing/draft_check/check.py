"""Checks each sentence of a draft against the library."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from pincite.answer.citation.citation import Citation, Span, cite
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.filters import NO_FILTERS, Filters
from pincite.answer.query.question import MAX_QUESTION
from pincite.answer.retrieval.retrieve import Evidence, RetrieveSettings, retrieve
from pincite.answer.verification.verify import Assessment, Support, assess
from pincite.briefing.draft_check.claims import DraftUnit, draft_units
from pincite.briefing.draft_check.references import Reference, references_in, spans_at
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import Document
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BadInput, RejectedFile
from pincite.ingest.index.index import Index
from pincite.ingest.reading import read_document

SUFFIXES = (".docx", ".md", ".txt")
RETRIEVAL = RetrieveSettings(top=6)
# Coverage of a claim by a passage from which on the passage
NEAR = 0.3  # is shown beside a claim that was not found
RELATED = 0.5  # contradicts the claim if it says something else
SAME_TOPIC = 0.7  # contradicts the claim even if it only lacks something
ORDER = (Support.UNCHECKED, Support.UNSUPPORTED, Support.PARTLY, Support.SUPPORTED)

Progress = Callable[[int, int], None]


class ClaimVerdict(StrEnum):
    """What the library says of a claim."""

    SUPPORTED = "supported"
    PARTLY = "partly supported"
    CONTRADICTED = "contradicted"
    ABSENT = "not found"


VERDICTS = {
    Support.SUPPORTED: ClaimVerdict.SUPPORTED,
    Support.PARTLY: ClaimVerdict.PARTLY,
    Support.UNCHECKED: ClaimVerdict.PARTLY,
}


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence with its verdict, None where it makes no claim, and the passages that support it or come nearest."""

    sentence: DraftUnit
    references: tuple[Reference, ...]
    verdict: ClaimVerdict | None = None
    citations: tuple[Citation, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AssessedPassage:
    """A passage of the library and the assessment of a claim that rests on it."""

    assessment: Assessment
    citations: tuple[Citation, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The messages of the findings."""
        return tuple(finding.message for finding in self.assessment.findings)


@dataclass(frozen=True, slots=True)
class Report:
    """The checked sentences of a draft in order, and the settings used."""

    title: str
    date: str
    settings: Mapping[str, Any]
    sentences: tuple[CheckedSentence, ...]

    def verdicts(self) -> dict[ClaimVerdict, int]:
        """The number of claims with each verdict."""
        return {verdict: sum(one.verdict is verdict for one in self.sentences) for verdict in ClaimVerdict}

    def references(self) -> tuple[Reference, ...]:
        """The distinct references."""
        return tuple(dict.fromkeys(reference for one in self.sentences for reference in one.references))


def check_draft(index: Index, path: Path, filters: Filters, progress: Progress) -> Report:
    """Check a file. Raises BadInput for one of another kind, and for one that cannot be read."""
    draft = read_draft(path)
    embedder = Embedder(index.settings.model)
    checked = tuple(check_sentences(index, embedder, draft, filters, progress))
    settings = {"index": index.id, "embedding": index.settings.model}
    title = draft.metadata.title or path.stem
    return Report(f"Check of {title}", datetime.now(UTC).date().isoformat(), settings, checked)


def read_draft(path: Path) -> Document:
    """Read a draft. Raises BadInput."""
    if path.suffix.lower() not in SUFFIXES:
        raise BadInput(f"{path} cannot be checked: save it as one of {', '.join(SUFFIXES)}.")
    if not path.is_file():
        raise BadInput(f"There is no file {path}: check its name.")
    try:
        return read_document(path, path.name)
    except RejectedFile as error:
        raise BadInput(f"{path} cannot be read: {error}.") from error


def check_sentences(
    index: Index, embedder: Embedder, draft: Document, filters: Filters, progress: Progress
) -> Iterator[CheckedSentence]:
    """Check the sentences of a draft in order."""
    units = list(draft_units(draft))
    for done, unit in enumerate(units, 1):
        references = references_in(index, aliases_of(index), unit.text)
        yield check_sentence(index, embedder, unit, references, filters)
        progress(done, len(units))


def check_sentence(
    index: Index,
    embedder: Embedder,
    sentence: DraftUnit,
    references: tuple[Reference, ...],
    filters: Filters = NO_FILTERS,
) -> CheckedSentence:
    """Check a sentence against the places that it refers to and the passages that retrieval finds for it."""
    if not sentence.claim:
        return CheckedSentence(sentence, references)
    evidence = retrieve(index, embedder, sentence.text[:MAX_QUESTION], filters, RETRIEVAL)
    spans = [span for reference in references for span in spans_at(index, reference)]
    passages = [assess_span(index, sentence.text, span) for span in dict.fromkeys([*spans, *spans_of(evidence)])]
    best = max(passages, key=rank, default=None)
    if best and best.assessment.support is not Support.UNSUPPORTED:
        best = narrowed(index, sentence.text, best)
        verdict = VERDICTS[best.assessment.support]
        return CheckedSentence(sentence, references, verdict, best.citations, best.reasons)
    return unsupported(index, sentence, references, passages)


def unsupported(
    index: Index, sentence: DraftUnit, references: tuple[Reference, ...], passages: Sequence[AssessedPassage]
) -> CheckedSentence:
    """A claim that no passage supports: contradicted by the nearest one, or not found.

    The nearest passage is of a document that the sentence refers to, where it refers to any.
    """
    named = {reference.document for reference in references}
    eligible = [one for one in passages if not named or one.citations[0].document in named]
    nearest = max(eligible, key=lambda one: (one.assessment.coverage, rank(one)), default=None)
    nearest = narrowed(index, sentence.text, nearest) if nearest else None
    if nearest and contradicts(nearest.assessment):
        return CheckedSentence(sentence, references, ClaimVerdict.CONTRADICTED, nearest.citations, nearest.reasons)
    shown = nearest.citations if nearest and nearest.assessment.coverage >= NEAR else ()
    wrong = tuple(reference.wrong for reference in references if reference.wrong)
    return CheckedSentence(sentence, references, ClaimVerdict.ABSENT, shown, wrong)


def spans_of(evidence: Sequence[Evidence]) -> Iterable[Span]:
    """The passages of evidence, each alone, and adjacent ones together."""
    for found in evidence:
        passages = (*found.parts, found.passage) if len(found.parts) > 1 else (found.passage,)
        yield from (Span(one.document, one.start, one.end, one.pinpoint) for one in passages)


def assess_span(index: Index, claim: str, span: Span) -> AssessedPassage:
    """Verify a claim against a span."""
    citation = cite(index, span, 1)
    return AssessedPassage(assess(claim, [citation], lambda path: index.document(path).pinpoints), (citation,))


def narrowed(index: Index, claim: str, passage: AssessedPassage) -> AssessedPassage:
    """The single sentence of a passage that supports a claim equally well, or else the passage."""
    found = passage.citations[0]
    spans = sentence_spans(found.quote)
    if len(spans) == 1:
        return passage
    best = max((assess_span(index, claim, part_of(index, found, start, end)) for start, end in spans), key=rank)
    equal = rank(best)[0] >= rank(passage)[0] and best.assessment.coverage >= RELATED
    return best if equal else passage


def part_of(index: Index, found: Citation, start: int, end: int) -> Span:
    """The span of `quote[start:end]`, with the pinpoint of its block."""
    begin, blocks = found.start + start, index.document(found.document).blocks
    pinpoint = next((block.pinpoint for block in blocks if block.start <= begin < block.end), None)
    return Span(found.document, begin, found.start + end, pinpoint or found.pinpoint)


def rank(passage: AssessedPassage) -> tuple[int, float, int]:
    """Sort key: support, then score, then brevity."""
    length = sum(len(citation.quote) for citation in passage.citations)
    return ORDER.index(passage.assessment.support), round(passage.assessment.score, 2), -length


def contradicts(assessment: Assessment) -> bool:
    """Whether a passage that does not support a claim speaks against it."""
    if any(finding.conflict for finding in assessment.faults):
        return assessment.coverage >= RELATED
    return bool(assessment.faults) and assessment.coverage >= SAME_TOPIC
