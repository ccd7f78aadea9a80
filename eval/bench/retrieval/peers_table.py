"""Evaluates plain LlamaIndex set-ups and Pincite on the same gold questions: `make bench-peers`.

All use the canonical texts of one index, the same embedding weights and the same measures. The peers' answers are
written by a local model; an interrupted run is resumed.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from pincite.answer.batch import Progress, System, code_digest
from pincite.answer.models.open_model import open_llm
from pincite.eval.bench.paths import CORPUS
from pincite.eval.bench.paths import GOLD as GOLD_FILE
from pincite.eval.judging.gold import GoldQuestion, read_gold
from pincite.eval.judging.responses import RESPONSE, SystemResponse, read_response
from pincite.eval.pipeline import evaluate, evaluate_answers
from pincite.eval.runs.run_folder import GOLD, EvaluationRun, write_gold
from pincite.ingest.atomic_write import write_text
from pincite.ingest.errors import BadInput, PinciteError
from pincite.ingest.index.index import Index, open_index
from pincite.ingest.jsonl import append_line, json_line, whole_lines
from pincite.ingest.pipeline import ingest

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

PEERS = ("llama-index", "llama-index-256", "bm25")
SYSTEMS = (*PEERS, "pincite", "pincite-llm")  # Pincite's extractive answers, and those of the model
NO_MODEL = "none"  # the model if only retrieval is measured
RETRIEVAL = ("Evidence@10", "RR@10", "Evidence@1500w", "EvidenceAll@1500w")
ANSWERS = ("NuggetRecall", "CitationPrecision", "CitationRecall", "Score", "AnswerWords")


@dataclass(frozen=True, slots=True)
class PeerComparison:
    """The index and questions given to each system, the model, and the folder of the runs."""

    index: Path
    out: Path
    questions: Sequence[GoldQuestion]
    spec: str

    @property
    def gold(self) -> Path:
        """The file of the questions asked."""
        return self.out / GOLD

    @property
    def runs(self) -> Path:
        """The folder of judged runs, named by Pincite's code: a change of it affects Pincite's runs, not the peers'."""
        return self.out / code_digest()


def run_system(name: str, comparison: PeerComparison, llm: "LLM | None") -> EvaluationRun:
    """One system's answers, judged. Raises BadInput if the folder contains answers made with other settings."""
    if name in PEERS:
        answers = comparison.out / f"{name}.jsonl"
        ask_peer(name, comparison, llm, answers)
        return evaluate_answers([comparison.gold], comparison.runs / name, comparison.index, answers)
    system = System(comparison.index, spec=comparison.spec) if name == "pincite-llm" else System(comparison.index)
    return evaluate([comparison.gold], comparison.runs / name, system, show_progress(name))


def ask_peer(name: str, comparison: PeerComparison, llm: "LLM | None", answers: Path) -> None:
    """Answer the questions that a file has no answer to; failed ones are asked again."""
    from pincite.eval.bench.retrieval.peers import PEER_SETTINGS, answer_one, open_peer  # noqa: PLC0415  LlamaIndex takes seconds to load

    with open_index(comparison.index) as index:
        kept = kept_answers(answers, comparison, index.id)
        write_text(answers, (json_line(RESPONSE.dump_python(one, mode="json")) for one in kept.values()))
        remaining = [question for question in comparison.questions if question.id not in kept]
        if not remaining:
            return
        peer = open_peer(PEER_SETTINGS[name], texts_of(index), llm)
        for done, question in enumerate(remaining, len(kept) + 1):
            response = replace(answer_one(peer, question), llm=comparison.spec, index=index.id)
            append_line(answers, RESPONSE.dump_python(response, mode="json"))
            show_progress(name)(done, len(comparison.questions))


def texts_of(index: Index) -> dict[str, str]:
    """The canonical text of every document by its path."""
    return {entry.path: index.document(entry.path).text for entry in index.entries}


