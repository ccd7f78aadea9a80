"""A local model as an optional second judge: whether quotes support statements, and answers state nuggets.

Its judgements are reported beside the measures and never replace them, with how far both agree: raw agreement and
Cohen's kappa (Cohen 1960). A reply that is neither yes nor no is not counted.
"""

import hashlib
import json
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincite.answer.batch import Progress, no_progress
from pincite.answer.models.open_model import chat, open_llm
from pincite.answer.models.prompts import JUDGE_INSTRUCTIONS, judge_text
from pincite.eval.judging.verdicts import Verdict
from pincite.ingest.atomic_write import write_text
from pincite.ingest.jsonl import append_line, json_line, whole_lines

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

YES_OR_NO = re.compile(r"\W*(yes|no)\b", re.I)


@dataclass(frozen=True, slots=True)
class ModelJudgement:
    """A model's judgement of one answer: of each statement shown and each nugget; None if its reply was unclear.

    `answer` is a digest of the answer, so that a changed answer is judged again.
    """

    id: str
    llm: str
    answer: str
    support: tuple[bool | None, ...]
    nuggets: tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of model and measures on `of` items: the share of yes of each, raw agreement and kappa."""

    of: int
    unreadable: int
    model: float
    measured: float
    agreement: float
    kappa: float

    def __str__(self) -> str:
        """As a sentence."""
        return (
            f"of {self.of}, the model accepts {self.model:.2f} and the measures accept {self.measured:.2f}; they agree "
            f"on {self.agreement:.2f} (kappa {self.kappa:.2f}); {self.unreadable} replies were neither yes nor no"
        )


def judge_answers(file: Path, verdicts: Sequence[Verdict], spec: str, progress: Progress = no_progress) -> None:
    """Have a model judge the answers; judgements already in the file are kept. Raises ModelUnavailable."""
    llm = open_llm(spec)
    attempts = [verdict for verdict in verdicts if verdict.response.is_attempt]
    known = {one.id: one for one in read_judgements(file)}
    kept = [one for verdict in attempts if (one := known.get(verdict.question.id)) and is_current(one, verdict, spec)]
    write_text(file, (json_line(asdict(one)) for one in kept))
    remaining = [verdict for verdict in attempts if verdict.question.id not in {one.id for one in kept}]
    for done, verdict in enumerate(remaining, len(kept) + 1):
        append_line(file, asdict(judge_answer(llm, verdict, spec)))
        progress(done, len(attempts))


def is_current(judgement: ModelJudgement, verdict: Verdict, spec: str) -> bool:
    """Whether a judgement is of this answer and by this model."""
    return (judgement.llm, judgement.answer) == (spec, digest(verdict.response.answer))


def judge_answer(llm: "LLM", verdict: Verdict, spec: str) -> ModelJudgement:
    """A model's judgement of one answer."""
    response = verdict.response
    support = tuple(ask_whether(llm, statement, quotes) for statement, quotes, _ in shown_statements(verdict))
    nuggets = tuple(ask_whether(llm, nugget.any_of[0], response.answer) for nugget in verdict.question.nuggets)
    return ModelJudgement(response.id, spec, digest(response.answer), support, nuggets)


def shown_statements(verdict: Verdict) -> Iterator[tuple[str, str, bool]]:
    """The statements that the answer shows, the quotes they cite, and whether the system found them supported."""
    response = verdict.response
    quotes = {citation.n: citation.quote for citation in response.citations}
    for one in response.statements:
        if one.text in response.answer:
            cited = "\n".join(quotes[number] for number in one.citations if number in quotes)
            yield one.text, cited, one.support == "supported"


def ask_whether(llm: "LLM", statement: str, text: str) -> bool | None:
    """A model's yes or no to whether a text supports a statement, None for any other reply."""
    from llama_index.core.llms import ChatMessage, MessageRole  # noqa: PLC0415  LlamaIndex takes seconds to load

    messages = [
        ChatMessage(role=MessageRole.SYSTEM, content=JUDGE_INSTRUCTIONS),
        ChatMessage(role=MessageRole.USER, content=judge_text(statement, text)),
    ]
    reply = deque(chat(llm, messages), maxlen=1)[0]  # replies are cumulative: the last is complete
    found = YES_OR_NO.match(reply)
    return found[1].casefold() == "yes" if found else None


def digest(text: str) -> str:
    """16 hex digits that identify a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def read_judgements(file: Path) -> list[ModelJudgement]:
    """The judgements in a file; empty if it is missing because no model judged."""
    lines = map(json.loads, whole_lines(file))
    return [ModelJudgement(**line | {name: tuple(line[name]) for name in ("support", "nuggets")}) for line in lines]


def agreements(verdicts: Sequence[Verdict], judgements: Sequence[ModelJudgement]) -> dict[str, Agreement]:
    """Agreement of a model with StatementSupport and NuggetRecall; empty if no model judged."""
    by_id = {one.id: one for one in judgements}
    support: list[tuple[bool | None, bool]] = []
    nuggets: list[tuple[bool | None, bool]] = []
    for verdict in verdicts:
        one = by_id.get(verdict.question.id)
        if one and one.answer == digest(verdict.response.answer):
            support += zip(one.support, (supported for *_, supported in shown_statements(verdict)), strict=True)
            stated = (number in verdict.stated_nuggets for number in range(len(verdict.question.nuggets)))
            nuggets += zip(one.nuggets, stated, strict=True)
    pairs = {"StatementSupport": support, "NuggetRecall": nuggets}
    return {name: agreement(judged) for name, judged in pairs.items() if judged}


def agreement(judged: Sequence[tuple[bool | None, bool]]) -> Agreement:
    """Agreement over pairs of judgements, the model's first.

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
    """Agreements as JSON, None if no model judged."""
    return {name: asdict(one) for name, one in found.items()} or None
