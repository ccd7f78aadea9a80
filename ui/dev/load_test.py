"""Load test of the app: `make bench-app`, or `python -m pincite.ui.dev.load_test --index DIR`.

Each session uses the websocket as a browser does: it opens the page, sends a question and waits until the script has
finished. The page must show the answer that the same library gives outside the app, and no error. A session asks its
next question immediately, or after `--reading` seconds on average.
"""

import argparse
import asyncio
import html
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from pincite.answer.pipeline import ask
from pincite.answer.query.conversation.follow_ups import complete_follow_up
from pincite.answer.verification.verify import Support
from pincite.eval.judging.gold import read_gold
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import open_index
from pincite.ingest.pipeline import ingest
from pincite.ui.conversation.examples import question_about
from pincite.ui.dev.app_server import serve_app
from pincite.ui.dev.app_session import PATIENCE, AppSession, DrawnPage, app_session
from pincite.ui.statement_html import statement_html

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "eval" / "gold" / "sample.jsonl"
SESSIONS, QUESTIONS = 20, 10
TICKS = 100  # of processor time per second on Linux
BAR = 2.0  # seconds within which 95 of 100 answers must be shown


@dataclass(frozen=True, slots=True)
class TimedQuestion:
    """Seconds that a question took, and a problem with its answer, if any."""

    seconds: float
    problem: str = ""


@dataclass(frozen=True, slots=True)
class TimedVisit:
    """A session: seconds until its page was drawn, and its questions."""

    paint: float
    asked: tuple[TimedQuestion, ...]


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """A question with the HTML that its answer must contain."""

    text: str
    expected: tuple[str, ...]


async def visit(port: int, questions: Sequence[ExpectedAnswer], reading: float = 0.0) -> TimedVisit:
    """Open the page and ask questions one by one, each after some seconds of reading."""
    began = perf_counter()
    async with app_session(port) as session:
        drawn = await session.run()
        paint = perf_counter() - began
        if not session.field:
            raise SystemExit(f"The page has no field for questions: {'; '.join(drawn.errors) or 'see its log'}.")
        pauses = Random(questions[0].text)  # noqa: S311  no secret hangs on them
        times = []
        for question in questions:
            await asyncio.sleep(reading * pauses.uniform(0.5, 1.5))
            times.append(await asked(session, question))
        return TimedVisit(paint, tuple(times))


async def asked(session: AppSession, question: ExpectedAnswer) -> TimedQuestion:
    """Ask a question in a session."""
    began = perf_counter()
    try:
        drawn = await session.run(question.text)
    except TimeoutError:
        return TimedQuestion(PATIENCE, f"no answer within {PATIENCE:.0f} s")
    return TimedQuestion(perf_counter() - began, problem_in(drawn, question))


def problem_in(drawn: DrawnPage, question: ExpectedAnswer) -> str:
    """The problem with the answer shown for a question, empty if there is none."""
    if drawn.errors:
        return drawn.errors[0]
    places = [at for at, piece in enumerate(drawn.html) if f">{html.escape(question.text)}</p>" in piece]
    below = "".join(drawn.html[places[-1] :]) if places else ""
    missing = [words for words in question.expected if words not in below]
    return f"not shown: {missing[0]}" if missing else "" if below else "the question is not shown"


def conversations(index: Path, sessions: int, questions: int, *, own: bool) -> list[list[ExpectedAnswer]]:
    """The questions of each session, with their answers; each begins with another one.

    `own`: whether the library is a user's, so that its titles are asked for, and not the gold questions of the sample.
    """
    with open_index(index) as opened:
        embedder = Embedder(opened.settings.model)
        known = (
            [question_about(entry) for entry in opened.entries] if own else [one.question for one in read_gold(GOLD)]
        )

        @cache
        def answered(whole: str) -> tuple[str, ...]:
            answer = ask(opened, embedder, whole)
            shown = [one.text for one in answer.statements if one.support is not Support.UNSUPPORTED]
            return (html.escape(answer.text),) if answer.abstained else tuple(map(statement_html, shown))

        texts = [known[number % len(known)] for number in range(questions)]
        turned = (texts[number % questions :] + texts[: number % questions] for number in range(sessions))
        return [conversation(one, answered) for one in turned]


