"""The Briefing page: answers a list of questions into a document; a run can be stopped and resumed.

Answers are journaled in a folder of the index that is named by the questions: the same list resumes where it stopped,
also after the page was closed, and nobody sees the lists of others.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st

from pincite.answer.batch import System
from pincite.answer.citation.citation import Citation
from pincite.answer.verification.verify import Statement
from pincite.briefing.book import BriefingBook
from pincite.briefing.journal import journal_path
from pincite.briefing.questions.questions import READERS, BriefingQuestion, Questions, read_questions
from pincite.briefing.result import AnsweredQuestion
from pincite.briefing.run import run
from pincite.briefing.writers.labels import support_word
from pincite.briefing.writers.registry import writer_for
from pincite.ingest.errors import BadInput, PinciteError
from pincite.ui.background_job import BackgroundJob, watch
from pincite.ui.conversation.turn import paragraph, support_line
from pincite.ui.engine import Engine
from pincite.ui.escaping import as_markdown
from pincite.ui.page_header import open_page
from pincite.ui.row_selection import show_table
from pincite.ui.sidebar import SidebarChoice, choose
from pincite.ui.source.location import location_of_citation
from pincite.ui.source.panel import cited_text
from pincite.ui.statement_html import statement_html

FOLDER = "briefings"  # in the index folder
JOB = "briefing-job"  # in the session: the list being answered, or answered last
FORMS = (".docx", ".xlsx", ".md")
FIRST = f"briefing{FORMS[0]}"
LIMIT = 20  # MB of a file of questions
EXAMPLE = "# Money\nHow many fellowships were awarded?\nWho pays for the host sites?"


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """A pasted or uploaded list of questions; the suffix selects its reader."""

    suffix: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FinishedBriefing:
    """A finished briefing: answered questions and files."""

    answers: tuple[AnsweredQuestion, ...]
    files: tuple[Path, ...]


def briefing_page(folder: Path, server: str | None) -> None:
    """The page."""
    engine, entries = open_page("Briefing", folder, server)
    if not entries:
        return
    choice = choose(entries)
    given = given_list()
    questions = understood(given, choice) if given else None
    if given and questions:
        show_preview(questions)
        show_start(engine, given, questions, choice)
    job: BackgroundJob[FinishedBriefing] | None = st.session_state.get(JOB)
    if job and job.running:
        watch(job, "Answering")
    elif job:
        show_end(job)
        for made in job.results:
            show_results(engine, made.answers, made.files)


def given_list() -> QuestionFile | None:
    """Draw the input for questions; returns the list or None. Raises BadInput for another kind of file."""
    pasted, uploaded = st.tabs(["Paste", "Upload"])
    text = pasted.text_area(
        "Questions, one a line; lines with # are headings of sections",
        placeholder=EXAMPLE,
        height=160,
        key="questions-text",
    )
    forms = ", ".join(suffix.removeprefix(".") for suffix in READERS)
    file = uploaded.file_uploader(f"A list of questions ({forms})", key="questions-file", max_upload_size=LIMIT)
    if file:
        suffix = Path(file.name).suffix.lower()
        if suffix not in READERS:
            raise BadInput(f"{file.name} is not a list of questions: save it as {forms}.")
        return QuestionFile(suffix, file.getvalue())
    return QuestionFile(".md" if "#" in text else ".txt", text.encode()) if text.strip() else None


def understood(given: QuestionFile, choice: SidebarChoice) -> Questions | None:
    """The questions in a list; None with a message on the page if there are none."""
    with TemporaryDirectory() as folder:
        file = Path(folder, f"questions{given.suffix}")
        file.write_bytes(given.content)
        try:
            return read_questions(file, choice.filters())
        except PinciteError as error:
            st.error(as_markdown(str(error).replace(str(file), "The list")))
            return None


def place_of(folder: Path, given: QuestionFile) -> Path:
    """The folder for the answers to a list, named by a hash of the list."""
    return folder / FOLDER / hashlib.sha256(given.suffix.encode() + given.content).hexdigest()[:16]


def show_preview(questions: Questions) -> None:
    """Show the questions and complaints about rows."""
    for complaint in questions.complaints:
        (st.warning if complaint.skipped else st.info)(as_markdown(f"{complaint.where}: {complaint.what}"))
    with st.expander(f"{len(questions.asked)} questions", expanded=JOB not in st.session_state):
        rows = [{"Id": one.id, "Section": one.section, "Question": one.question} for one in questions.asked]
        st.dataframe(rows, hide_index=True, alt="The questions as they will be asked")


def show_start(engine: Engine, given: QuestionFile, questions: Questions, choice: SidebarChoice) -> None:
    """Show the title field, the choice of whole lists and the button that starts or resumes."""
    title = st.text_input("Title of the document", value=questions.title or "Briefing", key="briefing-title")
    place = place_of(engine.folder, given)
    begun = journal_path(place / FIRST).is_file()
    label = "Answer the remaining questions" if begun else "Answer the questions"
    job: BackgroundJob[FinishedBriefing] | None = st.session_state.get(JOB)
    running = job is not None and job.running
    whole = st.checkbox("Long lists and provisions whole", key="briefing-whole")
    if st.button(label, type="primary", icon=":material/play_arrow:", disabled=running, key="answer-them"):
        place.mkdir(parents=True, exist_ok=True)
        system = System(engine.folder, engine.server, choice.spec, whole=whole)
        st.session_state[JOB] = BackgroundJob(partial(make, questions.asked, place, title, system))
        st.rerun()


def make(
    asked: Sequence[BriefingQuestion], place: Path, title: str, system: System, job: BackgroundJob[FinishedBriefing]
) -> None:
    """Answer the questions and write the document in every format."""
    files = tuple(place / f"briefing{suffix}" for suffix in FORMS)

    def write(book: BriefingBook, _out: Path) -> None:
        for file in files:
            writer_for(file)(book, file)
        job.results.append(FinishedBriefing(tuple(book.answers()), files))

    run(asked, files[0], title, system, job.report_progress, write=write)


def show_end(job: BackgroundJob[FinishedBriefing]) -> None:
    """Show why the last run did not finish."""
    if job.error:
        st.error(as_markdown(job.error))
    elif not job.results:
        st.info(f"Stopped after {int(job.done)} of {job.total} questions; the answers so far are kept.")


READING = "answer-read"  # in the session: id of the question whose answer is read
NAMES = {".docx": "Word", ".xlsx": "Excel", ".md": "Markdown"}


def show_results(engine: Engine, answers: Sequence[AnsweredQuestion], files: Sequence[Path]) -> None:
    """Show the results of a briefing."""
    st.subheader("Answers", anchor=False)
    with st.container(horizontal=True):
        for file in files:
            label = f"Download {NAMES[file.suffix]}"
            st.download_button(
                label, file.read_bytes(), file.name, on_click="ignore", icon=":material/download:", key=file.suffix
            )
    rows, keys = [row_of(one) for one in answers], [one.asked.id for one in answers]
    show_table(rows, keys, READING, widths={"Question": "large"}, alt="Questions with their outcomes")
    titles = {one.asked.id: f"{one.asked.id}: {one.asked.question}" for one in answers}
    if st.session_state.get(READING) not in titles:
        st.session_state[READING] = next(iter(titles), None)
    chosen = st.selectbox(
        "Read an answer with its sources", list(titles), format_func=lambda one: titles.get(one, one), key=READING
    )
    answer = next((one for one in answers if one.asked.id == chosen), None)
    if answer:
        show_answer(engine, answer)


def row_of(one: AnsweredQuestion) -> dict[str, Any]:
    """A question as a table row: outcome, support and sources."""
    cited = [one.citations[number] for number in sorted(one.citations)]
    return {
        "Question": one.asked.question,
        "Outcome": one.outcome.value,
        "Support": ", ".join(dict.fromkeys(support_word(one, statement) for statement in one.statements)),
        "Where": "; ".join(dict.fromkeys(where(citation) for citation in cited)),
        "Answer": one.text if one.statements else one.reason,
        "Section": one.asked.section,
        "Id": one.asked.id,
    }


def where(citation: Citation) -> str:
    """Document, pinpoint and page of a citation, in short."""
    known = citation.metadata
    name = known.symbol or known.title or citation.document
    return ", ".join(filter(None, (name, citation.pinpoint, citation.pages)))


def show_answer(engine: Engine, one: AnsweredQuestion) -> None:
    """Show the statements of an answer with their sources, or the nearest passages."""
    if not one.statements:
        st.html(paragraph(one.outcome.value, "heading") + paragraph(one.reason, "small"))
        for citation in one.nearest:
            show_citation(engine, citation)
    for statement in one.statements:
        show_statement(engine, one, statement)


def show_statement(engine: Engine, one: AnsweredQuestion, statement: Statement) -> None:
    """Show a statement with its sources, and with its support unless it is a quote, which supports itself."""
    st.html(statement_html(statement.text) + ("" if one.quoted else support_line(statement)))
    for citation in one.verified(statement):
        show_citation(engine, citation)


def show_citation(engine: Engine, citation: Citation) -> None:
    """Show a source in an expander: the quote in its context."""
    with st.expander(as_markdown(f"[{citation.number}] {citation.reference()}")):
        st.html(cited_text(engine, location_of_citation(citation)))
