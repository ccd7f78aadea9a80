"""Paraphrases of sentences that keep their meaning, so that a verifier should find them supported."""

import re
from collections.abc import Callable, Iterator, Mapping

from pincite.answer.language.quantities import number_from_words
from pincite.eval.bench.verification.perturbations import DATE, MONTHS, NUMBERS, SourceSentence
from pincite.ingest.metadata.dates import find_date

RESTRICTION = re.compile(  # without such a clause, the rest would have another meaning
    r"\b(?:not|no|never|without|nor|only|except\w*|unless|if|when|where|provided|exclud\w+|other than|until|subject to"
    r"|argue\w*|claim\w*|propos\w*|suggest\w*|believ\w*|accord\w*|said|says?)\b",
    re.IGNORECASE,
)
SHORTEST = 6  # words of the remaining text


def verbatim(source: SourceSentence) -> str:
    """Unchanged, on one line."""
    return " ".join(source.sentence.split())


def attributed(source: SourceSentence) -> str:
    """With its reference as a prefix."""
    place = f", {source.pinpoint}" if source.pinpoint else ""
    return f"According to {source.reference}{place}: {verbatim(source)}"


def shortened(source: SourceSentence) -> str | None:
    """Without its last clause."""
    head, comma, tail = verbatim(source).rpartition(", ")
    return f"{head}." if comma and len(head.split()) >= SHORTEST and not RESTRICTION.search(tail) else None


def ellipsis(source: SourceSentence) -> str | None:
    """With a middle clause replaced by an ellipsis."""
    parts = verbatim(source).split(", ")
    if len(parts) < 3 or RESTRICTION.search(parts[1]) or len(parts[0].split()) < 3:  # noqa: PLR2004  a beginning and an end
        return None
    return f"{parts[0]} … {', '.join(parts[2:])}"


def percent(source: SourceSentence) -> str | None:
    """With "%" for "per cent" or the reverse."""
    text = verbatim(source)
    if "per cent" in text or "percent " in text:
        return re.sub(r" per\s?cent\b", "%", text)
    return re.sub(r"(?<=\d)%", " per cent", text) if re.search(r"\d%", text) else None


def rewritten_date(source: SourceSentence) -> str | None:
    """With a date in another format."""
    text = verbatim(source)
    match = DATE.search(text)
    iso = find_date(match[0]) if match else None
    if match is None or iso is None or not match[0][:1].isdigit() or text[match.start() - 1] in "-–":
        return None
    year, month, day = iso.split("-")
    new = iso if len(text) % 2 else f"{MONTHS[int(month) - 1]} {int(day)}, {year}"
    return None if new == match[0] else text.replace(match[0], new)


def rewritten_number(source: SourceSentence) -> str | None:
    """With a number without thousands separators or in digits."""
    text = verbatim(source)
    new = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    new = re.sub(rf"\b(?:{'|'.join(NUMBERS)})\b", lambda word: str(number_from_words(word[0])), new, count=1)
    return None if new == text else new


def reordered(source: SourceSentence) -> str | None:
    """With its first clause moved to the end."""
    first, comma, rest = verbatim(source).rstrip(".;:").partition(", ")
    if not comma or len(first.split()) > SHORTEST or "," in rest or len(rest.split()) < SHORTEST:
        return None
    return f"{rest[0].upper()}{rest[1:]}, {first[0].lower() if not first[1:2].isupper() else first[0]}{first[1:]}."


def introduced(source: SourceSentence) -> str | None:
    """With "The text states that" as a prefix."""
    text = verbatim(source)
    if not re.match(r"(?:The|All|Each|In|This|These|Member|Every|A|An) ", text):
        return None
    return f"The text states that {text[0].lower()}{text[1:]}"


def modal(source: SourceSentence) -> str | None:
    """With "must" for "shall"."""
    text = verbatim(source)
    return re.sub(r"\bshall\b", "must", text) if re.search(r"\bshall\b", text) else None


PARAPHRASES: Mapping[str, Callable[[SourceSentence], str | None]] = {
    "verbatim": verbatim,
    "attributed": attributed,
    "shortened": shortened,
    "ellipsis": ellipsis,
    "per cent or %": percent,
    "date format": rewritten_date,
    "number format": rewritten_number,
    "order of clauses": reordered,
    "introduced": introduced,
    "must for shall": modal,
}


def paraphrases(source: SourceSentence) -> Iterator[tuple[str, str]]:
    """The paraphrases of a sentence with their kinds."""
    for kind, paraphrase in PARAPHRASES.items():
        if text := paraphrase(source):
            yield kind, text