def conversation(texts: Sequence[str], answered: Callable[[str], tuple[str, ...]]) -> list[ExpectedAnswer]:
    """Questions of one session, of which some are follow-ups."""
    before: list[str] = []
    questions = []
    for text in texts:
        before.append(complete_follow_up(text, before))
        questions.append(ExpectedAnswer(text, answered(before[-1])))
    return questions


async def visit_at_once(port: int, talks: Sequence[Sequence[ExpectedAnswer]], reading: float) -> list[TimedVisit]:
    """Run all sessions at the same time."""
    return list(await asyncio.gather(*(visit(port, talk, reading) for talk in talks)))


def processor_seconds(process: int) -> float:
    """Processor time of a process on Linux, else 0."""
    stat = Path(f"/proc/{process}/stat")
    fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split() if stat.exists() else ["0"] * 13
    return (int(fields[11]) + int(fields[12])) / TICKS


def report(first: TimedVisit, visits: Sequence[TimedVisit], seconds: float, work: float) -> tuple[list[str], bool]:
    """The results line by line, and whether the bar is met. `work`: processor seconds of the server."""
    asked = [one for visit in visits for one in visit.asked]
    problems = [one.problem for one in asked if one.problem]
    taken = [one.seconds for one in asked]
    lines = [
        f"first visitor after the start: page {first.paint:.2f} s, first answer {first.asked[0].seconds:.2f} s",
        f"{len(visits)} sessions at once, {len(asked)} questions, {len(asked) / seconds:.1f} answers a second, "
        f"{work / len(asked):.3f} s of processor time each",
        f"page until it is drawn: {spread([visit.paint for visit in visits])}",
        f"question until its answer is drawn: {spread(taken)}",
        f"errors: {len(problems)}{f', the first: {problems[0]}' if problems else ''}",
        f"load of the machine: {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores",
    ]
    held = not problems and float(np.percentile(taken, 95)) < BAR
    return [*lines, f"bar (95 of 100 under {BAR:.0f} s, no error): {'met' if held else 'not met'}"], held


def spread(seconds: Sequence[float]) -> str:
    """Median, 95th percentile and longest of some times.

    >>> spread([1, 2, 3])
    'p50 2.00 s, p95 2.90 s, longest 3.00 s'
    """
    middle, high = np.percentile(seconds, [50, 95])
    return f"p50 {middle:.2f} s, p95 {high:.2f} s, longest {max(seconds):.2f} s"


def measured(index: Path | None, sessions: int, questions: int, reading: float) -> tuple[list[str], bool]:
    """Serve the app, visit it and report."""
    with TemporaryDirectory() as place:
        aside = Path(place)
        if index is None:
            ingest([ROOT / "corpus"], aside / "index")
        talks = conversations(index or aside / "index", sessions, questions, own=index is not None)
        kept = ("--conversations", str(aside / "conversations"))
        with serve_app(index or aside / "index", aside / "log", *kept) as server:
            port, process = server.port, server.process
            first = asyncio.run(visit(port, talks[0][:1]))
            began, work = perf_counter(), processor_seconds(process)
            visits = asyncio.run(visit_at_once(port, talks, reading))
            return report(first, visits, perf_counter() - began, processor_seconds(process) - work)


def main() -> None:
    """Measure and print; exit 1 if the bar is not met."""
    parser = argparse.ArgumentParser(description="How fast the app answers many readers at once.")
    parser.add_argument("--index", type=Path, help="a library of your own, asked what its titles say")
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="of each session")
    parser.add_argument("--reading", type=float, default=0.0, help="seconds before each question, on average")
    given = parser.parse_args()
    lines, held = measured(given.index, given.sessions, given.questions, given.reading)
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(not held)


if __name__ == "__main__":
    main()
