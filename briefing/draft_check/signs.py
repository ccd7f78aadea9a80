"""Signs of whether a place supports a claim: how near its words are, and what in it speaks against the claim."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pincite.answer.language.masking import mask_references
from pincite.answer.language.negation import LIMITS
from pincite.answer.language.parsed_text import ParsedText, ParsedWord, parse_text
from pincite.answer.verification.attribution import metadata_of
from pincite.answer.verification.coverage import OPERATORS, concepts, same_family, stems_of
from pincite.answer.verification.findings import Finding
from pincite.briefing.draft_check.facts import VERBS, missing_facts, without_repetitions
from pincite.briefing.draft_check.force import differs_in_force
from pincite.briefing.draft_check.places import Place
from pincite.briefing.draft_check.polarity import is_negative
from pincite.briefing.draft_check.topic import topic_of
from pincite.ingest.index.index import Index

FAMILY = 0.8  # weight of a word of which a place has only a relative
SOON = 4  # first words of a claim
BY = frozenset({"by", "von", "par", "por"})
PREPOSITIONS = frozenset(
    "of from for in on at to with under that who which whose when where if as before after than without by".split()
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against a place.

    `covered`: share of the claim's words that it has, weighted by their rarity; `cosine`: of the embeddings; `subject`,
    `agent`: share of the words for who acts that it lacks and its document has elsewhere; `negative`: whether it denies
    or forbids, `reversed`: and the claim does not, or the other way round; `force`: whether it has another legal force;
    `limited`: whether the claim alone says `only`; `findings`: facts that are missing or differ.
    """

    covered: float
    cosine: float
    subject: float
    agent: float
    negative: bool
    reversed: bool
    force: bool
    limited: bool
    findings: tuple[Finding, ...] = ()


def signs_of(index: Index, claim: str, place: Place, cosine: float) -> Signs:
    """The signs of a place for a claim in which the names of its document are blanked out."""
    masked, quote = parse_text(mask_references(claim)), parse_text(place.citation.quote)
    sentence = parse_text(place.sentence)
    elsewhere = topic_of(index, place.citation.document).stems
    negative = is_negative(quote, masked, place.lead)
    subject = [one for one in subject_of(masked) if one in weights_of(index, masked, place)]
    return Signs(
        covered=covered_share(index, claim, place),
        cosine=cosine,
        subject=missing_share(subject, concepts(parse_text(place.text)), elsewhere),
        agent=missing_share(agent_of(masked), concepts(sentence), elsewhere),
        negative=negative,
        reversed=negative != is_negative(masked, masked),
        force=differs_in_force(masked, sentence),
        limited=bool(LIMITS.search(masked.text)) and not LIMITS.search(sentence.text),
        findings=tuple(without_repetitions(list(missing_facts(index, claim, place)))),
    )


def covered_share(index: Index, claim: str, place: Place) -> float:
    """The share of a claim that a place covers, the quickest of the signs."""
    weights = weights_of(index, parse_text(mask_references(claim)), place)
    here = concepts(parse_text(place.text))
    return sum(weights[one] * share(one, here) for one in weights) / (sum(weights.values()) or 1.0)


def weights_of(index: Index, claim: ParsedText, place: Place) -> dict[str, float]:
    """The words of a claim that a place must have, each with its weight: 0 for the commonest, 1 for the rarest."""
    lexical = index.lexical
    passages = max(lexical.count(), 2)
    known = concepts(parse_text(metadata_of([place.citation]))) - concepts(parse_text(place.citation.quote))
    counted = concepts(claim) - stems_of(OPERATORS) - known or concepts(claim)
    return {one: 1 - math.log(1 + lexical.document_frequency(one)) / math.log(1 + passages) for one in counted}


def share(concept: str, known: Collection[str]) -> float:
    """How far words contain a word: 1, less if only a relative of it, or 0."""
    if concept in known:
        return 1.0
    return FAMILY * any(same_family(concept, other) for other in known)


def missing_share(stems: Sequence[str], known: Collection[str], elsewhere: Collection[str]) -> float:
    """The share of some words of a claim that are missing among those known, though its document has them elsewhere."""
    missing = [stem for stem in stems if not share(stem, known) and stem in elsewhere]
    return len(missing) / len(stems) if stems else 0.0


def subject_of(claim: ParsedText) -> list[str]:
    """The concepts of what a claim speaks of: the words before its first auxiliary verb, up to a preposition.

    Without such a verb they are taken only if a preposition follows soon.

    >>> subject_of(parse_text("Providers from third countries must report.")), subject_of(parse_text("They report."))
    (['provid'], [])
    """
    words = [word.text.lower() for word in claim.words]
    ends = [n for n, word in enumerate(words) if word in VERBS]
    soon = [n for n, word in enumerate(words[:SOON]) if n and word in PREPOSITIONS]
    return head_of(claim.words[: (ends or soon or [0])[0]])


def agent_of(claim: ParsedText) -> list[str]:
    """The stems of who acts in a claim in the passive: those after its last `by`.

    >>> agent_of(parse_text("Literacy is ensured by the providers of systems."))
    ['provid']
    """
    numbers = [n for n, word in enumerate(claim.words) if word.text.lower() in BY]
    return head_of(claim.words[numbers[-1] + 1 :]) if numbers else []


def head_of(words: Sequence[ParsedWord]) -> list[str]:
    """The concepts of some words up to the first preposition after one of them."""
    found: list[str] = []
    for word in words:
        if found and word.text.lower() in PREPOSITIONS:
            break
        if word.stem:
            found.append(next(iter(concepts(ParsedText(word.text, (word,))))))
    return found
