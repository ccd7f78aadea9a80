"""A draft that somebody wrote, checked against the library sentence by sentence."""

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
from pincite.answer.verification.verify import LOWERED, Statement, Support, verify
from pincite.briefing.draft_check.claims import Sentence, sentences_of
from pincite.briefing.draft_check.references import Reference, references_in, spans_at
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import Document
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BadInput, RejectedFile
from pincite.ingest.index.index import Index
from pincite.ingest.reading import read_document

SUFFIXES = (".docx", ".md", ".txt")
FOUND = RetrieveSettings(top=6)
ABOUT = 0.5  # share of a claim's words from which on a passage is about the same, so that it can contradict
THE_SAME = 0.7  # share from which on what it lacks tells against a claim, too
RIVAL = "the cited text "  # with which the verifier begins when it has found something else
NEAR = 0.3  # share from which on one is shown to whoever looks for what was not found
ORDER = (Support.UNCHECKED, Support.UNSUPPORTED, Support.PARTLY, Support.SUPPORTED)

Progress = Callable[[int, int], None]


class Verdict(StrEnum):
    """What the library makes of a sentence."""

    SUPPORTED = "supported"
    PARTLY = "partly supported"
    CONTRADICTED = "contradicted"
    ABSENT = "not found"


GRANTED = {Support.SUPPORTED: Verdict.SUPPORTED, Support.PARTLY: Verdict.PARTLY, Support.UNCHECKED: Verdict.PARTLY}


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence with its verdict, none where it claims nothing; what bears it out or comes nearest; its references."""

    sentence: Sentence
    references: tuple[Reference, ...]
    verdict: Verdict | None = None
    citations: tuple[Citation, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim against some words of the library."""

    statement: Statement
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A draft with what was found, in its order, and with what it was checked."""

    title: str
    date: str
    settings: Mapping[str, Any]
    findings: tuple[Finding, ...]

    def verdicts(self) -> dict[Verdict, int]:
        """How many claims came to each verdict."""
        return {verdict: sum(one.verdict is verdict for one in self.findings) for verdict in Verdict}

    def references(self) -> tuple[Reference, ...]:
        """All references, each once."""
        return tuple(dict.fromkeys(reference for one in self.findings for reference in one.references))


def check_draft(index: Index, path: Path, filters: Filters, progress: Progress) -> Report:
    """Check a file. Raises BadInput for one that is no draft or cannot be read."""
    draft = read_draft(path)
    embedder = Embedder(index.settings.model)
    findings = tuple(findings_of(index, embedder, draft, filters, progress))
    settings = {"index": index.id, "embedding": index.settings.model}
    title = draft.metadata.title or path.stem
    return Report(f"Check of {title}", datetime.now(UTC).date().isoformat(), settings, findings)


def read_draft(path: Path) -> Document:
    """The document of a draft. Raises BadInput."""
    if path.suffix.lower() not in SUFFIXES:
        raise BadInput(f"{path} is no draft that is read: save it as one of {', '.join(SUFFIXES)}.")
    if not path.is_file():
        raise BadInput(f"There is no file {path}: check its name.")
    try:
        return read_document(path, path.name)
    except RejectedFile as error:
        raise BadInput(f"{path} cannot be read: {error}.") from error


def findings_of(
    index: Index, embedder: Embedder, draft: Document, filters: Filters, progress: Progress
) -> Iterator[Finding]:
    """What is found of each sentence."""
    sentences = list(sentences_of(draft))
    for done, sentence in enumerate(sentences, 1):
        references = references_in(index, aliases_of(index), sentence.text)
        yield finding_of(index, embedder, sentence, references, filters)
        progress(done, len(sentences))


def finding_of(
    index: Index,
    embedder: Embedder,
    sentence: Sentence,
    references: tuple[Reference, ...],
    filters: Filters = NO_FILTERS,
) -> Finding:
    """What is found of a sentence; at the places that it refers to first, then wherever its words lead."""
    if not sentence.claim:
        return Finding(sentence, references)
    evidence = retrieve(index, embedder, sentence.text[:MAX_QUESTION], filters, FOUND)
    spans = [span for reference in references for span in spans_at(index, reference)]
    judged = [judge(index, sentence.text, [span]) for span in dict.fromkeys([*spans, *spans_of(evidence)])]
    best = max(judged, key=place, default=None)
    if best and best.statement.support is not Support.UNSUPPORTED:
        best = narrowed(index, sentence.text, best)
        return Finding(sentence, references, GRANTED[best.statement.support], best.citations, best.statement.reasons)
    return denied(index, sentence, references, judged)


def denied(index: Index, sentence: Sentence, references: tuple[Reference, ...], judged: Sequence[Judged]) -> Finding:
    """A claim that nothing supports: contradicted by what is about the same in a document that it names, or in any."""
    named = {reference.document for reference in references}
    about = [one for one in judged if not named or one.citations[0].document in named]
    nearest = max(about, key=lambda one: (share_of(one.statement), place(one)), default=None)
    nearest = narrowed(index, sentence.text, nearest) if nearest else None
    if nearest and contradicts(nearest.statement):
        return Finding(sentence, references, Verdict.CONTRADICTED, nearest.citations, nearest.statement.reasons)
    shown = nearest.citations if nearest and share_of(nearest.statement) >= NEAR else ()
    wrong = tuple(reference.wrong for reference in references if reference.wrong)
    return Finding(sentence, references, Verdict.ABSENT, shown, wrong)


def spans_of(evidence: Sequence[Evidence]) -> Iterable[Span]:
    """The passages of evidence, each alone, and those that follow on each other as one."""
    for found in evidence:
        passages = (*found.parts, found.passage) if len(found.parts) > 1 else (found.passage,)
        yield from (Span(one.document, one.start, one.end, one.pinpoint) for one in passages)


def judge(index: Index, claim: str, spans: Sequence[Span]) -> Judged:
    """What the verifier makes of a claim that rests on some spans."""
    citations = tuple(cite(index, span, number) for number, span in enumerate(spans, 1))
    return Judged(verify(claim, citations, lambda path: index.document(path).pinpoints), citations)


def narrowed(index: Index, claim: str, judged: Judged) -> Judged:
    """The same with the one sentence of the passage that bears it as far, where there is one."""
    found = judged.citations[0]
    spans = sentence_spans(found.quote)
    if len(spans) == 1:
        return judged
    each = [judge(index, claim, [part_of(index, found, start, end)]) for start, end in spans]
    best = max(each, key=place)
    return best if place(best)[0] >= place(judged)[0] and share_of(best.statement) >= ABOUT else judged


def part_of(index: Index, found: Citation, start: int, end: int) -> Span:
    """A stretch of a quote, at the pinpoint of the block that it stands in."""
    begin, blocks = found.start + start, index.document(found.document).blocks
    pinpoint = next((block.pinpoint for block in blocks if block.start <= begin < block.end), None)
    return Span(found.document, begin, found.start + end, pinpoint or found.pinpoint)


def place(judged: Judged) -> tuple[int, float, int]:
    """By what one passage goes before another: support, score, and of two alike the shorter."""
    length = sum(len(citation.quote) for citation in judged.citations)
    return ORDER.index(judged.statement.support), round(judged.statement.score, 2), -length


def contradicts(statement: Statement) -> bool:
    """Whether what was found speaks against a statement: something else in its place, or nothing but for the rest."""
    share, rivals = share_of(statement), any(reason.startswith(RIVAL) for reason in against(statement))
    return share >= ABOUT if rivals else bool(against(statement)) and share >= THE_SAME


def against(statement: Statement) -> list[str]:
    """The reasons that speak against a statement, without the one that counts its words."""
    return [reason for reason in statement.reasons if not reason.startswith("only ")]


def share_of(statement: Statement) -> float:
    """The share of a statement's words that its passage holds, before what was found against it lowered it."""
    return statement.score / LOWERED ** len(against(statement))
