"""Public documents brought from a list of them. Only here does the app reach out to the internet, and only when told.

Files go where uploaded ones are kept, with the list of what is known of each beside them; each is taken in as soon as
it is there.
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
from pincite.ui.background_job import Job, watch
from pincite.ui.engine import Engine
from pincite.ui.escaping import as_markdown
from pincite.ui.pages.upload import Taken, became, show_taken, tell, uploads_of

JOB = "fetch"  # in the session: the documents that are being brought, or were last
LIMIT = 1  # MB of a list
SHIPPED, OWN = "The list that comes with Pincite", "A list of your own"
PROMISE = (
    "This is the only place where Pincite reaches out to the internet by itself, and only when you press Fetch: the "
    "servers of the documents ticked here are then asked for them, over https. Each document stays under its "
    "issuer's licence."
)
FOR_A_TERMINAL = "run the command again"  # in reasons that are also given to whoever uses the command


def show_fetch(engine: Engine, known: Sequence[Known], settings: DownloadSettings | None = None) -> None:
    """The list with its ticks and the button that brings them, how far they are, and what became of each.

    `known`: what the library holds.
    """
    job: Job[Taken] | None = st.session_state.get(JOB)
    st.write(PROMISE)
    if job and job.running:
        watch(job, "Fetching documents", show_taken)
        return
    if job:
        show_taken(job)
    try:
        entries = chosen_list()
    except BadInput as error:
        st.error(as_markdown(str(error)))
        entries = ()
    ticked = show_list(entries, {one.metadata.url for one in known}) if entries else []
    label = f"Fetch {len(ticked)} document{'s' if len(ticked) > 1 else ''}" if ticked else "Fetch"
    if st.button(label, type="primary", icon=":material/cloud_download:", disabled=not ticked, key="fetch-them"):
        st.session_state[JOB] = Job(partial(bring_all, engine, ticked, settings or DownloadSettings()))
        st.rerun()


def chosen_list() -> Sequence[SourceEntry]:
    """Draw the choice of a list; its entries, none while there is no list. Raises BadInput."""
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
    """The entries of a list that was uploaded. Raises BadInput."""
    with TemporaryDirectory() as folder:
        place = Path(folder, NAME)
        place.write_bytes(content)
        try:
            return select_entries(place)
        except BadInput as error:
            raise BadInput(str(error).replace(str(place), name)) from error


def show_list(entries: Sequence[SourceEntry], known: set[str | None]) -> list[SourceEntry]:
    """The entries as a table with ticks; those that are ticked."""
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
    """A document of the list as a row."""
    return {
        "Title": entry.text("title"),
        "Issuer": entry.text("issuer"),
        "Licence": entry.text("licence") or "not stated",
        "In the library": "yes" if entry.text("url") in known else "",
        "Address": entry.text("url"),
    }


def bring_all(engine: Engine, entries: Sequence[SourceEntry], settings: DownloadSettings, job: Job[Taken]) -> None:
    """Bring documents and take each in; one that fails stops no other. Raises BadInput when another fetch goes on."""
    job.tell(0, len(entries))
    folder = uploads_of(engine.folder)
    arrived = fetch(entries, folder, settings, partial(tell_download, job, len(entries)))
    for number, fetched in enumerate(arrived, 1):
        job.at = fetched.title
        job.found.append(take_in(engine, folder, fetched, job, len(entries)))
        job.tell(number, len(entries))


def tell_download(job: Job[Taken], of: int, title: str, done: int, total: int | None) -> None:
    """Note how far a download is. Raises Stopped: what has come of it is kept for the next time."""
    size = f" of {total / 1e6:.1f}" if total else ""
    job.at = f"{title} ({done / 1e6:.1f}{size} MB)"
    job.tell(len(job.found) + 0.5 * (done / total if total else 0), of)


def take_in(engine: Engine, folder: Path, fetched: Fetched, job: Job[Taken], of: int) -> Taken:
    """Have a document that was brought in the library; its file is removed again where that cannot read it."""
    name = fetched.title or fetched.url
    if not fetched.file:
        return Taken(name, "failed", (reason_of(fetched),))
    summary = engine.ingest(folder / fetched.file, lambda state: tell(job, len(job.found), of, state))
    if summary.rejected:
        (folder / fetched.file).unlink(missing_ok=True)
        return Taken(name, "rejected", (f"The document came, but {summary.rejected[0][1]}.",))
    return Taken(name, became(summary), tuple(warning for _, warning in summary.warnings))


def reason_of(fetched: Fetched) -> str:
    """Why a document did not come, as a sentence."""
    reason = (fetched.reason or "its server gave no reason").replace(FOR_A_TERMINAL, "fetch it again")
    return f"{reason[0].upper()}{reason[1:]}."
