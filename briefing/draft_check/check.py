"""Checks each sentence of a draft against the library."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pincite.answer.citation.citation import Citation, Span, cite
from pincite.answer.language.dates import find_dates, same_date
from pincite.answer.query.aliases import aliases_of
from pincite.answer.query.filters import NO_FILTERS, Filters
from pincite.answer.query.question import MAX_QUESTION
from pincite.answer.retrieval.retrieve import RetrieveSettings, retrieve
from pincite.briefing.draft_check.claims import DraftUnit, draft_units
from pincite.briefing.draft_check.judgement import judged_places
from pincite.briefing.draft_check.places import places_in
from pincite.briefing.draft_check.references import Reference, references_in, spans_at
from pincite.briefing.draft_check.status import denied_status, status_notes
from pincite.briefing.draft_check.verdicts import ClaimVerdict, Verdict, verdict_on
from pincite.ingest.document import Document
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BadInput, RejectedFile
from pincite.ingest.index.index import Index
from pincite.ingest.isolation.file_reader import read_isolated

SUFFIXES = (".docx", ".md", ".txt")
RETRIEVAL = RetrieveSettings(top=10)
RESTING = (ClaimVerdict.SUPPORTED, ClaimVerdict.PARTLY)  # verdicts that rest on the acts cited

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence with its verdict, None where it makes no claim, and the passages that support it or come nearest."""

    sentence: DraftUnit
    references: tuple[Reference, ...]
    verdict: ClaimVerdict | None = None
    citations: tuple[Citation, ...] = ()
    reasons: tuple[str, ...] = ()


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
        return read_isolated(path, path.name)
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
    """Check a sentence against the places that it refers to and those that retrieval finds for it."""
    if not sentence.claim:
        return CheckedSentence(sentence, references)
    wrong = tuple(reference.wrong for reference in references if reference.wrong)
    verdict = denied_status(index, sentence.text, references) or found_verdict(
        index, embedder, sentence.text, references, filters
    )
    if wrong and verdict.kind is ClaimVerdict.SUPPORTED:
        verdict = replace(verdict, kind=ClaimVerdict.PARTLY)
    notes = status_notes(index, verdict.citations) if verdict.kind in RESTING else ()
    return CheckedSentence(sentence, references, verdict.kind, verdict.citations, (*verdict.reasons, *wrong, *notes))


def found_verdict(
    index: Index, embedder: Embedder, claim: str, references: Sequence[Reference], filters: Filters
) -> Verdict:
    """The verdict of the places that a claim refers to and of those that retrieval finds for it."""
    evidence = retrieve(index, embedder, claim[:MAX_QUESTION], filters, RETRIEVAL)
    spans = [span for reference in references for span in spans_at(index, reference)]
    judged = judged_places(index, embedder, aliases_of(index), claim, places_in(index, evidence, spans))
    return with_source_of_date(index, claim, verdict_on(claim, judged))


def with_source_of_date(index: Index, claim: str, verdict: Verdict) -> Verdict:
    """A verdict with the place that dates the document, where a claim gives that date and its support does not."""
    if verdict.kind is not ClaimVerdict.SUPPORTED or not (dates := find_dates(claim)):
        return verdict
    cited = verdict.citations[0]
    source = next((one for one in cited.metadata.sources if one.field == "date" and one.start is not None), None)
    given = find_dates(cited.quote)
    if not source or any(same_date(one.value, date.value) for date in dates for one in given):
        return verdict
    span = Span(cited.document, source.start or 0, source.end or 0, source.source)
    return replace(verdict, citations=(cite(index, span, 1),))
