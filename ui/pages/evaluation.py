"""The Evaluation page: gold questions asked and judged, and what came of them, now and before."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

import pincite.eval as evaluated
from pincite.answer.batch import System
from pincite.eval.judging.gold import read_gold
from pincite.eval.pipeline import evaluate, unused_folder
from pincite.ingest.atomic_write import write_text
from pincite.ingest.errors import BadInput, PinciteError, RejectedFile
from pincite.ingest.index.index import require_index
from pincite.ui.background_job import Job, watch
from pincite.ui.escaping import as_markdown
from pincite.ui.pages.past_runs import past_runs, show_over_time, show_runs
from pincite.ui.pages.run_detail import show_run
from pincite.ui.pages.upload import safe_name
from pincite.ui.sidebar import choose_model
from pincite.ui.style import STYLE

STARTED = "evaluation"  # in the session: the run that was started here last
JOB = "evaluation-job"  # in the session: its work
UPLOADED = "gold-uploaded"  # in the session: which upload was chosen last


@dataclass(frozen=True, slots=True)
class Started:
    """What is run: gold, and into which folder."""

    gold: Path
    out: Path
    system: System


def evaluation_page(folder: Path, server: str | None, runs: Path) -> None:
    """The page."""
    st.html(STYLE)
    st.title("Evaluation", anchor=False)
    with st.sidebar:
        st.subheader("Who writes the answers")
        spec = choose_model().strip()
    past = past_runs(runs)
    with st.expander("Ask gold questions", icon=":material/play_circle:", expanded=not past or is_unfinished()):
        show_start(folder, runs, partial(System, folder, server, spec))
    if not past:
        st.write(as_markdown(f"There is no run in {runs} yet."))
        return
    names = {one.folder.name: one for one in past}
    if st.session_state.get("run") not in names:
        st.session_state["run"] = past[0].folder.name
    name = st.selectbox("Run", list(names), key="run")
    st.subheader(as_markdown(f"{names[name].gold}, {names[name].llm}"), anchor=False)
    show_run(names[name], past)
    st.subheader("All runs", anchor=False)
    show_runs(past)
    show_over_time(past)


def is_unfinished() -> bool:
    """Whether a run started here goes on, was stopped or failed."""
    job: Job[str] | None = st.session_state.get(JOB)
    return job is not None and not job.found


def show_start(folder: Path, runs: Path, system: "partial[System]") -> None:
    """The choice of gold with the button that asks it; how far a run is; how it ended."""
    job: Job[str] | None = st.session_state.get(JOB)
    if job and job.running:
        watch(job, "Asking questions")
        return
    if job:
        show_end(job)
    gold = choose_gold(folder)
    if gold and st.button("Run", type="primary", icon=":material/play_arrow:"):
        require_index(folder)
        start(Started(gold, runs / unused_folder([gold]).name, system()))


def show_end(job: "Job[str]") -> None:
    """How the last run ended; one that was stopped can go on."""
    if job.error:
        st.error(as_markdown(job.error))
    if not job.found:
        st.info(f"Stopped after {int(job.done)} of {job.of} questions; the answers so far are kept.")
        if st.button("Go on", icon=":material/resume:"):
            start(st.session_state[STARTED])


def start(started: Started) -> None:
    """Begin a run, or go on with it."""
    st.session_state[STARTED] = started
    st.session_state[JOB] = Job(partial(answer_and_judge, started))
    st.rerun()


def answer_and_judge(started: Started, job: "Job[str]") -> None:
    """Ask the questions and judge the answers."""
    evaluate([started.gold], started.out, started.system, job.tell)
    job.found.append(started.out.name)


def choose_gold(folder: Path) -> Path | None:
    """Draw the choice of gold; the file, None where there is none."""
    own = folder.resolve().parent / "gold"
    if given := st.file_uploader("Gold questions of your own (JSON Lines)", key="gold-upload", max_upload_size=20):
        try:
            file = keep_gold(own, given.name, given.getvalue())
            if st.session_state.get(UPLOADED) != given.file_id:  # chosen once, then the reader may choose another
                st.session_state[UPLOADED], st.session_state["gold"] = given.file_id, file
        except PinciteError as error:
            st.error(as_markdown(str(error)))
    files = [*sorted(own.glob("*.jsonl")), *sorted(Path(evaluated.__path__[0], "gold").glob("*.jsonl"))]
    return st.selectbox("Gold questions", files, format_func=lambda file: file.name, key="gold")


def keep_gold(own: Path, name: str, content: bytes) -> Path:
    """Keep uploaded gold in the folder beside the index. Raises BadInput for what is no gold, or another's name."""
    try:
        file = own / Path(safe_name(name)).with_suffix(".jsonl")
        text = content.decode("utf-8")
    except (RejectedFile, UnicodeDecodeError) as error:
        raise BadInput(f"{name} cannot be used: save it as JSON Lines in UTF-8 under a plain name.") from error
    if file.is_file() and file.read_bytes() != content:
        raise BadInput(f"There is another {file.name} already: give yours another name.")
    if not file.is_file():
        own.mkdir(parents=True, exist_ok=True)
        write_text(file, [text])
        try:
            read_gold(file)
        except BadInput:
            file.unlink()
            raise
    return file
