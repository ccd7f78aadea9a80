"""Signs of whether a place supports a claim, each a number: what `judgement` weighs."""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from pincite.answer.language.alignment import TextMark
from pincite.answer.language.dates import find_dates, same_date, years_of
from pincite.answer.language.masking import blank_out, mask_enumerators, mask_references
from pincite.answer.language.negation import LIMITS
from pincite.answer.language.parsed_text import ParsedText, ParsedWord, parse_text
from pincite.answer.language.proper_names import find_names
from pincite.answer.language.quantities import find_figures
from pincite.answer.verification.antonyms import check_antonyms
from pincite.answer.verification.attribution import metadata_of
from pincite.answer.verification.coverage import OPERATORS, concepts, same_family, stems_of
from pincite.answer.verification.facts import check_dates, check_figures, check_symbols
from pincite.answer.verification.findings import Finding, FindingKind, conflicting
from pincite.answer.verification.names import check_names
from pincite.briefing.draft_check.force import differs_in_force
from pincite.briefing.draft_check.places import Place
from pincite.briefing.draft_check.polarity import is_negative
from pincite.ingest.index.index import Index

Alike = Callable[[str, str], bool]

FAMILY = 0.8  # weight of a word of which a place has only a relative
CAPITALISED_NOUNS = frozenset({"de"})  # languages in which a capital makes no name
CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z]\w{2,}")  # within a sentence
COMMON = 0.1  # share of the passages of a document that have a name of its topic
FEWEST = 3  # passages
SAMPLE = 30  # passages in which the spelling of a word is looked up
BY = frozenset({"by", "von", "par", "por"})
PREPOSITIONS = frozenset(
    "of from for in on at to with under that who which whose when where if as before after than without by".split()
)
VERBS = frozenset(
    "is are was were be been has have had may must shall should will would can could cannot do does did".split()
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against a place. Shares are of the weight of a claim's words, the rarer the heavier.

    `covered`: by the place; `about`: by its passage too; `elsewhere`: missing words that its document has in other
    places; `gap`: weight of the rarest missing word; `subject`, `agent`: missing share of the words for who acts, those
    that its document has elsewhere counting double, as another party is named; `cosine`: of the
    embeddings; `negative`: whether it denies or forbids; `reversed`, `force`, `opposite`: whether polarity, legal force
    or a word is another one; `limited`: whether the claim alone says `only`.
    `findings`: facts that are missing or differ.
    """

    covered: float
    about: float
    elsewhere: float
    gap: float
    subject: float
    agent: float
    cosine: float
    negative: float
    reversed: float
    force: float
    limited: float
    opposite: float
    length: float
    findings: tuple[Finding, ...] = ()


NAMES = tuple(name for name in Signs.__slots__ if name != "findings")


@dataclass(frozen=True, slots=True)
class Topic:
    """The words of a document; `text` is its path with the names that many of its passages have."""

    stems: frozenset[str]
    text: str


def signs_of(index: Index, claim: str, place: Place, cosine: float) -> Signs:
    """The signs of a place for a claim in which the names of its document are blanked out."""
    masked, text, quote = parse_text(mask_references(claim)), parse_text(place.text), parse_text(place.sentence)
    weights = weights_of(index, masked, place)
    here, around = concepts(text), concepts(parse_text(f"{place.text}\n{place.around}"))
    found = {concept: share(concept, here) for concept in weights}
    missing = [concept for concept in weights if not found[concept]]
    total = sum(weights.values()) or 1.0
    elsewhere = topic_of(index, place.citation.document).stems
    negative = is_negative(parse_text(place.citation.quote), masked, place.lead)
    return Signs(
        covered=sum(weights[one] * found[one] for one in weights) / total,
        about=sum(weights[one] * share(one, around) for one in weights) / total,
        elsewhere=sum(weights[one] for one in missing if one in elsewhere) / total,
        gap=max((weights[one] for one in missing), default=0.0),
        subject=missing_share(subject_of(masked), weights, here, elsewhere),
        agent=missing_share(agent_of(masked), weights, concepts(quote), elsewhere),
        cosine=cosine,
        negative=float(negative),
        reversed=float(negative != is_negative(masked, masked)),
        force=float(differs_in_force(masked, quote)),
        limited=float(bool(LIMITS.search(masked.text)) and not LIMITS.search(quote.text)),
        opposite=float(any(True for _ in check_antonyms(masked, quote))),
        length=math.log(1 + len(quote.words)),
        findings=tuple(without_repetitions(list(missing_facts(index, claim, place)))),
    )


def without_repetitions(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings without those that a fact is missing where another says what stands in its place."""
    known = {finding.kind for finding in findings if finding.conflict}
    yield from dict.fromkeys(one for one in findings if one.conflict or one.kind not in known)


def covered_share(index: Index, claim: str, place: Place) -> float:
    """The share of a claim that a place covers, the quickest of the signs."""
    weights = weights_of(index, parse_text(mask_references(claim)), place)
    here = concepts(parse_text(place.text))
    return sum(weights[one] * share(one, here) for one in weights) / (sum(weights.values()) or 1.0)


def missing_facts(index: Index, claim: str, place: Place) -> Iterator[Finding]:
    """Symbols, dates, figures and names that a place lacks or has otherwise."""
    statement, cited = parse_text(claim), parse_text(place.text)
    topic = topic_of(index, place.citation.document)
    known = f"{metadata_of([place.citation])}\n{topic.text}"
    yield from check_symbols(claim, f"{cited.text}\n{known}")
    yield from check_dates(statement, cited, known)
    figures = years_of(cited.text) | years_of(known) | {mark.value for mark in find_figures(known)}
    measured = parse_text(place.with_measures())
    yield from check_figures(statement, measured, figures)
    given = find_figures(mask_references(mask_enumerators(place.citation.quote)))
    yield from rivals(FindingKind.FIGURE, find_figures(mask_references(claim)), given, same_measure)
    stated = [mark for mark in find_dates(claim) if not any(same_date(one.value, mark.value) for one in find_dates(known))]
    yield from rivals(FindingKind.DATE, stated, find_dates(place.citation.quote), same_kind_of_date)
    if place.citation.metadata.language not in CAPITALISED_NOUNS:
        stated = metadata_of([place.citation])
        yield from check_names(without(subject_names(statement, topic), statement), cited, parse_text(stated))
        yield from check_opening_name(index, statement, parse_text(f"{cited.text}\n{known}"))


def rivals(kind: FindingKind, stated: Sequence[TextMark], given: Sequence[TextMark], alike: Alike) -> Iterator[Finding]:
    """The only fact of a kind that a place gives, where a claim gives another one."""
    for mark in stated:
        others = {one.value: one for one in given if alike(one.value, mark.value)}
        if len(others) == 1 and mark.value not in others:
            yield conflicting(kind, next(iter(others.values())).written, mark.written)


def same_measure(one: str, other: str) -> bool:
    """Whether two figures have the same unit.

    >>> same_measure("10 year", "5 year"), same_measure("10", "5")
    (True, False)
    """
    return " " in one and one.partition(" ")[2] == other.partition(" ")[2]


def same_kind_of_date(one: str, other: str) -> bool:
    """Whether two dates are equally exact.

    >>> same_kind_of_date("2024-03-21", "2023-05-02"), same_kind_of_date("2024-03", "2023-05-02")
    (True, False)
    """
    return one.count("-") == other.count("-")


def subject_names(claim: ParsedText, topic: Topic) -> list[TextMark]:
    """The names before the verb of a claim that belong to the topic of a document: they tell what it speaks of."""
    end = next((word.start for word in claim.words if word.text.lower() in VERBS), len(claim.text))
    known = parse_text(topic.text).stems()
    return [name for name in find_names(claim) if name.end <= end and known.issuperset(name.value.split())]


def without(marks: Sequence[TextMark], text: ParsedText) -> ParsedText:
    """A text with blanks in place of marks."""
    return parse_text(blank_out(text.text, marks))


def check_opening_name(index: Index, claim: ParsedText, known: ParsedText) -> Iterator[Finding]:
    """A name that opens a claim and that is not known: a word that the library writes with a capital only."""
    first = next(iter(claim.words), None)
    if first and first.stem and first.text[0].isupper() and first.stem not in known.stems() and is_name(index, first.text):
        yield Finding(FindingKind.NAME, f"The name {first.text} does not appear in the cited text.")


def is_name(index: Index, word: str) -> bool:
    """Whether a library has a word within sentences, and always with a capital."""
    numbers = [number for number, _ in index.lexical.passages_with(word)[:SAMPLE]]
    texts = [one.passage.text for one in index.passages(numbers)]
    within = [found for text in texts for found in re.findall(rf"(?<=[a-z,] )(?i:{re.escape(word)})(?!\w)", text)]
    return bool(within) and all(found[0].isupper() for found in within)


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


def missing_share(stems: Sequence[str], weights: Mapping[str, float], known: Collection[str], elsewhere: Collection[str]) -> float:
    """The share of some words of a claim that are missing among those known, though its document has them elsewhere."""
    counted = [stem for stem in stems if stem in weights]
    missing = [stem for stem in counted if not share(stem, known) and stem in elsewhere]
    return len(missing) / len(counted) if counted else 0.0


def subject_of(claim: ParsedText) -> list[str]:
    """The stems of what a claim with an auxiliary verb speaks of: those before it, up to a preposition.

    >>> subject_of(parse_text("Providers from third countries must report.")), subject_of(parse_text("They report."))
    (['provid'], [])
    """
    end = next((n for n, word in enumerate(claim.words) if word.text.lower() in VERBS), 0)
    return head_of(claim.words[:end])


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


_topics: "WeakKeyDictionary[Index, dict[str, Topic]]" = WeakKeyDictionary()


def topic_of(index: Index, document: str) -> Topic:
    """The topic of a document."""
    cached = _topics.setdefault(index, {})
    if document not in cached:
        texts = [one.passage.text for one in index.catalog.passages_of(index.entry(document).number)]
        counts = Counter(word for text in texts for word in set(CAPITALISED.findall(text)))
        common = [word for word, count in counts.items() if count >= max(FEWEST, COMMON * len(texts))]
        cached[document] = Topic(concepts(parse_text("\n".join(texts))), " ".join([document.replace("_", " "), *common]))
    return cached[document]


def vector(signs: Signs) -> Sequence[float]:
    """The signs as numbers, in the order of `NAMES`."""
    return [float(getattr(signs, name)) for name in NAMES]
