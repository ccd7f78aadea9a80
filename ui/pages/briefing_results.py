"""What came of a briefing: a table, the documents to download, and each answer with its sources."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from pincite.answer.citation.citation import Citation
from pincite.answer.verification.verify import Statement
from pincite.briefing.result import Answered
from pincite.ui.conversation.turn import paragraph, support_line
from pincite.ui.engine import Engine
from pincite.ui.escaping import as_markdown
from pincite.ui.row_selection import show_table
from pincite.ui.source.location import place_of_citation
from pincite.ui.source.panel import cited_text
from pincite.ui.statement_html import statement_html

READING = "answer-read"  # in the session: id of the question whose answer is read
NAMES = {".docx": "Word", ".xlsx": "Excel", ".md": "Markdown"}


def show_results(engine: Engine, answers: Sequence[Answered], files: Sequence[Path]) -> None:
    """The results of a briefing."""
    st.subheader("Answers", anchor=False)
    with st.container(horizontal=True):
        for file in files:
            label = f"Download {NAMES[file.suffix]}"
            st.download_button(
                label, file.read_bytes(), file.name, on_click="ignore", icon=":material/download:", key=file.suffix
            )
    rows, keys = [row_of(one) for one in answers], [one.asked.id for one in answers]
    show_table(rows, keys, READING, widths={"Question": "large"}, alt="Questions with what became of them")
    titles = {one.asked.id: f"{one.asked.id}: {one.asked.question}" for one in answers}
    if st.session_state.get(READING) not in titles:
        st.session_state[READING] = next(iter(titles), None)
    chosen = st.selectbox(
        "Read an answer with its sources", list(titles), format_func=lambda one: titles.get(one, one), key=READING
    )
    answer = next((one for one in answers if one.asked.id == chosen), None)
    if answer:
        show_answer(engine, answer)


def row_of(one: Answered) -> dict[str, Any]:
    """A question as a row: what became of it, how well it is supported, and where that stands."""
    cited = [one.citations[number] for number in sorted(one.citations)]
    return {
        "Question": one.asked.question,
        "Outcome": one.outcome.value,
        "Support": ", ".join(dict.fromkeys(statement.support.value for statement in one.statements)),
        "Where": "; ".join(dict.fromkeys(where(citation) for citation in cited)),
        "Answer": one.text if one.statements else one.reason,
        "Section": one.asked.section,
        "Id": one.asked.id,
    }


def where(citation: Citation) -> str:
    """The document and page of a citation, in short."""
    known = citation.metadata
    name = known.symbol or known.title or citation.document
    page = f"p. {citation.page}" if citation.page else None
    return ", ".join(filter(None, (name, citation.pinpoint, page)))


def show_answer(engine: Engine, one: Answered) -> None:
    """An answer, statement by statement, each with what it rests on; the nearest passages where there is none."""
    if not one.statements:
        st.html(paragraph(one.outcome.value, "heading") + paragraph(one.reason, "small"))
        for citation in one.nearest:
            show_citation(engine, citation)
    for statement in one.statements:
        show_statement(engine, one, statement)


def show_statement(engine: Engine, one: Answered, statement: Statement) -> None:
    """A statement with its support and its sources."""
    st.html(statement_html(statement.text) + support_line(statement))
    for citation in one.verified(statement):
        show_citation(engine, citation)


def show_citation(engine: Engine, citation: Citation) -> None:
    """A source, folded: its words in their surroundings."""
    with st.expander(as_markdown(f"[{citation.number}] {citation.reference()}")):
        st.html(cited_text(engine, place_of_citation(citation)))
