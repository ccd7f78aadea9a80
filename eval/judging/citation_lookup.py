"""What stands where citations point, looked up in the library; kept beside the answers, so that they can be judged
again without it.
"""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass
from rapidfuzz.fuzz import partial_ratio

from pincite.eval.judging.answers import Answered, Cited
from pincite.eval.judging.matching import ALIGNED
from pincite.eval.judging.normalisation import fold
from pincite.ingest.errors import UnknownDocument
from pincite.ingest.index.index import Index
from pincite.ingest.jsonl import numbered_lines, validated


@dataclass(frozen=True, slots=True)
class Check:
    """One answer's look-up. `texts`: for each citation the words at its offsets, or its quote where the document holds
    it and no offsets are given, or None. `confidence` is how sure the system was of its answer.
    """

    id: str
    texts: tuple[str | None, ...]
    confidence: float | None = None


CHECK = TypeAdapter(Check)


def check(index: Index, answered: Answered, confidence: float | None) -> Check:
    """What stands where an answer's citations point."""
    return Check(answered.id, tuple(text_of(index, cited) for cited in answered.citations), confidence)


def text_of(index: Index, cited: Cited) -> str | None:
    """The words of the library that a citation points at, None when there are none."""
    try:
        text = index.document(cited.document).text
    except UnknownDocument:
        return None
    if cited.start is not None and cited.end is not None:
        return text[cited.start : cited.end]
    return cited.quote if stands(cited.quote, text) else None


def stands(quote: str, text: str) -> bool:
    """Whether a document holds a quote, but for line breaks, hyphens and footnote marks."""
    wanted, held = fold(quote), fold(text)
    return bool(wanted) and (wanted in held or partial_ratio(wanted, held, score_cutoff=ALIGNED) > 0)


def resolved(answered: Answered, check: Check | None) -> dict[int, bool]:
    """Whether each citation, by its place in the list, resolves: with offsets to the letter."""
    texts = check.texts if check else ()
    return {
        place: text is not None and (cited.start is None or text == cited.quote)
        for place, (cited, text) in enumerate(zip(answered.citations, texts, strict=False))
    }


def check_record(check: Check) -> dict[str, Any]:
    """A look-up as JSON."""
    return {"id": check.id, "confidence": check.confidence, "texts": list(check.texts)}


def read_checks(path: Path) -> dict[str, Check]:
    """Look-ups of a file by the answer's id. Raises BadInput."""
    checks = (read_check(line, f"{path}, line {number}") for number, line in numbered_lines(path))
    return {check.id: check for check in checks}


def read_check(line: str, place: str) -> Check:
    """One look-up; `place` is what an error names."""
    return validated(CHECK, line, place)
