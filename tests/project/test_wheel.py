"""The wheel, installed where nothing else of this project is: complete, alone under its name, and working."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from pincite.ui.dev.app_server import free_port, wait_for

ROOT = Path(__file__).parents[2]
STAGES = ("ingest", "answer", "briefing", "eval", "ui", "cli")
LEFT_OUT = (
    "eval/gold/strangers/",
    "eval/bench/",
    "eval/training/",
    "eval/expected.toml",
    "ui/dev/",
)  # for those who work on the project
FOLDERS = (*STAGES, "corpus", ".streamlit")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy: setuptools would take files of an earlier build along."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / "source" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (path for path in ROOT.glob("[!.]*") if path.is_file()):
        shutil.copy(file, folder / "source")
    options = ("--no-build-isolation", "--no-deps", "--no-index", "--quiet", "--disable-pip-version-check")
    command = [sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", str(folder), str(folder / "source")]
    subprocess.run(command, check=True, capture_output=True, text=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel, which sees the libraries of this one but not the checkout."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=os.name != "nt")
    options = ("--no-deps", "--no-index", "--quiet", "--disable-pip-version-check")
    command = [sys.executable, "-m", "pip", "--python", str(python(folder)), "install", *options, str(wheel)]
    subprocess.run(command, check=True, capture_output=True, text=True, env=clean())
    # A folder that a .pth file names has its own .pth files ignored, and with them an editable installation.
    libraries = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    (site_packages(folder) / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    return folder


def python(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def site_packages(environment: Path) -> Path:
    return Path(sysconfig.get_path("purelib", "venv", {"base": str(environment), "platbase": str(environment)}))


def clean() -> dict[str, str]:
    """The variables of this process without those that lead Python to the checkout."""
    return {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}


def pincite(environment: Path, *words: str) -> list[str]:
    return [str(python(environment).with_name("pincite")), *words]


def run(environment: Path, *words: str, folder: Path) -> str:
    """What a command prints, started in a folder outside the checkout."""
    done = subprocess.run(
        pincite(environment, *words), cwd=folder, env=clean(), check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def index(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index that the wheel has made over a part of the sample corpus."""
    folder = tmp_path_factory.mktemp("library")
    shutil.copytree(ROOT / "corpus" / "articles", folder / "corpus")
    summary = json.loads(run(environment, "ingest", "corpus", "--index", "index", "--json", folder=folder))
    assert summary["added"] == 4
    return folder / "index"


def test_only_pincite_is_installed(environment: Path, wheel: Path) -> None:
    version = wheel.name.split("-")[1]
    added = {path.name for path in site_packages(environment).iterdir()} - {"libraries.pth"}
    assert added == {"pincite", f"pincite-{version}.dist-info"}


def test_every_file_of_a_stage_is_in_the_wheel_but_benchmarks(wheel: Path) -> None:
    held = {name.removeprefix("pincite/") for name in ZipFile(wheel).namelist() if name.startswith("pincite/")}
    files = [file for stage in STAGES for file in (ROOT / stage).rglob("*") if file.is_file()]
    wanted = {
        file.relative_to(ROOT).as_posix()
        for file in [*files, ROOT / ".streamlit" / "config.toml", ROOT / "corpus" / "sources.toml", ROOT / "app.py"]
        if "__pycache__" not in file.parts
    }
    wanted = {name for name in wanted if not name.startswith(LEFT_OUT)}
    assert wanted - held == set()
    assert {name for name in held - wanted if not name.startswith("__init__.py")} == set()


def test_code_is_loaded_from_the_wheel(environment: Path, tmp_path: Path) -> None:
    command = [str(python(environment)), "-c", "import pincite; print(pincite.__file__)"]
    found = subprocess.run(command, cwd=tmp_path, env=clean(), check=True, capture_output=True, text=True).stdout
    assert Path(found.strip()) == site_packages(environment) / "pincite" / "__init__.py"


def test_commands_work_outside_the_checkout(environment: Path, index: Path) -> None:
    help_text = run(environment, "--help", folder=index.parent)
    assert all(command in help_text for command in ("ingest", "ask", "batch", "fetch", "serve", "eval"))
    question = "Who pays for the teachers of the fellowship programme?"
    answer = json.loads(run(environment, "ask", question, "--index", "index", "--json", folder=index.parent))
    assert answer["schema"] == 1
    assert answer["evidence"]
    assert "Example: pincite fetch" in " ".join(run(environment, "fetch", "--help", folder=index.parent).split())


@contextmanager
def served(environment: Path, index: Path, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`pincite serve` in another folder than the checkout, and its port."""
    port = free_port()
    words = ("serve", "--index", str(index), "--port", str(port))
    variables = clean() | {"STREAMLIT_SERVER_HEADLESS": "true"}  # opens no browser
    command, quiet = pincite(environment, *words), subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=folder, env=variables, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        try:
            wait_for(port)
            yield process, port
        finally:
            process.kill()


def status(port: int, host: str) -> int:
    """The HTTP status of a WebSocket handshake with the app under the name of a host; 101 is success."""
    connection = socket.create_connection(("127.0.0.1", port))
    try:
        with connect(f"ws://{host}:{port}/_stcore/stream", sock=connection) as opened:
            return opened.response.status_code if opened.response else 0
    except InvalidStatus as refused:
        return refused.response.status_code


def test_the_served_app_refuses_foreign_host_names(environment: Path, index: Path, tmp_path: Path) -> None:
    with served(environment, index, tmp_path) as (_, port):
        assert [status(port, host) for host in ("127.0.0.1", "localhost")] == [101, 101]
        assert status(port, "attacker.example") == 403


@pytest.mark.skipif(os.name == "nt", reason="signals and process groups of POSIX")
@pytest.mark.parametrize("ending", ["SIGTERM", "SIGKILL"])
def test_an_ended_server_leaves_no_process_and_no_open_port(
    ending: str, environment: Path, index: Path, tmp_path: Path
) -> None:
    with served(environment, index, tmp_path) as (process, port):
        process.send_signal(signal.Signals[ending])
        process.wait(timeout=20)
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
        with pytest.raises(ConnectionRefusedError):
            status(port, "127.0.0.1")
