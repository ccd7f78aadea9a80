"""Documents of a list brought by the Library page, from a server on loopback: taken in, refused, stopped."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pincite.ingest.errors import BadInput
from pincite.ingest.fetch.download import DownloadSettings
from pincite.ingest.index.index import open_index
from pincite.ingest.metadata.manifest import SourceEntry
from pincite.ui.background_job import BackgroundJob
from pincite.ui.engine import Engine
from pincite.ui.pages.fetch import bring_all, read_own, row_of
from pincite.ui.pages.upload import IngestedFile, uploads_of
from support.document_server import Server
from support.paged import finished, opened, shown

QUICK = DownloadSettings(timeout=2, attempts=1, pause=0, loopback=True)


def fetching(folder: "Path") -> None:
    from pincite.ui.engine import Engine  # noqa: PLC0415  see opened
    from pincite.ui.pages.fetch import show_fetch  # noqa: PLC0415  see opened

    show_fetch(Engine(folder), [])


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as opened_server:
        thread = threading.Thread(target=opened_server.serve_forever, daemon=True)
        thread.start()
        yield opened_server
        opened_server.shutdown()
        thread.join()


def listed(server: Server, **paths: str) -> list[SourceEntry]:
    return [SourceEntry({"title": title, "url": server.url(path)}, 1) for title, path in paths.items()]


def brought(
    folder: Path, entries: list[SourceEntry], settings: DownloadSettings = QUICK
) -> BackgroundJob[IngestedFile]:
    job = BackgroundJob[IngestedFile](lambda job: bring_all(Engine(folder), entries, settings, job))
    job.thread.join(60)
    assert job.error is None
    return job


def test_documents_are_brought_and_taken_in_and_failures_named(server: Server, tmp_path: Path) -> None:
    entries = listed(server, Page="page", Gone="gone.pdf", Plan="plan.pdf")
    job = brought(tmp_path / "index", entries)
    assert [(one.name, one.outcome) for one in job.results] == [
        ("Page", "added"), ("Gone", "failed"), ("Plan", "rejected")
    ]  # fmt: skip
    assert job.results[1].remarks == ("The server answers 404 (Not Found).",)
    assert job.results[2].remarks[0].startswith("The document was fetched, but ")
    with open_index(tmp_path / "index") as index:
        assert [(one.metadata.title, one.metadata.url) for one in index.entries] == [("Page", server.url("page"))]
    assert sorted(file.name for file in uploads_of(tmp_path / "index").glob("*.*") if file.name[0] != ".") == [
        "page.html", "sources.toml"
    ]  # fmt: skip


def test_what_is_there_already_is_not_asked_for_again(server: Server, tmp_path: Path) -> None:
    entries = listed(server, Page="page")
    brought(tmp_path / "index", entries)
    assert [one.outcome for one in brought(tmp_path / "index", entries).results] == ["there already"]
    assert server.times("/page") == 1


def test_only_https_is_fetched_by_the_app(server: Server, tmp_path: Path) -> None:
    job = brought(tmp_path / "index", listed(server, Page="page"), DownloadSettings(attempts=1))
    assert "only over https" in job.results[0].remarks[0]
    assert server.asked == []


def test_endless_download_is_stopped(server: Server, tmp_path: Path) -> None:
    entries = listed(server, Endless="endless", Page="page")
    job = BackgroundJob[IngestedFile](lambda job: bring_all(Engine(tmp_path / "index"), entries, QUICK, job))
    while not job.current:
        time.sleep(0.001)
    job.stop()
    job.thread.join(30)
    assert (job.error, job.results) == (None, [])
    assert server.times("/page") == 0


def test_nothing_is_asked_before_the_button_is_pressed(tmp_path: Path) -> None:
    app = opened(fetching, tmp_path / "index")
    assert "only when you press Fetch" in app.markdown[0].value
    table = app.dataframe[0].value
    assert list(table.columns) == ["Title", "Issuer", "Licence", "In the library", "Address"]
    assert len(table) > 20
    assert app.button("fetch-them").disabled


def test_list_of_ones_own_is_shown_and_a_bad_one_explained(tmp_path: Path) -> None:
    app = opened(fetching, tmp_path / "index")
    app.radio("fetch-list").set_value("A list of your own").run()
    give(app, b'[[document]]\ntitle = "A plan"\nurl = "https://example.org/a.pdf"\n')
    row = app.dataframe[0].value.iloc[0]
    assert (row["Title"], row["Licence"], row["Address"]) == ("A plan", "not stated", "https://example.org/a.pdf")
    give(app, b"[[document\n")
    assert "mine.toml" in app.error[0].value.replace("\\", "")
    assert not app.dataframe


def give(app: AppTest, content: bytes) -> None:
    app.file_uploader("fetch-file").set_value(("mine.toml", content, "application/toml")).run()
    assert not app.exception


def test_ticked_documents_are_fetched_by_the_page(tmp_path: Path) -> None:
    app = opened(fetching, tmp_path / "index")
    app.session_state["fetch"] = BackgroundJob[IngestedFile](
        lambda job: job.results.append(IngestedFile("A plan", "failed", ("It is gone.",)))
    )
    finished(app, "fetch")
    assert "✗ A plan: failed" in shown(app)
    assert "It is gone." in shown(app)


def test_a_document_of_the_library_is_marked() -> None:
    entry = SourceEntry({"title": "A", "url": "https://example.org/a"}, 1)
    assert row_of(entry, {"https://example.org/a"})["In the library"] == "yes"
    assert row_of(entry, {None})["In the library"] == ""


def test_list_without_documents_is_refused_by_its_name() -> None:
    with pytest.raises(BadInput, match=r"mine\.toml"):
        read_own("mine.toml", b"")


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    st.cache_resource.clear()
