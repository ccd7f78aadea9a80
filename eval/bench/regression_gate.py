"""The gate: commands, the measures they are expected to give, and how far these may fall: `make eval`.

A run whose documents are not here is skipped and said so. A measure that cannot be read is an error, never a zero.
"""

import argparse
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from pincite.eval.runs.run_folder import SCORES, read_json
from pincite.ingest.errors import BadInput, PinciteError
from pincite.ingest.jsonl import first_problem

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = ROOT / "eval" / "expected.toml"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a measure was when it was last written down, and how far below that it may be."""

    value: float
    tolerance: float


@dataclass(frozen=True, slots=True)
class Expected:
    """Commands in order, in which {index} and {run} stand for folders, and what the run then measures.

    `needs`: a path, from the repository's root, without which the run is skipped.
    """

    name: str
    needs: str
    commands: tuple[str, ...]
    measures: dict[str, Expectation]


@dataclass(frozen=True, slots=True)
class Finding:
    """A measure as expected and as found. `state`: held, fell, or better by more than the tolerance."""

    measure: str
    expected: Expectation
    found: float

    @property
    def state(self) -> str:
        """What the gate says of it."""
        if self.found < self.expected.value - self.expected.tolerance:
            return "FELL"
        return "better: raise it" if self.found > self.expected.value + self.expected.tolerance else "held"


RUNS = TypeAdapter(tuple[Expected, ...])


def read_expected(path: Path = EXPECTED) -> tuple[Expected, ...]:
    """The runs of a file. Raises BadInput naming the file and the field."""
    try:
        return RUNS.validate_python(tomllib.loads(path.read_text(encoding="utf-8")).get("run", ()))
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).") from error
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path} is not TOML: {error}.") from error
    except ValidationError as error:
        raise BadInput(f"{path}{first_problem(error.errors()[0])}.") from error


def measured(expected: Expected, folder: Path) -> list[Finding]:
    """Run the commands in a folder of their own and compare. Raises BadInput when a command or a result fails."""
    places = {"index": str(folder / "index"), "run": str(folder / "run")}
    for command in expected.commands:
        run_command(command.format(**places))
    return list(findings(expected, folder / "run"))


def run_command(command: str) -> None:
    """A command of this installation, from the repository's root. Raises BadInput when it fails."""
    name, *arguments = shlex.split(command)
    program = shutil.which(name, path=str(Path(sys.executable).parent))
    if program is None:
        raise BadInput(f"{command}: there is no command {name} beside {sys.executable}.")
    done = subprocess.run(  # noqa: S603  the commands stand in this repository
        [program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BadInput(f"{command}: exit {done.returncode}. {done.stderr.strip()}")


def findings(expected: Expected, run: Path) -> Iterator[Finding]:
    """What a run's scores say of each expected measure."""
    measures = read_json(run / SCORES).get("measures", {})
    for name, expectation in expected.measures.items():
        value = measures.get(name, {}).get("value")
        if not isinstance(value, float | int):
            raise BadInput(f"{run / SCORES} has no value for {name}, which {expected.name} expects.")
        yield Finding(name, expectation, float(value))


def show(expected: Expected, found: Sequence[Finding]) -> None:
    """A line for each measure."""
    for one in found:
        limits = f"{one.expected.value:.3f} ± {one.expected.tolerance:.3f}"
        sys.stdout.write(f"{expected.name:<10} {one.measure:<20} {one.found:.3f}  expected {limits}  {one.state}\n")


def main() -> int:
    """Run what is expected. Exit 1 when a measure fell, or when anything could not be measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="runs of the file; all unless named")
    parser.add_argument("--expected", type=Path, default=EXPECTED)
    options = parser.parse_args()
    passed = True
    try:
        for expected in read_expected(options.expected):
            if options.names and expected.name not in options.names:
                continue
            passed &= holds(expected)
    except PinciteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0 if passed else 1


def holds(expected: Expected) -> bool:
    """Run one and show it; whether nothing fell."""
    if not (ROOT / expected.needs).exists():
        sys.stdout.write(f"{expected.name:<10} skipped: {expected.needs} is not here\n")
        return True
    with tempfile.TemporaryDirectory() as folder:
        found = measured(expected, Path(folder))
    show(expected, found)
    return not any(one.state == "FELL" for one in found)


if __name__ == "__main__":
    sys.exit(main())
