"""`pincite batch` from end to end: what it writes and says, what it does after a stop, and who answers."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

import pytest
from docx import Document

from pincite.briefing.journal import journal_path
from support.briefed import ACCELERATORS, COD, FELLOWSHIPS
from support.command import Pincite, one_sentence
from support.model_servers import Reply, Request, openai_answer, serving

GOLD = Path(__file__).parents[2] / "eval" / "gold" / "sample.jsonl"
RECORD = b'{"schema": 1, "id"'  # how the record of an answer begins
FORMS = ("docx", "xlsx", "md", "html", "csv", "jsonl")


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.md"
    file.write_text(
        f"# Briefing\n## Money\n- {FELLOWSHIPS}\n- {COD}\n## Machines\n- {ACCELERATORS}\n", encoding="utf-8"
    )
    return file


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Forty questions of the shipped gold."""
    file = tmp_path / "many.jsonl"
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").split("\n")[:40]]
    lines = (json.dumps({"id": one["id"], "question": one["question"]}) for one in gold)
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def records(file: Path) -> list[dict[str, object]]:
    """The answers of a file without what differs from run to run."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [{name: value for name, value in line.items() if name != "seconds"} for line in lines]


@pytest.mark.parametrize("form", FORMS)
def test_every_format_is_written_and_a_rerun_asks_nothing(
    pincite: Pincite, questions: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"book.{form}"
    run = pincite("batch", str(questions), "--out", str(out))
    assert (run.code, "3 questions: 2 answered, 1 not in the corpus." in run.out) == (0, True), run.err
    before = out.read_bytes()
    again = pincite("batch", str(questions), "--out", str(out), "--json")
    assert json.loads(again.out)["kept"] == 3
    assert out.read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {"questions.md", out.name, journal_path(out).name}


def test_json_lines_follow_the_contract(pincite: Pincite, questions: Path, tmp_path: Path) -> None:
    out, bib = tmp_path / "book.jsonl", tmp_path / "cited.bib"
    assert pincite("batch", str(questions), "--out", str(out), "--references", str(bib)).code == 0
    first, absent, _ = records(out)
    assert (first["schema"], first["id"], first["question"]) == (1, "q1", FELLOWSHIPS)
    assert first == {
        k: v for k, v in json.loads(pincite("ask", FELLOWSHIPS, "--json").out).items() if k != "seconds"
    } | {"id": "q1"}
    assert (absent["abstained"], absent["statements"]) == (True, [])
    assert "number = {MF/OBS/2025/2}" in bib.read_text(encoding="utf-8")


def test_bad_rows_are_reported_and_the_rest_is_answered(pincite: Pincite, tmp_path: Path) -> None:
    file, out = tmp_path / "q.csv", tmp_path / "book.docx"
    file.write_text(f"question,kind\n{FELLOWSHIPS},\nWho?,poem\n{COD},\n", encoding="utf-8")
    run = pincite("batch", str(file), "--out", str(out))
    assert (run.code, run.err.count("\n")) == (3, 1)
    assert run.err.startswith("q.csv, line 3, skipped: There is no kind poem")
    assert "2 questions: " in run.out
    assert Document(str(out)).paragraphs[0].text == "q"


def test_only_new_questions_are_asked(pincite: Pincite, questions: Path, tmp_path: Path) -> None:
    out = tmp_path / "book.md"
    pincite("batch", str(questions), "--out", str(out))
    questions.write_text(questions.read_text(encoding="utf-8") + "- Who are the members?\n", encoding="utf-8")
    run = pincite("batch", str(questions), "--out", str(out), "--json")
    assert (json.loads(run.out)["kept"], json.loads(run.out)["questions"]) == (3, 4)
    other = pincite("batch", str(questions), "--out", str(out), "--kind", "report", "--json")
    assert json.loads(other.out)["kept"] == 0


def process(sample_folder: Path, questions: Path, out: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pincite.cli.main", "batch", str(questions), "--out", str(out)]
    command += ["--index", str(sample_folder)]
    return subprocess.Popen(command, cwd=GOLD.parents[2], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def stop(running: subprocess.Popen[str], journal: Path, answers: int, how: signal.Signals) -> tuple[int, str]:
    """Stop a run once so many answers are in its journal; its exit status and what it printed.

    The run keeps its journal locked: the beginnings of records are counted in the bytes of the file.
    """
    while running.poll() is None and not (journal.exists() and journal.read_bytes().count(RECORD) >= answers):
        time.sleep(0.002)
    running.send_signal(how)
    _, said = running.communicate(timeout=60)
    return running.returncode, said


def test_killed_runs_resume(pincite: Pincite, sample_folder: Path, many: Path, tmp_path: Path) -> None:
    peace, out = tmp_path / "peace.docx", tmp_path / "killed.docx"
    assert pincite("batch", str(many), "--out", str(peace)).code == 0
    for answers in (0, 1, 9):
        code, _ = stop(process(sample_folder, many, out), journal_path(out), answers, signal.SIGKILL)
        assert (code, out.exists()) == (-signal.SIGKILL, False)
    run = pincite("batch", str(many), "--out", str(out), "--json")
    assert 8 <= json.loads(run.out)["kept"] < 40
    assert out.read_bytes() == peace.read_bytes()


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Child processes can be interrupted, also where the tests run in the background of a shell, which ignores that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupted_run_explains_how_to_resume(
    pincite: Pincite, sample_folder: Path, many: Path, tmp_path: Path
) -> None:
    lines = many.read_text(encoding="utf-8").splitlines()  # many more: on a busy machine the signal comes late
    copies = ({**json.loads(line), "id": f"{copy}-{number}"} for copy in range(10) for number, line in enumerate(lines))
    many.write_text("\n".join(map(json.dumps, copies)), encoding="utf-8")
    out = tmp_path / "book.html"
    code, said = stop(process(sample_folder, many, out), journal_path(out), 4, signal.SIGINT)
    assert (code, said.count("\n")) == (130, 1)
    assert "Run the same command again" in said
    many.write_text("\n".join(many.read_text(encoding="utf-8").splitlines()[:40]), encoding="utf-8")
    assert json.loads(pincite("batch", str(many), "--out", str(out), "--json").out)["kept"] >= 3


def test_failed_questions_are_reported_and_retried(pincite: Pincite, questions: Path, tmp_path: Path) -> None:
    asked = questions.read_text(encoding="utf-8").replace(FELLOWSHIPS, "When was the Meridian Forum founded?")
    questions.write_text(asked, encoding="utf-8")
    broken = [True]
    good = openai_answer("Nothing was found [1].")

    def answer(request: Request) -> Reply:
        return Reply([b"{}"], 400) if broken[0] and "Forum founded" in json.dumps(request.body) else good(request)

    with serving(answer) as server:
        words = ("batch", str(questions), "--out", str(tmp_path / "o.docx"), "--llm", f"openai-like:m@{server.url}/v1")
        first = pincite(*words)
        assert first.code == 3, first.err
        assert "q1 failed and will be tried again in the next run: " in first.err
        broken[0] = False
        again = pincite(*words, "--json")
        assert (again.code, json.loads(again.out)["kept"]) == (0, 2)


def test_workers_query_a_served_model_concurrently(pincite: Pincite, many: Path, tmp_path: Path) -> None:
    lock, running, most = Lock(), [0], [0]
    said = openai_answer("The Facility is open [1].", pause=0.2)

    def answer(request: Request) -> Reply:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.1)
        with lock:
            running[0] -= 1
        return said(request)

    with serving(answer) as server:
        spec = f"openai-like:m@{server.url}/v1"
        run = pincite("batch", str(many), "--out", str(tmp_path / "o.jsonl"), "--llm", spec, "--workers", "4")
    assert run.code == 0, run.err
    assert most[0] > 1
    assert [record["id"] for record in records(tmp_path / "o.jsonl")] == [f"sample-{n:03}" for n in range(1, 41)]


@pytest.mark.parametrize("out", ["o.pdf", "nowhere/o.docx", "questions.md", "folder.docx"])
def test_mistakes_are_one_sentence(pincite: Pincite, questions: Path, tmp_path: Path, out: str) -> None:
    (tmp_path / "folder.docx").mkdir()
    assert one_sentence(pincite("batch", str(questions), "--out", str(tmp_path / out)))
    assert one_sentence(pincite("batch", str(tmp_path / "none.csv"), "--out", str(tmp_path / "o.docx")))


@pytest.mark.parametrize("command", ["batch", "matrix", "check"])
def test_help_has_an_example(pincite: Pincite, command: str) -> None:
    run = pincite(command, "--help")
    assert (run.code, f"Example: pincite {command} " in " ".join(run.out.split())) == (0, True)
