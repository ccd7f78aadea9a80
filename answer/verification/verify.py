"""Verifies a statement against the text that it cites, by rules that each report what they found.

Needs neither index nor model; an entailment model is optional and can only lower what the rules found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pincite.answer.citation.citation import Citation
from pincite.answer.language.dates import years_of
from pincite.answer.language.masking import mask_references
from pincite.answer.language.parsed_text import ParsedText, parse_text
from pincite.answer.verification.antonyms import check_antonyms
from pincite.answer.verification.attribution import attribution_of_quote, check_attribution, metadata_of
from pincite.answer.verification.coverage import coverage
from pincite.answer.verification.entailment import Entailment, check_entailment
from pincite.answer.verification.facts import check_dates, check_figures, check_symbols
from pincite.answer.verification.findings import WEAKENING, Finding, FindingKind
from pincite.answer.verification.modality import check_modality
from pincite.answer.verification.names import check_names
from pincite.answer.verification.negation import check_exceptions, check_negation
from pincite.answer.verification.pinpoints import PinpointsOf, check_heading, check_pinpoints, no_pinpoints
from pincite.answer.verification.reported_speech import check_reported_speech
from pincite.answer.verification.verbatim import is_verbatim

SUPPORTED, PARTLY = 0.7, 0.4  # lowest coverage by the cited text
PENALTY = 0.75  # factor by which each finding lowers the score


class Support(StrEnum):
    """How far the cited text supports a statement; `unchecked` never counts as passed."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    UNSUPPORTED = "unsupported"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer with the numbers of its citations and the result of verifying it."""

    text: str
    citations: tuple[int, ...]
    support: Support
    score: float
    reasons: tuple[str, ...] = ()  # messages for the reader


@dataclass(frozen=True, slots=True)
class Assessment:
    """Coverage of a statement by its cited text, 0 to 1, and what the rules found against it."""

    coverage: float
    findings: tuple[Finding, ...] = ()

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings other than low coverage."""
        return tuple(one for one in self.findings if one.kind is not FindingKind.COVERAGE)

    @property
    def support(self) -> Support:
        """The worst that coverage and the kinds of the findings allow."""
        if self.coverage < PARTLY or any(one.kind not in WEAKENING for one in self.findings):
            return Support.UNSUPPORTED
        return Support.PARTLY if self.findings or self.coverage < SUPPORTED else Support.SUPPORTED

    @property
    def score(self) -> float:
        """The coverage, a quarter less for each fault."""
        return self.coverage * PENALTY ** len(self.faults)


def verify(
    text: str,
    citations: Sequence[Citation],
    pinpoints_of: PinpointsOf = no_pinpoints,
    entailment: Entailment | None = None,
) -> Statement:
    """Verify a statement against its citations. `pinpoints_of`: the pinpoints of a document, by its path."""
    found = assess(text, citations, pinpoints_of, entailment)
    numbers = tuple(citation.number for citation in citations)
    return Statement(text, numbers, found.support, found.score, tuple(one.message for one in found.findings))


def assess(
    text: str,
    citations: Sequence[Citation],
    pinpoints_of: PinpointsOf = no_pinpoints,
    entailment: Entailment | None = None,
) -> Assessment:
    """Coverage and findings for a statement, whose kinds a program can act on."""
    if not citations:
        return Assessment(0.0, (Finding(FindingKind.NO_CITATION, "No passage is cited for this."),))
    found = apply_rules(text, citations, pinpoints_of)
    if entailment and found.support is not Support.UNSUPPORTED:
        doubts = check_entailment(entailment, text, [citation.quote for citation in citations])
        found = replace(found, findings=(*found.findings, *doubts))
    if found.coverage < SUPPORTED:
        message = f"Only {found.coverage:.0%} of its words appear in the cited text."
        found = replace(found, findings=(*found.findings, Finding(FindingKind.COVERAGE, message)))
    return found


def apply_rules(text: str, citations: Sequence[Citation], pinpoints_of: PinpointsOf) -> Assessment:
    """Coverage and findings of the rules; a quotation is covered in full and only its attribution is checked."""
    quotes = "\n\n".join(citation.quote for citation in citations)
    if is_verbatim(text, quotes):
        return Assessment(1.0)
    metadata = metadata_of(citations)
    source = parse_text("\n".join([metadata, *(citation.document for citation in citations)]))
    findings = list(check_heading(text, citations, pinpoints_of))
    attribution = attribution_of_quote(text, quotes, source)
    if attribution is not None:
        findings += check_attribution(attribution, citations, source, pinpoints_of)
        return Assessment(1.0, tuple(dict.fromkeys(findings)))
    statement, masked = parse_text(text), parse_text(mask_references(text))
    cited, known = parse_text(quotes), parse_text(metadata)
    findings += check_facts(statement, cited, known)
    findings += check_pinpoints(statement, cited, citations, pinpoints_of)
    for rule in (check_negation, check_antonyms, check_modality, check_reported_speech, check_exceptions):
        findings += rule(masked, cited)
    return Assessment(coverage(masked, cited, known), tuple(dict.fromkeys(findings)))


def check_facts(statement: ParsedText, cited: ParsedText, metadata: ParsedText) -> Iterator[Finding]:
    """Symbols, dates, figures and names that neither the cited text nor its metadata has."""
    yield from check_symbols(statement.text, f"{cited.text}\n{metadata.text}")
    yield from check_dates(statement, cited, metadata.text)
    yield from check_figures(statement, cited, years_of(cited.text) | years_of(metadata.text))
    yield from check_names(statement, cited, metadata)
