"""Whether a statement stands in the words it cites: by rules that say what they found, one module for each.

No index and no model is needed; a model of entailment may join, and can only lower what the rules found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pincite.answer.citation.citation import Citation
from pincite.answer.language.dates import years_of
from pincite.answer.language.masking import plainly
from pincite.answer.language.parsed_text import Worded, worded
from pincite.answer.verification.antonyms import reversed_words
from pincite.answer.verification.attribution import attribution_of_quote, known_of, wrong_attribution
from pincite.answer.verification.coverage import covered
from pincite.answer.verification.entailment import Entailment, doubts
from pincite.answer.verification.facts import wrong_dates, wrong_figures, wrong_symbols
from pincite.answer.verification.modality import changed_force
from pincite.answer.verification.names import wrong_names
from pincite.answer.verification.negation import differing, left_out
from pincite.answer.verification.pinpoints import PinpointsOf, no_pinpoints, wrong_headings, wrong_places
from pincite.answer.verification.reported_speech import made_a_fact
from pincite.answer.verification.verbatim import is_verbatim

SUPPORTED, PARTLY = 0.7, 0.4  # shares of a statement's words that its quotes must hold
LOWERED = 0.75  # what is left of a score for each reason


class Support(StrEnum):
    """What the check of a statement found; `unchecked` never counts as passed."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    UNSUPPORTED = "unsupported"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer with the numbers of its citations.

    `score` is the share of its words that they hold, a quarter less for each of the `reasons`; 1 for a quote.
    """

    text: str
    citations: tuple[int, ...]
    support: Support
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """The share of a statement's words that is held, and what was found against it: what is wrong, what is missing."""

    share: float
    wrong: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def support(self) -> Support:
        """What this makes of the statement."""
        if self.wrong or self.share < PARTLY:
            return Support.UNSUPPORTED
        return Support.PARTLY if self.missing or self.share < SUPPORTED else Support.SUPPORTED

    @property
    def score(self) -> float:
        """The share, a quarter less for each thing found."""
        return self.share * LOWERED ** len(self.wrong + self.missing)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What was found, and how much is held where that is too little."""
        too_little = f"only {self.share:.0%} of its words stand in the cited text"
        return (*self.wrong, *self.missing, *([too_little] if self.share < SUPPORTED else []))


def verify(
    text: str,
    citations: Sequence[Citation],
    pinpoints_of: PinpointsOf = no_pinpoints,
    entailment: Entailment | None = None,
) -> Statement:
    """A statement with what its citations make of it. `pinpoints_of` gives the pinpoints of a document by its path."""
    numbers = tuple(citation.number for citation in citations)
    if not citations:
        return Statement(text, numbers, Support.UNSUPPORTED, 0.0, ("no passage is cited for it",))
    found = examine(text, citations, pinpoints_of)
    if entailment and found.support is not Support.UNSUPPORTED:
        doubt = doubts(entailment, text, [citation.quote for citation in citations])
        found = Findings(found.share, found.wrong, (*found.missing, doubt) if doubt else found.missing)
    return Statement(text, numbers, found.support, found.score, found.reasons)


def examine(text: str, citations: Sequence[Citation], pinpoints_of: PinpointsOf) -> Findings:
    """What the rules find."""
    quotes = "\n\n".join(citation.quote for citation in citations)
    if is_verbatim(text, quotes):
        return Findings(1.0)
    known = known_of(citations)
    named = worded("\n".join([known, *(citation.document for citation in citations)]))
    wrong = list(wrong_headings(text, citations, pinpoints_of))
    attribution = attribution_of_quote(text, quotes, named)
    if attribution is not None:
        wrong += wrong_attribution(attribution, citations, named, pinpoints_of)
        return Findings(1.0, tuple(dict.fromkeys(wrong)))
    stated, plain, cited, about = worded(text), worded(plainly(text)), worded(quotes), worded(known)
    wrong += [*wrong_facts(stated, cited, about), *wrong_places(stated, cited, citations, pinpoints_of)]
    wrong += [*differing(plain, cited), *reversed_words(plain, cited), *changed_force(plain, cited)]
    share = covered(plain, cited, about)
    return Findings(share, tuple(dict.fromkeys(wrong)), (*made_a_fact(plain, cited), *left_out(plain, cited)))


def wrong_facts(statement: Worded, cited: Worded, about: Worded) -> Iterator[str]:
    """Symbols, dates, figures and names that neither the cited text nor what is known of it holds, a sentence each."""
    yield from wrong_symbols(statement.text, f"{cited.text}\n{about.text}")
    yield from wrong_dates(statement, cited, about.text)
    yield from wrong_figures(statement, cited, years_of(cited.text) | years_of(about.text))
    yield from wrong_names(statement, cited, about)