def kept_answers(answers: Path, comparison: PeerComparison, index: str) -> dict[str, SystemResponse]:
    """Earlier answers by id, without failures. Raises BadInput if they are from another model or index."""
    before = [read_response(line, str(answers)) for line in whole_lines(answers)]
    if any((one.llm, one.index) != (comparison.spec, index) for one in before):
        raise BadInput(f"{answers} contains answers from another model or index: choose another folder with --out.")
    texts = {question.id: question.question for question in comparison.questions}
    return {one.id: one for one in before if not one.failed and texts.get(one.id) == one.question}


def show_progress(name: str) -> Progress:
    """A progress line on standard error."""

    def show(done: int, of: int) -> None:
        sys.stderr.write(f"\r{name}: {done} of {of} questions" + "\n" * (done == of))

    return show


def evenly_spaced(questions: Sequence[GoldQuestion], count: int | None) -> list[GoldQuestion]:
    """This many questions at even distances; all if no count is given or there are fewer."""
    count = min(count or len(questions), len(questions))
    return [questions[number * len(questions) // count] for number in range(count)]


def table(runs: Mapping[str, EvaluationRun], *, answers: bool) -> list[str]:
    """Lines of a Markdown table, a row per system; with `answers` also the measures of answers."""
    measures = RETRIEVAL + ANSWERS * answers
    times = ("Latency p50", "Retrieval p50") if answers else ("Retrieval p50",)
    rows = [("system", *measures, *times, "failed")]
    rows += [(name, *(cell(run, measure) for measure in measures + times), failures(run)) for name, run in runs.items()]
    rows.insert(1, ("---", *["---:"] * (len(rows[0]) - 1)))
    return [f"| {' | '.join(row)} |" for row in rows]


def cell(run: EvaluationRun, measure: str) -> str:
    """A measure as shown in the table; a dash if it has no value."""
    value = retrieval_seconds(run) if measure == "Retrieval p50" else run.scores.measures[measure].value
    if value is None:
        return "–"
    if measure.endswith("p50"):
        return f"{value:.1f} s" if value >= 1 else f"{value * 1000:.0f} ms"
    return f"{value:.0f}" if measure == "AnswerWords" else f"{value:.2f}"


def retrieval_seconds(run: EvaluationRun) -> float | None:
    """Median time of retrieval, None if unknown."""
    times = [one.verdict.response.seconds or {} for one in run.scored]
    known = [seconds["retrieve"] for seconds in times if "retrieve" in seconds]
    return median(known) if known else None


def failures(run: EvaluationRun) -> str:
    """The number of questions on which the system failed."""
    return str(sum(one.verdict.response.failed for one in run.scored))


def prepare(options: argparse.Namespace) -> PeerComparison:
    """Index the documents unless an index is given, and write the questions to a file. Raises PinciteError."""
    questions = evenly_spaced(read_gold(options.gold), options.questions)
    out = options.out / ("retrieval" if options.retrieval_only else "answers")
    out.mkdir(parents=True, exist_ok=True)
    if options.index is None:
        ingest([options.corpus], options.out / "index")
    comparison = PeerComparison(
        options.index or options.out / "index", out, questions, NO_MODEL if options.retrieval_only else options.llm
    )
    write_gold(comparison.gold, questions)
    return comparison


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--gold", type=Path, default=GOLD_FILE)
    parser.add_argument("--index", type=Path, help="an existing index instead of --corpus")
    parser.add_argument("--out", type=Path, default=Path("runs/peers"), help="folder of the runs")
    parser.add_argument(
        "--llm", default="local:smollm2", help="model for the peers' answers; SmolLM2 is too small to cite"
    )
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=SYSTEMS[:4])
    parser.add_argument("--questions", type=int, help="number of questions, taken at even distances")
    parser.add_argument("--retrieval-only", action="store_true", help="measure retrieval only, without a model")
    return parser


def main() -> int:
    """Ask, judge and print. Exit 1 if LlamaIndex's packages, the documents or the model are missing."""
    options = arguments().parse_args()
    try:
        comparison = prepare(options)
        llm = None if options.retrieval_only else open_llm(comparison.spec)
        runs = {name: run_system(name, comparison, llm) for name in options.systems}
    except PinciteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except ImportError as error:
        sys.stderr.write(f"{error.name} is missing: run make bench-peers, which installs it.\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in table(runs, answers=not options.retrieval_only))
    return 0


if __name__ == "__main__":
    sys.exit(main())
