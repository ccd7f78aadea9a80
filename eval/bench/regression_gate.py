"""The regression gate: fails if answer or citation scores drop below those in `eval/expected.toml` (`make eval`).

A run whose documents are missing is skipped with a message. A measure that cannot be read is an error, never a zero.
"""

import argparse
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from pincite.eval.bench.paths import ROOT
from pincite.eval.runs.run_folder import SCORES, read_json
from pincite.ingest.errors import BadInput, PinciteError
from pincite.ingest.jsonl import first_problem

EXPECTED = ROOT / "eval" / "expected.toml"


@dataclass(frozen=True, slots=True)
class ExpectedValue:
    """The value of a measure, and how far below it the measure may fall."""

    value: float
    tolerance: float


@dataclass(frozen=True, slots=True)
class ExpectedRun:
    """Commands in order, with {index} and {run} for temporary folders, and the expected measures of the run.

    `needs`: a path relative to the repository's root; if it is missing, the run is skipped.
    """

    name: str
    needs: str
    commands: tuple[str, ...]
    measures: dict[str, ExpectedValue]


@dataclass(frozen=True, slots=True)
class GateResult:
    """A measure as expected and as measured."""

    measure: str
    expected: ExpectedValue
    found: float

    @property
    def fell(self) -> bool:
        """Whether the measure is below the tolerance."""
        return self.found < self.expected.value - self.expected.tolerance

    @property
    def state(self) -> str:
        """The result in words."""
        if self.fell:
            return "FELL"
        is_better = self.found > self.expected.value + self.expected.tolerance
        return "better: raise the expected value" if is_better else "ok"


RUNS = TypeAdapter(tuple[ExpectedRun, ...])


def read_expected(path: Path = EXPECTED) -> tuple[ExpectedRun, ...]:
    """The runs in a file. Raises BadInput naming the file and the field."""
    try:
        return RUNS.validate_python(tomllib.loads(path.read_text(encoding="utf-8")).get("run", ()))
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).") from error
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path} is not TOML: {error}.") from error
    except ValidationError as error:
        raise BadInput(f"{path}{first_problem(error.errors()[0])}.") from error


def measure(expected: ExpectedRun, folder: Path) -> list[GateResult]:
    """Run the commands with folders inside `folder` and compare. Raises BadInput if a command or a result fails."""
    folders = {"index": str(folder / "index"), "run": str(folder / "run")}
    for command in expected.commands:
        run_command(command.format(**folders))
    return list(compare_scores(expected, folder / "run"))


def run_command(command: str) -> None:
    """Run a command of this installation in the repository's root. Raises BadInput if it fails."""
    name, *arguments = shlex.split(command)
    program = shutil.which(name, path=str(Path(sys.executable).parent))
    if program is None:
        raise BadInput(f"{command}: there is no command {name} beside {sys.executable}.")
    done = subprocess.run(  # noqa: S603  the commands are those of this repository
        [program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BadInput(f"{command}: exit {done.returncode}. {done.stderr.strip()}")


def compare_scores(expected: ExpectedRun, run: Path) -> Iterator[GateResult]:
    """Each expected measure with its value in a run's scores. Raises BadInput for one without a value."""
    measures: Mapping[str, Mapping[str, object]] = read_json(run / SCORES).get("measures", {})
    for name, expected_value in expected.measures.items():
        value = measures.get(name, {}).get("value")
        if not isinstance(value, float | int):
            raise BadInput(f"{run / SCORES} has no value for {name}, which {expected.name} expects.")
        yield GateResult(name, expected_value, float(value))


def print_results(expected: ExpectedRun, results: Sequence[GateResult]) -> None:
    """Print a line for each measure."""
    for one in results:
        limits = f"{one.expected.value:.3f} ± {one.expected.tolerance:.3f}"
        sys.stdout.write(f"{expected.name:<10} {one.measure:<20} {one.found:.3f}  expected {limits}  {one.state}\n")


def main() -> int:
    """Run the expected runs. Exit 1 if a measure fell or could not be measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="names of runs in the file; default: all")
    parser.add_argument("--expected", type=Path, default=EXPECTED)
    options = parser.parse_args()
    passed = True
    try:
        for expected in read_expected(options.expected):
            if options.names and expected.name not in options.names:
                continue
            passed &= check_run(expected)
    except PinciteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0 if passed else 1


def check_run(expected: ExpectedRun) -> bool:
    """Run one and print its results; whether no measure fell."""
    if not (ROOT / expected.needs).exists():
        sys.stdout.write(f"{expected.name:<10} skipped: {expected.needs} is missing\n")
        return True
    with tempfile.TemporaryDirectory() as folder:
        results = measure(expected, Path(folder))
    print_results(expected, results)
    return not any(one.fell for one in results)


if __name__ == "__main__":
    sys.exit(main())
