"""Gold questions: what a right answer states, and where it stands. Knows nothing about answers."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from pincite.eval.judging.normalisation import fold
from pincite.ingest.errors import BadInput
from pincite.ingest.jsonl import numbered_lines, validated

Kind = Literal[
    "fact", "number", "date", "definition", "list", "procedure", "comparison", "multi-document", "temporal", "table",
    "attribution", "false-premise", "absent-document", "unanswerable",
]  # fmt: skip
STRICT = ConfigDict(strict=True)


def with_letters(text: str) -> str:
    """A text that can be looked for. Raises ValueError for one that folds to nothing, which would stand everywhere."""
    if not fold(text):
        raise ValueError("needs at least one letter or digit")
    return text


Searchable = Annotated[str, AfterValidator(with_letters)]


@dataclass(frozen=True, slots=True, config=STRICT)
class Nugget:
    """A fact that a complete answer states, in any of these wordings."""

    any_of: Annotated[tuple[Searchable, ...], Field(min_length=1)]
    vital: bool = True


@dataclass(frozen=True, slots=True, config=STRICT)
class GoldEvidence:
    """A verbatim quote of a document in which a question's answer stands."""

    document: Searchable
    quote: Searchable
    page: int | None = None
    pinpoint: str | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class GoldQuestion:
    """A question with what is known of its right answer; `answerable` false when a right answer abstains."""

    id: Searchable
    question: Searchable
    answerable: bool
    kind: Kind
    language: str = "en"
    nuggets: tuple[Nugget, ...] = ()
    evidence: tuple[GoldEvidence, ...] = ()
    note: str | None = None

    def __post_init__(self) -> None:
        """What an answerable question must have, so that no measure of it is empty."""
        if self.answerable and not any(nugget.vital for nugget in self.nuggets):
            raise ValueError("nuggets: an answerable question needs at least one that is vital")
        if self.answerable and not self.evidence:
            raise ValueError("evidence: an answerable question needs at least one piece")


KINDS: tuple[str, ...] = get_args(Kind)
QUESTION = TypeAdapter(GoldQuestion)


def read_gold(*paths: Path) -> list[GoldQuestion]:
    """Questions of JSON Lines files. Raises BadInput naming file, line and field, also for an id given twice."""
    questions = [question for path in paths for question in read_file(path)]
    twice = [identity for identity, count in Counter(question.id for question in questions).items() if count > 1]
    if twice:
        raise BadInput(f"{phrase(paths)}: the id {twice[0]} is given to more than one question; each needs its own.")
    if not questions:
        raise BadInput(f"{phrase(paths)}: no question stands there.")
    return questions


def phrase(paths: Sequence[Path]) -> str:
    """Files as an error names them."""
    return ", ".join(map(str, paths))


def read_file(path: Path) -> list[GoldQuestion]:
    """Questions of one file."""
    return [read_question(line, f"{path}, line {number}") for number, line in numbered_lines(path, "The gold file ")]


def read_question(line: str, place: str) -> GoldQuestion:
    """One question; `place` is what an error names. Raises BadInput with the first field that is wrong.

    >>> read_question('{"id": "q1", "question": "Why?", "answerable": 0, "kind": "fact"}', "gold.jsonl, line 1")
    Traceback (most recent call last):
        ...
    pincite.ingest.errors.BadInput: gold.jsonl, line 1, field answerable: input should be a valid boolean.
    """
    return validated(QUESTION, line, place)
