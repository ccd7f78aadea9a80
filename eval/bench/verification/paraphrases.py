"""Sentences put otherwise that still say what their source says. Knows nothing about verifying."""

import re
from collections.abc import Callable, Iterator, Mapping

from pincite.answer.language.quantities import number_from_words
from pincite.eval.bench.verification.perturbations import DATE, MONTHS, WORDS, Source
from pincite.ingest.metadata.dates import find_date

KEPT = re.compile(  # a clause with one of these is not left out: the rest would say something else
    r"\b(?:not|no|never|without|nor|only|except\w*|unless|if|when|where|provided|exclud\w+|other than|until|subject to"
    r"|argue\w*|claim\w*|propos\w*|suggest\w*|believ\w*|accord\w*|said|says?)\b",
    re.IGNORECASE,
)
SHORTEST = 6  # words of what is left
DIGITS = {word: str(number_from_words(word)) for word in WORDS}


def verbatim(source: Source) -> str:
    """As it stands, on one line."""
    return " ".join(source.sentence.split())


def attributed(source: Source) -> str:
    """With its own reference in front."""
    place = f", {source.pinpoint}" if source.pinpoint else ""
    return f"According to {source.reference}{place}: {verbatim(source)}"


def cut(source: Source) -> str | None:
    """Without its last clause."""
    head, comma, tail = verbatim(source).rpartition(", ")
    return f"{head}." if comma and len(head.split()) >= SHORTEST and not KEPT.search(tail) else None


def ellipsis(source: Source) -> str | None:
    """With a middle clause left out."""
    parts = verbatim(source).split(", ")
    if len(parts) < 3 or KEPT.search(parts[1]) or len(parts[0].split()) < 3:  # noqa: PLR2004  a beginning and an end
        return None
    return f"{parts[0]} … {', '.join(parts[2:])}"


def percent(source: Source) -> str | None:
    """With shares written otherwise."""
    text = verbatim(source)
    if "per cent" in text or "percent " in text:
        return re.sub(r" per\s?cent\b", "%", text)
    return re.sub(r"(?<=\d)%", " per cent", text) if re.search(r"\d%", text) else None


def rewritten_date(source: Source) -> str | None:
    """With a date written otherwise."""
    text = verbatim(source)
    match = DATE.search(text)
    stated = find_date(match[0]) if match else None
    if match is None or stated is None or not match[0][:1].isdigit() or text[match.start() - 1] in "-–":
        return None
    year, month, day = stated.split("-")
    new = stated if len(text) % 2 else f"{MONTHS[int(month) - 1]} {int(day)}, {year}"
    return None if new == match[0] else text.replace(match[0], new)


def rewritten_number(source: Source) -> str | None:
    """With a number written otherwise."""
    text = verbatim(source)
    new = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    new = re.sub(rf"\b(?:{'|'.join(WORDS)})\b", lambda word: DIGITS[word[0]], new, count=1)
    return None if new == text else new


def reordered(source: Source) -> str | None:
    """With its first clause behind the others."""
    first, comma, rest = verbatim(source).rstrip(".;:").partition(", ")
    if not comma or len(first.split()) > SHORTEST or "," in rest or len(rest.split()) < SHORTEST:
        return None
    return f"{rest[0].upper()}{rest[1:]}, {first[0].lower() if not first[1:2].isupper() else first[0]}{first[1:]}."


def introduced(source: Source) -> str | None:
    """With who speaks in front, its first letter made small."""
    text = verbatim(source)
    if not re.match(r"(?:The|All|Each|In|This|These|Member|Every|A|An) ", text):
        return None
    return f"The text states that {text[0].lower()}{text[1:]}"


def modal(source: Source) -> str | None:
    """With `must` for `shall`."""
    text = verbatim(source)
    return re.sub(r"\bshall\b", "must", text) if re.search(r"\bshall\b", text) else None


REWORDINGS: Mapping[str, Callable[[Source], str | None]] = {
    "verbatim": verbatim,
    "attributed": attributed,
    "cut short": cut,
    "ellipsis": ellipsis,
    "per cent or %": percent,
    "date otherwise": rewritten_date,
    "number otherwise": rewritten_number,
    "clauses in another order": reordered,
    "introduced": introduced,
    "must for shall": modal,
}


def reworded(source: Source) -> Iterator[tuple[str, str]]:
    """A sentence put otherwise, each way with its kind."""
    for kind, reword in REWORDINGS.items():
        if text := reword(source):
            yield kind, text
