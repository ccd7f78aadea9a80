"""A local model as a second judge, off by default: whether quotes support statements, and answers state nuggets.

Its judgement stands beside the measures and never in their place; how far it agrees with them is reported, as raw
agreement and as Cohen's kappa (Cohen 1960). A reply that is neither yes nor no counts for nothing.
"""

import hashlib
import json
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincite.answer.batch import Progress, silent
from pincite.answer.draft.prompts import JUDGE_INSTRUCTIONS, judge_text
from pincite.answer.models.open_model import chat, open_llm
from pincite.eval.judging.verdicts import Verdict
from pincite.eval.runs.run_folder import JUDGE
from pincite.ingest.atomic_write import write_text
from pincite.ingest.jsonl import append_line, json_line, whole_lines

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

REPLY = re.compile(r"\W*(yes|no)\b", re.I)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a model says of one answer: of each statement shown, and of each nugget; None where its reply says neither.

    `answer` is a digest of the answer, so that another answer is not taken for this one.
    """

    id: str
    llm: str
    answer: str
    support: tuple[bool | None, ...]
    nuggets: tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The model's share of yes, and how far it agrees with the measures over `of` items that both judged."""

    of: int
    unreadable: int
    model: float
    measured: float
    agreement: float
    kappa: float

    def __str__(self) -> str:
        """As a sentence."""
        return (
            f"the model says yes to {self.model:.2f}, the measures to {self.measured:.2f}, of {self.of}; they agree "
            f"on {self.agreement:.2f} (kappa {self.kappa:.2f}); {self.unreadable} replies were neither yes nor no"
        )


def judge_answers(folder: Path, verdicts: Sequence[Verdict], spec: str, progress: Progress = silent) -> None:
    """Let a model judge the answers of a run; what it has judged before is kept. Raises ModelUnavailable."""
    llm = open_llm(spec)
    attempts = [verdict for verdict in verdicts if verdict.answered.attempts]
    known = {one.id: one for one in read_judgements(folder)}
    kept = [one for verdict in attempts if (one := known.get(verdict.question.id)) and of_this(one, verdict, spec)]
    write_text(folder / JUDGE, (json_line(asdict(one)) for one in kept))
    left = [verdict for verdict in attempts if verdict.question.id not in {one.id for one in kept}]
    for done, verdict in enumerate(left, len(kept) + 1):
        append_line(folder / JUDGE, asdict(judgement(llm, verdict, spec)))
        progress(done, len(attempts))


def of_this(one: Judgement, verdict: Verdict, spec: str) -> bool:
    """Whether a judgement is of this answer, by this model."""
    return (one.llm, one.answer) == (spec, digest(verdict.answered.answer))


def judgement(llm: "LLM", verdict: Verdict, spec: str) -> Judgement:
    """What a model says of one answer."""
    answered = verdict.answered
    support = tuple(says_yes(llm, statement, quotes) for statement, quotes, _ in shown_statements(verdict))
    nuggets = tuple(says_yes(llm, nugget.any_of[0], answered.answer) for nugget in verdict.question.nuggets)
    return Judgement(answered.id, spec, digest(answered.answer), support, nuggets)


def shown_statements(verdict: Verdict) -> Iterator[tuple[str, str, bool]]:
    """Statements that stand in the answer, the quotes that they cite, and whether the system finds them supported."""
    answered = verdict.answered
    quotes = {cited.n: cited.quote for cited in answered.citations}
    for one in answered.statements:
        if one.text in answered.answer:
            cited = "\n".join(quotes[number] for number in one.citations if number in quotes)
            yield one.text, cited, one.support == "supported"


def says_yes(llm: "LLM", statement: str, text: str) -> bool | None:
    """A model's yes or no, None for any other reply."""
    from llama_index.core.llms import ChatMessage, MessageRole  # noqa: PLC0415  LlamaIndex takes seconds to load

    messages = [
        ChatMessage(role=MessageRole.SYSTEM, content=JUDGE_INSTRUCTIONS),
        ChatMessage(role=MessageRole.USER, content=judge_text(statement, text)),
    ]
    reply = deque(chat(llm, messages), maxlen=1)[0]  # the last is the whole
    found = REPLY.match(reply)
    return found[1].casefold() == "yes" if found else None


def digest(text: str) -> str:
    """16 hex digits that stand for a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def read_judgements(folder: Path) -> list[Judgement]:
    """What a model said of the answers of a run; empty where none was asked."""
    lines = map(json.loads, whole_lines(folder / JUDGE))
    return [Judgement(**line | {name: tuple(line[name]) for name in ("support", "nuggets")}) for line in lines]


def agreements(verdicts: Sequence[Verdict], judgements: Sequence[Judgement]) -> dict[str, Agreement]:
    """How far a model agrees with StatementSupport and with the nuggets found; empty where none was asked."""
    by_id = {one.id: one for one in judgements}
    support: list[tuple[bool | None, bool]] = []
    nuggets: list[tuple[bool | None, bool]] = []
    for verdict in verdicts:
        one = by_id.get(verdict.question.id)
        if one and one.answer == digest(verdict.answered.answer):
            support += zip(one.support, (supported for *_, supported in shown_statements(verdict)), strict=True)
            found = (number in verdict.stated for number in range(len(verdict.question.nuggets)))
            nuggets += zip(one.nuggets, found, strict=True)
    pairs = {"StatementSupport": support, "NuggetRecall": nuggets}
    return {name: agreement(judged) for name, judged in pairs.items() if judged}


def agreement(judged: Sequence[tuple[bool | None, bool]]) -> Agreement:
    """Agreement over pairs of what a model and the measures say.

    >>> agreement([(True, True), (True, False), (False, False), (None, True)]).kappa
    0.4
    """
    pairs = [(model, measured) for model, measured in judged if model is not None]
    if not pairs:
        return Agreement(0, len(judged), 0.0, 0.0, 0.0, 0.0)
    model, measured, same = (
        sum(flags) / len(pairs)
        for flags in ([one for one, _ in pairs], [one for _, one in pairs], [one == other for one, other in pairs])
    )
    by_chance = model * measured + (1 - model) * (1 - measured)
    kappa = (same - by_chance) / (1 - by_chance) if by_chance < 1 else 1.0
    return Agreement(len(pairs), len(judged) - len(pairs), model, measured, same, round(kappa, 4))


def agreements_record(found: dict[str, Agreement]) -> dict[str, Any] | None:
    """Agreements as JSON, None where no model was asked."""
    return {name: asdict(one) for name, one in found.items()} or None
