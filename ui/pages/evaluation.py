"""The Evaluation page: runs gold questions, shows the scores of this and earlier runs."""

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
from pincite.ui.background_job import BackgroundJob, watch
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
class StartedRun:
    """A started run: gold, output folder and system."""

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
    """Whether a run started here is running, stopped or failed."""
    job: BackgroundJob[str] | None = st.session_state.get(JOB)
    return job is not None and not job.results


def show_start(folder: Path, runs: Path, system: "partial[System]") -> None:
    """Show the choice of gold with the run button, or the progress and outcome of a run."""
    job: BackgroundJob[str] | None = st.session_state.get(JOB)
    if job and job.running:
        watch(job, "Asking questions")
        return
    if job:
        show_end(job)
    gold = choose_gold(folder)
    if gold and st.button("Run", type="primary", icon=":material/play_arrow:"):
        require_index(folder)
        start(StartedRun(gold, runs / unused_folder([gold]).name, system()))


def show_end(job: "BackgroundJob[str]") -> None:
    """Show how the last run ended; a stopped run can be resumed."""
    if job.error:
        st.error(as_markdown(job.error))
    if not job.results:
        st.info(f"Stopped after {int(job.done)} of {job.total} questions; the answers so far are kept.")
        if st.button("Resume", icon=":material/resume:"):
            start(st.session_state[STARTED])


def start(started: StartedRun) -> None:
    """Start or resume a run."""
    st.session_state[STARTED] = started
    st.session_state[JOB] = BackgroundJob(partial(answer_and_judge, started))
    st.rerun()


def answer_and_judge(started: StartedRun, job: "BackgroundJob[str]") -> None:
    """Answer and judge the questions."""
    evaluate([started.gold], started.out, started.system, job.report_progress)
    job.results.append(started.out.name)


def choose_gold(folder: Path) -> Path | None:
    """Draw the choice of gold; returns the file or None."""
    own = folder.resolve().parent / "gold"
    if given := st.file_uploader("Gold questions of your own (JSON Lines)", key="gold-upload", max_upload_size=20):
        try:
            file = keep_gold(own, given.name, given.getvalue())
            if st.session_state.get(UPLOADED) != given.file_id:  # selected once; the reader may then choose another
                st.session_state[UPLOADED], st.session_state["gold"] = given.file_id, file
        except PinciteError as error:
            st.error(as_markdown(str(error)))
    files = [*sorted(own.glob("*.jsonl")), Path(evaluated.__path__[0], "gold", "sample.jsonl")]
    return st.selectbox("Gold questions", files, format_func=lambda file: file.name, key="gold")


def keep_gold(own: Path, name: str, content: bytes) -> Path:
    """Store uploaded gold beside the index. Raises BadInput for invalid gold or a name that is taken."""
    try:
        file = own / Path(safe_name(name)).with_suffix(".jsonl")
        text = content.decode("utf-8")
    except (RejectedFile, UnicodeDecodeError) as error:
        raise BadInput(f"{name} cannot be used: save it as JSON Lines in UTF-8 under a plain name.") from error
    if file.is_file() and file.read_bytes() != content:
        raise BadInput(f"{file.name} exists already with other content: give your file another name.")
    if not file.is_file():
        own.mkdir(parents=True, exist_ok=True)
        write_text(file, [text])
        try:
            read_gold(file)
        except BadInput:
            file.unlink()
            raise
    return file
