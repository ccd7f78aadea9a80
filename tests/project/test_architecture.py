"""The house stands as the README draws it: imports point upstream, files stay small, every folder has a purpose."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
UPSTREAM = {
    "ingest": {"ingest"},
    "answer": {"ingest", "answer"},
    "briefing": {"ingest", "answer", "briefing"},
    "eval": {"ingest", "answer", "eval"},
    "ui": {"ingest", "answer", "briefing", "eval", "ui"},
}
MODULES = UPSTREAM.keys() | {"cli", "console", "app"}
TEXT = {".py", ".md", ".toml", ".html", ".in", ".txt", ".cfg", ""}


def tracked() -> list[Path]:
    """Files of the project, without what tools and tests leave behind."""
    left = {".git", ".venv", ".pincite", ".pincite-bench", "__pycache__", "build", "dist"}
    left |= {".mypy_cache", ".pytest_cache", ".ruff_cache", "runs", "library", "uploads"}
    return [
        file
        for file in ROOT.rglob("*")
        if file.is_file()
        and not any(part in left or part.endswith(".egg-info") for part in file.relative_to(ROOT).parts)
    ]


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        yield from (name.split(".")[0] for name in names)


def test_imports_point_upstream() -> None:
    for package, allowed in UPSTREAM.items():
        for file in (ROOT / package).rglob("*.py"):
            assert set(imported(file)) & MODULES <= allowed, file


def test_no_file_is_over_300_lines() -> None:
    long = {
        str(file.relative_to(ROOT)): lines
        for file in tracked()
        if file.suffix in TEXT and (lines := file.read_bytes().count(b"\n")) > 300
    }
    assert long == {}


def test_every_folder_stands_in_the_readme_and_every_module_on_the_map() -> None:
    readme, known = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "MAP.md"))
    folders = {file.parent.relative_to(ROOT).as_posix() for file in tracked()} - {"."}
    missing = [folder for folder in folders if f"{folder.rsplit('/', 1)[-1]}/" not in readme]
    modules = [file.name for file in tracked() if file.suffix == ".py" and "tests" not in file.parts]
    missing += [name for name in modules if name != "__init__.py" and f" {name} " not in known]
    assert missing == []


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


def test_no_registry_address_stands_in_any_file() -> None:
    for file in tracked():
        if file.suffix in TEXT and file != Path(__file__):
            content = file.read_text(encoding="utf-8")
            assert not re.search(r"--(extra-)?index-url|pypi\.org/simple|download\.pytorch\.org", content), file
