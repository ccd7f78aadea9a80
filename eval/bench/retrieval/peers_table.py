"""Scores plain LlamaIndex set-ups and Pincite on the same gold questions: `make bench-peers`.

All read the canonical texts of one index, embed with the same weights and are judged by the same measures. Answers of
the peers are a local model's; a run that was stopped goes on where it stood.
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

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"
PEERS = ("llama-index", "llama-index-256", "bm25")
SYSTEMS = (*PEERS, "pincite", "pincite-llm")  # Pincite in the documents' own words, and written by the model
NO_MODEL = "none"  # who writes where only retrieval is measured
RETRIEVAL = ("Evidence@10", "RR@10", "Evidence@1500w", "EvidenceAll@1500w")
ANSWERS = ("NuggetRecall", "CitationPrecision", "CitationRecall", "Score", "AnswerWords")


@dataclass(frozen=True, slots=True)
class Job:
    """What every system is asked, over which index, who writes, and the folder that takes the runs."""

    index: Path
    out: Path
    questions: Sequence[GoldQuestion]
    spec: str

    @property
    def gold(self) -> Path:
        """The questions asked, as a file of their own."""
        return self.out / GOLD

    @property
    def runs(self) -> Path:
        """Where judged runs go: by Pincite's code, so that a change of it asks Pincite again and no peer."""
        return self.out / code_digest()


def run_system(name: str, job: Job, llm: "LLM | None") -> EvaluationRun:
    """One system's answers, judged. Raises BadInput where the folder holds answers made otherwise."""
    if name in PEERS:
        answers = job.out / f"{name}.jsonl"
        ask_peer(name, job, llm, answers)
        return evaluate_answers([job.gold], job.runs / name, job.index, answers)
    system = System(job.index, spec=job.spec) if name == "pincite-llm" else System(job.index)
    return evaluate([job.gold], job.runs / name, system, told(name))


def ask_peer(name: str, job: Job, llm: "LLM | None", answers: Path) -> None:
    """Answer what a file of answers does not hold yet; failed questions are asked again."""
    from pincite.eval.bench.retrieval.peers import RECIPES, answer_one, open_peer  # noqa: PLC0415  LlamaIndex takes seconds to load

    with open_index(job.index) as index:
        kept = kept_answers(answers, job, index.id)
        write_text(answers, (json_line(RESPONSE.dump_python(one, mode="json")) for one in kept.values()))
        left = [question for question in job.questions if question.id not in kept]
        if not left:
            return
        peer = open_peer(RECIPES[name], texts_of(index), llm)
        for done, question in enumerate(left, len(kept) + 1):
            answered = replace(answer_one(peer, question), llm=job.spec, index=index.id)
            append_line(answers, RESPONSE.dump_python(answered, mode="json"))
            told(name)(done, len(job.questions))


def texts_of(index: Index) -> dict[str, str]:
    """The canonical text of every document by its path."""
    return {entry.path: index.document(entry.path).text for entry in index.entries}


def kept_answers(answers: Path, job: Job, index: str) -> dict[str, SystemResponse]:
    """Answers given before, by id, but for failures. Raises BadInput where another model or index made them."""
    before = [read_response(line, str(answers)) for line in whole_lines(answers)]
    if any((one.llm, one.index) != (job.spec, index) for one in before):
        raise BadInput(f"{answers} holds answers of another model or index: choose another folder with --out.")
    asked = {question.id: question.question for question in job.questions}
    return {one.id: one for one in before if not one.failed and asked.get(one.id) == one.question}


def told(name: str) -> Progress:
    """A line on standard error that says how far a system is."""

    def tell(done: int, of: int) -> None:
        sys.stderr.write(f"\r{name}: {done} of {of} questions" + "\n" * (done == of))

    return tell


def spread(questions: Sequence[GoldQuestion], count: int | None) -> list[GoldQuestion]:
    """So many questions, at even distances; all where no count is given or there are fewer."""
    count = min(count or len(questions), len(questions))
    return [questions[number * len(questions) // count] for number in range(count)]


def table(runs: Mapping[str, EvaluationRun], *, answers: bool) -> list[str]:
    """Lines of a Markdown table, a row a system; with `answers` also what is measured of answers."""
    measures = RETRIEVAL + ANSWERS * answers
    times = ("Latency p50", "Retrieval p50") if answers else ("Retrieval p50",)
    rows = [("system", *measures, *times, "failed")]
    rows += [(name, *(cell(run, measure) for measure in measures + times), failures(run)) for name, run in runs.items()]
    rows.insert(1, ("---", *["---:"] * (len(rows[0]) - 1)))
    return [f"| {' | '.join(row)} |" for row in rows]


def cell(run: EvaluationRun, measure: str) -> str:
    """A measure as the table shows it; a dash where nothing counts."""
    value = retrieval_seconds(run) if measure == "Retrieval p50" else run.scores.measures[measure].value
    if value is None:
        return "–"
    if measure.endswith("p50"):
        return f"{value:.1f} s" if value >= 1 else f"{value * 1000:.0f} ms"
    return f"{value:.0f}" if measure == "AnswerWords" else f"{value:.2f}"


def retrieval_seconds(run: EvaluationRun) -> float | None:
    """Median time to retrieve, None where it is not known."""
    times = [one.verdict.response.seconds or {} for one in run.scored]
    known = [seconds["retrieve"] for seconds in times if "retrieve" in seconds]
    return median(known) if known else None


def failures(run: EvaluationRun) -> str:
    """How many questions the system broke down on."""
    return str(sum(one.verdict.response.failed for one in run.scored))


def prepare(options: argparse.Namespace) -> Job:
    """Index the documents unless an index is given, and set down the questions. Raises PinciteError."""
    questions = spread(read_gold(options.gold), options.questions)
    out = options.out / ("retrieval" if options.retrieval_only else "answers")
    out.mkdir(parents=True, exist_ok=True)
    if options.index is None:
        ingest([options.corpus], options.out / "index")
    job = Job(
        options.index or options.out / "index", out, questions, NO_MODEL if options.retrieval_only else options.llm
    )
    write_gold(job.gold, questions)
    return job


def arguments() -> argparse.ArgumentParser:
    """The options; the real documents are the default where they are, the sample corpus elsewhere."""
    here = SHARED.is_dir()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus" if here else ROOT / "corpus")
    default = SHARED / "gold" / "dev.jsonl" if here else ROOT / "eval" / "gold" / "sample.jsonl"
    parser.add_argument("--gold", type=Path, default=default)
    parser.add_argument("--index", type=Path, help="an index that is there already, in place of --corpus")
    parser.add_argument("--out", type=Path, default=Path("runs/peers"), help="folder of the runs")
    parser.add_argument(
        "--llm", default="openvino:smollm2", help="who writes the peers' answers; SmolLM2 is too small to cite"
    )
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=SYSTEMS[:4])
    parser.add_argument("--questions", type=int, help="ask so many, at even distances")
    parser.add_argument("--retrieval-only", action="store_true", help="no model, only what is retrieved")
    return parser


def main() -> int:
    """Ask, judge and print. Exit 1 where LlamaIndex's parts, the documents or the model are missing."""
    options = arguments().parse_args()
    try:
        job = prepare(options)
        llm = None if options.retrieval_only else open_llm(job.spec)
        runs = {name: run_system(name, job, llm) for name in options.systems}
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
