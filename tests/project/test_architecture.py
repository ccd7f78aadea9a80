"""The structure of the code: small rooms, no import cycles, imports that point upstream."""

import ast
import os
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]
STAGES = ("ingest", "answer", "briefing", "eval", "ui", "cli")
UPSTREAM = {
    "ingest": {"ingest"},
    "answer": {"ingest", "answer"},
    "briefing": {"ingest", "answer", "briefing"},
    "eval": {"ingest", "answer", "briefing", "eval"},
    "ui": {"ingest", "answer", "briefing", "eval", "ui"},
    "cli": {"ingest", "answer", "briefing", "eval", "cli"},
}
# The rooms of a stage in the order in which they import each other: none imports from a later one.
ROOMS = {
    "answer": (
        "language",
        "models",
        "query",
        "retrieval",
        "citation",
        "answerability",
        "draft",
        "lookup",
        "verification",
        "",
    ),
    "eval": ("judging", "metrics", "runs", "reports", "", "bench", "training"),
}
MODULES_IN_A_ROOM = 16
LINES = 350
LEFT_BY_TOOLS = {".git", ".venv", ".pincite", ".pincite-bench", "__pycache__", "build", "dist"} | {
    ".mypy_cache", ".pytest_cache", ".ruff_cache"
}  # fmt: skip
LEFT_AT_THE_TOP = {"runs", "library", "uploads"}
TEXT = {".py", ".md", ".toml", ".html", ".in", ".txt", ".cfg", ""}


@cache
def tracked() -> tuple[Path, ...]:
    """Files of the project, without those that tools and tests leave behind; these folders are not even entered."""
    files: list[Path] = []
    for folder, subfolders, names in os.walk(ROOT):
        left = LEFT_BY_TOOLS | (LEFT_AT_THE_TOP if Path(folder) == ROOT else set())
        subfolders[:] = [name for name in subfolders if name not in left and not name.endswith(".egg-info")]
        files += (Path(folder, name) for name in names)
    return tuple(files)


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """All nodes of a module's syntax tree."""
    return tuple(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


@cache
def modules() -> dict[str, Path]:
    """Modules of the stages by name, such as `answer.query.question`; a package by its folder's name."""
    found = (file for stage in STAGES for file in (ROOT / stage).rglob("*.py"))
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in found}


def imported(file: Path, known: dict[str, Path]) -> Iterator[str]:
    """The modules of this project that a file imports, at its top or inside functions."""
    for node in nodes(file):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "pincite":
            package = (node.module or "").removeprefix("pincite").lstrip(".")
            inside = [f"{package}.{alias.name}".lstrip(".") for alias in node.names]
            yield from (name if name in known else package for name in inside)


def stage_and_room(module: str) -> tuple[str, str]:
    """Example: `answer.query.question` -> ("answer", "query"), `answer.pipeline` -> ("answer", "")."""
    stage, *rest = module.split(".")
    return stage, rest[0] if len(rest) > 1 else ""


def test_every_import_names_the_package() -> None:
    for file in modules().values():
        for node in nodes(file):
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, file
                assert (node.module or "").split(".")[0] not in STAGES, file


def test_imports_point_upstream_between_stages() -> None:
    known = modules()
    upward = [
        (name, other)
        for name, file in known.items()
        for other in imported(file, known)
        if other.split(".")[0] in STAGES and other.split(".")[0] not in UPSTREAM[name.split(".")[0]]
    ]
    assert upward == []


def test_imports_point_upstream_between_rooms() -> None:
    known = modules()
    upward = []
    for name, file in known.items():
        stage, room = stage_and_room(name)
        order = ROOMS.get(stage, ())
        for other in imported(file, known):
            other_stage, other_room = stage_and_room(other)
            if other_stage == stage and order and order.index(other_room) > order.index(room):
                upward.append((name, other))
    assert upward == []


def test_a_question_is_read_in_one_room() -> None:
    known = modules()
    outside = [file for name, file in known.items() if not name.startswith("answer.query.")]
    assert [place for file in outside for place in matching_a_question(file)] == []


MATCHING = {"search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"}
QUESTIONS = {"question", "question.text", "read.text", "asked.question", "question.question"}


def matching_a_question(file: Path) -> Iterator[str]:
    """Calls of a pattern's methods on the words of a question, and of functions that match them."""
    for node in nodes(file):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MATCHING:
            of_pattern = ast.unparse(node.func.value).rsplit(".", 1)[-1]
            given = {ast.unparse(argument) for argument in node.args}
            if given & QUESTIONS and (of_pattern.isupper() or of_pattern in {"re", "pattern"}):
                yield f"{file.name}:{node.lineno}: {ast.unparse(node)}"


def test_there_is_no_import_cycle() -> None:
    known = modules()
    TopologicalSorter({name: set(imported(file, known)) - {name} for name, file in known.items()}).prepare()


def test_rooms_and_modules_are_small() -> None:
    rooms = {file.parent for file in tracked() if file.suffix == ".py"}
    crowded = {room: count for room in rooms if (count := len(list(room.glob("[!_]*.py")))) > MODULES_IN_A_ROOM}
    assert crowded == {}
    code = [file for file in tracked() if file.suffix == ".py"]
    assert [file for file in code if file.read_bytes().count(b"\n") > LINES] == []


def readme_tree() -> dict[str, str]:
    """Folders in the README's tree with their purposes, such as "answer/query": "what a question asks for"."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    purposes: dict[str, str] = {}
    path: list[str] = []
    for line in re.findall(r"^[│├└─ ]+ \S+ .*$", readme.split("```\npincite\n")[1].split("```")[0], re.MULTILINE):
        name, _, purpose = line.lstrip("│├└─ ").partition(" ")
        depth = (len(line) - len(line.lstrip("│├└─ "))) // 4 - 1  # four characters for each level
        path = [*path[:depth], name.rstrip("/")]
        purposes["/".join(path)] = purpose.strip()
    return purposes


def test_the_readme_has_every_room_with_a_purpose_of_at_most_eight_words() -> None:
    tree = readme_tree()
    rooms = {file.parent.relative_to(ROOT).as_posix() for file in modules().values()}
    top = {file.relative_to(ROOT).parts[0] for file in tracked() if file.parent != ROOT}
    assert (rooms | top) - set(tree) == set()
    assert [name for name in tree if not (ROOT / name).exists()] == []
    assert {name: purpose for name, purpose in tree.items() if not 0 < len(purpose.split()) <= 8} == {}


def test_every_room_is_in_the_wheel_but_benchmarks() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    rooms = {".".join(("pincite", *file.parent.relative_to(ROOT).parts)) for file in modules().values()}
    outside = {
        room for room in rooms if room.startswith(("pincite.eval.bench", "pincite.eval.training", "pincite.ui.dev"))
    }
    assert set(listed) == {"pincite", "pincite.corpus"} | (rooms - outside)


def test_constraints_name_versions_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert len(pinned) > 50
    assert [line for line in pinned if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(need for extra in project["optional-dependencies"].values() for need in extra),
    ]
    names = {re.split(r"[\[=<>]", need)[0].lower().replace("_", "-") for need in wanted} - {"pincite"}
    pinned = {
        line.split("==")[0].lower().replace("_", "-") for line in (ROOT / "constraints.txt").read_text().splitlines()
    }
    assert names - pinned == set()


def test_no_registry_address_in_any_file() -> None:
    for file in tracked():
        if file.suffix in TEXT and file != Path(__file__):
            content = file.read_text(encoding="utf-8")
            assert not re.search(r"--(extra-)?index-url|pypi\.org/simple|download\.pytorch\.org", content), file
