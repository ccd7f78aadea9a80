"""Gold questions: what a correct answer states, and the passages that support it."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from pincite.eval.judging.normalisation import normalise
from pincite.ingest.errors import BadInput
from pincite.ingest.jsonl import numbered_lines, validated

Kind = Literal[
    "fact", "number", "date", "definition", "list", "procedure", "comparison", "multi-document", "temporal", "table",
    "attribution", "false-premise", "absent-document", "unanswerable",
]  # fmt: skip
STRICT = ConfigDict(strict=True)


def searchable(text: str) -> str:
    """The same text. Raises ValueError if it normalises to nothing, since it would then occur in every text."""
    if not normalise(text):
        raise ValueError("needs at least one letter or digit")
    return text


Searchable = Annotated[str, AfterValidator(searchable)]


@dataclass(frozen=True, slots=True, config=STRICT)
class Nugget:
    """A fact that a complete answer states, in any of these wordings."""

    any_of: Annotated[tuple[Searchable, ...], Field(min_length=1)]
    vital: bool = True


@dataclass(frozen=True, slots=True, config=STRICT)
class GoldEvidence:
    """A verbatim quote of a document that supports the answer."""

    document: Searchable
    quote: Searchable
    page: int | None = None
    pinpoint: str | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class GoldQuestion:
    """A question with its nuggets and evidence; if it is not `answerable`, a correct system abstains."""

    id: Searchable
    question: Searchable
    answerable: bool
    kind: Kind
    language: str = "en"
    nuggets: tuple[Nugget, ...] = ()
    evidence: tuple[GoldEvidence, ...] = ()
    note: str | None = None

    def __post_init__(self) -> None:
        """Checks that an answerable question has what its measures need."""
        if self.answerable and not any(nugget.vital for nugget in self.nuggets):
            raise ValueError("nuggets: an answerable question needs at least one that is vital")
        if self.answerable and not self.evidence:
            raise ValueError("evidence: an answerable question needs at least one piece")


KINDS: tuple[str, ...] = get_args(Kind)
QUESTION = TypeAdapter(GoldQuestion)


def read_gold(*paths: Path) -> list[GoldQuestion]:
    """Questions from JSON Lines files. Raises BadInput naming file, line and field, also for a repeated id."""
    questions = [question for path in paths for question in read_file(path)]
    repeated = [identity for identity, count in Counter(question.id for question in questions).items() if count > 1]
    if repeated:
        raise BadInput(f"{file_list(paths)}: more than one question has the id {repeated[0]}; ids must be unique.")
    if not questions:
        raise BadInput(f"{file_list(paths)}: no questions found.")
    return questions


def file_list(paths: Sequence[Path]) -> str:
    """Files as an error message lists them."""
    return ", ".join(map(str, paths))


def read_file(path: Path) -> list[GoldQuestion]:
    """Questions from one file."""
    return [read_question(line, f"{path}, line {number}") for number, line in numbered_lines(path, "The gold file ")]


def read_question(line: str, location: str) -> GoldQuestion:
    """One question. Raises BadInput, which begins with `location`, for the first field that is wrong.

    >>> read_question('{"id": "q1", "question": "Why?", "answerable": 0, "kind": "fact"}', "gold.jsonl, line 1")
    Traceback (most recent call last):
        ...
    pincite.ingest.errors.BadInput: gold.jsonl, line 1, field answerable: input should be a valid boolean.
    """
    return validated(QUESTION, line, location)
