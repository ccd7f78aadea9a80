"""Fetches public documents from a list. Only here does the app access the internet, and only on request.

Files are stored with uploaded ones, with a list of their metadata beside them; each is ingested as soon as it arrives.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from pincite.ingest.errors import BadInput
from pincite.ingest.fetch.download import DownloadSettings
from pincite.ingest.fetch.fetch import DEFAULT_LIST, Fetched, fetch, select_entries
from pincite.ingest.index.catalog import Entry as Known
from pincite.ingest.metadata.manifest import NAME, SourceEntry
from pincite.ui.background_job import BackgroundJob, watch
from pincite.ui.engine import Engine
from pincite.ui.escaping import as_markdown
from pincite.ui.pages.upload import IngestedFile, outcome_of, show_ingested, tell, uploads_of

JOB = "fetch"  # in the session: the documents being fetched, or fetched last
LIMIT = 1  # MB of a list
SHIPPED, OWN = "The list that comes with Pincite", "A list of your own"
PROMISE = (
    "This is the only place where Pincite accesses the internet by itself, and only when you press Fetch: it then "
    "downloads the selected documents from their servers over https. Each document remains under its issuer's "
    "licence."
)
FOR_A_TERMINAL = "run the command again"  # in reasons that are also given to whoever uses the command


def show_fetch(engine: Engine, known: Sequence[Known], settings: DownloadSettings | None = None) -> None:
    """Show the list with checkboxes, the fetch button, progress and outcomes.

    `known`: the documents in the library.
    """
    job: BackgroundJob[IngestedFile] | None = st.session_state.get(JOB)
    st.write(PROMISE)
    if job and job.running:
        watch(job, "Fetching documents", show_ingested)
        return
    if job:
        show_ingested(job)
    try:
        entries = chosen_list()
    except BadInput as error:
        st.error(as_markdown(str(error)))
        entries = ()
    ticked = show_list(entries, {one.metadata.url for one in known}) if entries else []
    label = f"Fetch {len(ticked)} document{'s' if len(ticked) > 1 else ''}" if ticked else "Fetch"
    if st.button(label, type="primary", icon=":material/cloud_download:", disabled=not ticked, key="fetch-them"):
        st.session_state[JOB] = BackgroundJob(partial(bring_all, engine, ticked, settings or DownloadSettings()))
        st.rerun()


def chosen_list() -> Sequence[SourceEntry]:
    """Draw the choice of a list; returns its entries, none without a list. Raises BadInput."""
    if st.radio("Documents of", [SHIPPED, OWN], horizontal=True, key="fetch-list") == SHIPPED:
        return select_entries(DEFAULT_LIST)
    file = st.file_uploader(
        "A list in TOML: [[document]] with title and url, and issuer, symbol, kind, date, licence where known",
        type="toml",
        max_upload_size=LIMIT,
        key="fetch-file",
    )
    return read_own(file.name, file.getvalue()) if file else ()


def read_own(name: str, content: bytes) -> Sequence[SourceEntry]:
    """The entries of an uploaded list. Raises BadInput."""
    with TemporaryDirectory() as folder:
        place = Path(folder, NAME)
        place.write_bytes(content)
        try:
            return select_entries(place)
        except BadInput as error:
            raise BadInput(str(error).replace(str(place), name)) from error


def show_list(entries: Sequence[SourceEntry], known: set[str | None]) -> list[SourceEntry]:
    """Draw the entries as a table; returns those selected."""
    key = f"fetch-{hash(tuple(entry.text('url') for entry in entries))}"
    shown = st.dataframe(
        [row_of(entry, known) for entry in entries],
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        column_config={"Title": st.column_config.TextColumn(width=330)},
        alt="The documents of the list; a tick in the first column has one fetched",
    )
    return [entries[row] for row in shown.selection.rows if row < len(entries)]


def row_of(entry: SourceEntry, known: set[str | None]) -> Mapping[str, str]:
    """A document of the list as a table row."""
    return {
        "Title": entry.text("title"),
        "Issuer": entry.text("issuer"),
        "Licence": entry.text("licence") or "not stated",
        "In the library": "yes" if entry.text("url") in known else "",
        "Address": entry.text("url"),
    }


def bring_all(
    engine: Engine, entries: Sequence[SourceEntry], settings: DownloadSettings, job: BackgroundJob[IngestedFile]
) -> None:
    """Fetch and ingest documents; a failure does not stop the others. Raises BadInput if another fetch is running."""
    job.report_progress(0, len(entries))
    folder = uploads_of(engine.folder)
    arrived = fetch(entries, folder, settings, partial(tell_download, job, len(entries)))
    for number, fetched in enumerate(arrived, 1):
        job.current = fetched.title
        job.results.append(take_in(engine, folder, fetched, job, len(entries)))
        job.report_progress(number, len(entries))


def tell_download(job: BackgroundJob[IngestedFile], of: int, title: str, done: int, total: int | None) -> None:
    """Note how far a download is. Raises Stopped: what has come of it is kept for the next time."""
    size = f" of {total / 1e6:.1f}" if total else ""
    job.current = f"{title} ({done / 1e6:.1f}{size} MB)"
    job.report_progress(len(job.results) + 0.5 * (done / total if total else 0), of)


def take_in(engine: Engine, folder: Path, fetched: Fetched, job: BackgroundJob[IngestedFile], of: int) -> IngestedFile:
    """Ingest a fetched document; its file is removed if it is rejected."""
    name = fetched.title or fetched.url
    if not fetched.file:
        return IngestedFile(name, "failed", (reason_of(fetched),))
    summary = engine.ingest(folder / fetched.file, lambda state: tell(job, len(job.results), of, state))
    if summary.rejected:
        (folder / fetched.file).unlink(missing_ok=True)
        return IngestedFile(name, "rejected", (f"The document was fetched, but {summary.rejected[0][1]}.",))
    return IngestedFile(name, outcome_of(summary), tuple(warning for _, warning in summary.warnings))


def reason_of(fetched: Fetched) -> str:
    """Why a document could not be fetched, as a sentence."""
    reason = (fetched.reason or "its server gave no reason").replace(FOR_A_TERMINAL, "fetch it again")
    return f"{reason[0].upper()}{reason[1:]}."
