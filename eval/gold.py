"""Gold questions: what a right answer states, and where it stands."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import BadInput


@dataclass(frozen=True, slots=True)
class Nugget:
    """A fact that a complete answer states, in any of these wordings."""

    any_of: tuple[str, ...]
    vital: bool


@dataclass(frozen=True, slots=True)
class GoldEvidence:
    """A verbatim quote of a document in which a question's answer stands."""

    document: str
    quote: str
    page: int | None
    pinpoint: str | None


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what is known of its right answer."""

    id: str
    question: str
    answerable: bool
    kind: str
    language: str
    nuggets: tuple[Nugget, ...]
    evidence: tuple[GoldEvidence, ...]


def read_gold(path: Path) -> list[GoldQuestion]:
    """Questions of a JSON Lines file. Raises BadInput naming file, line and field."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadInput(f"The gold file {path} cannot be read ({error.strerror}).") from error
    return [read_question(line, f"{path}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def read_question(line: str, place: str) -> GoldQuestion:
    """One question. `place` is what an error names."""
    try:
        fields = json.loads(line)
        return GoldQuestion(
            fields["id"], fields["question"], fields["answerable"], fields["kind"], fields.get("language", "en"),
            tuple(Nugget(tuple(nugget["any_of"]), nugget.get("vital", True)) for nugget in fields.get("nuggets", [])),
            tuple(map(read_evidence, fields.get("evidence", []))),
        )  # fmt: skip
    except json.JSONDecodeError as error:
        raise BadInput(f"{place}: not JSON ({error.msg}).") from error
    except (KeyError, TypeError) as error:
        raise BadInput(f"{place}: the field {error} is missing or of the wrong type.") from error


def read_evidence(fields: dict[str, Any]) -> GoldEvidence:
    """One piece of evidence."""
    return GoldEvidence(fields["document"], fields["quote"], fields.get("page"), fields.get("pinpoint"))
