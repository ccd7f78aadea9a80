"""`pincite fetch` against a real server on loopback that breaks off, lies, redirects and forgets."""

import hashlib
import json
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pincite.cli.main import app
from pincite.ingest.document import Metadata
from pincite.ingest.errors import BadInput
from pincite.ingest.fetch.download import DownloadSettings, NotFetched, check_address
from pincite.ingest.fetch.fetch import DEFAULT_LIST, Fetched, fetch, file_stems, select_entries, slug
from pincite.ingest.metadata.manifest import NAME, SourceEntry, read_list, write_list
from pincite.ingest.metadata.sidecar import final_metadata
from support.document_server import PDF, Server

SETTINGS = DownloadSettings(largest=1_000_000, timeout=5, attempts=3, pause=0.01, loopback=True)


@pytest.fixture
def server() -> Iterator[Server]:
    served = Server()
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield served
    served.shutdown()
    served.server_close()
    thread.join()


def entry(url: str, **others: Any) -> SourceEntry:
    return SourceEntry({"title": "A plan", "issuer": "A body", "url": url, "licence": "CC0"} | others, 1)


def run_fetch(folder: Path, *entries: SourceEntry, **changed: Any) -> list[Fetched]:
    return list(fetch(entries, folder, DownloadSettings(**{**as_dict(SETTINGS), **changed})))


def as_dict(settings: DownloadSettings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in settings.__dataclass_fields__}


def digest(data: bytes = PDF) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_document_is_downloaded_named_and_listed(server: Server, tmp_path: Path) -> None:
    stated = entry(server.url("plan.pdf"), symbol="AB/1", sha256=digest(), bytes=len(PDF))
    (one,) = run_fetch(tmp_path / "library", stated)
    path = tmp_path / "library" / "a-body-a-plan.pdf"
    assert (one.state, one.file, one.bytes, one.licence) == ("fetched", path.name, len(PDF), "CC0")
    assert path.read_bytes() == PDF
    listed = tomllib.loads((path.parent / NAME).read_text())["document"]
    assert listed == [dict(stated.table) | {"file": path.name, "sha256": digest(), "bytes": len(PDF)}]
    known, warnings = final_metadata(Metadata("A heading"), path, path.parent, digest())
    assert (known.title, known.issuer, known.symbol, warnings) == ("A plan", "A body", "AB/1", ())
    assert server.agents == {"pincite/0.1.0"}
    assert {file.name for file in path.parent.iterdir()} == {path.name, NAME, ".fetching.lock"}


def test_an_intact_file_is_not_downloaded_again(server: Server, tmp_path: Path) -> None:
    run_fetch(tmp_path, entry(server.url("plan.pdf")))
    assert run_fetch(tmp_path, entry(server.url("plan.pdf")))[0].state == "there"
    assert len(server.asked) == 1
    (tmp_path / "a-body-a-plan.pdf").write_bytes(b"%PDF- damaged")
    assert run_fetch(tmp_path, entry(server.url("plan.pdf")))[0].state == "fetched"
    assert (tmp_path / "a-body-a-plan.pdf").read_bytes() == PDF


def test_a_file_missing_from_the_list_is_recognised_by_its_checksum(server: Server, tmp_path: Path) -> None:
    (tmp_path / "a-body-a-plan.pdf").write_bytes(PDF)
    assert run_fetch(tmp_path, entry(server.url("plan.pdf"), sha256=digest()))[0].state == "there"
    assert server.asked == []


def test_a_broken_connection_is_resumed_where_it_broke_off(server: Server, tmp_path: Path) -> None:
    (one,) = run_fetch(tmp_path, entry(server.url("broken.pdf"), sha256=digest()))
    assert one.state == "fetched"
    first = len(PDF) // 3
    second = first + (len(PDF) - first) // 3
    assert [asked for _, asked in server.asked] == [None, f"bytes={first}-", f"bytes={second}-"]


def test_a_later_run_resumes_as_well(server: Server, tmp_path: Path) -> None:
    failed = run_fetch(tmp_path, entry(server.url("broken.pdf")), attempts=1)[0]
    assert failed.state == "failed"
    assert "broke off" in str(failed.reason)
    assert run_fetch(tmp_path, entry(server.url("broken.pdf"), sha256=digest()), attempts=2)[0].state == "fetched"
    assert server.asked[1][1] == f"bytes={len(PDF) // 3}-"


def test_a_document_that_has_changed_is_downloaded_from_the_start(server: Server, tmp_path: Path) -> None:
    assert run_fetch(tmp_path, entry(server.url("changing.pdf")))[0].state == "fetched"
    assert [asked for _, asked in server.asked] == [None, "bytes=5000-"]
    assert (tmp_path / "a-body-a-plan.pdf").read_bytes() == b"%PDF-2.0 a new text"


def test_a_file_with_a_wrong_checksum_or_size_is_kept_aside_and_reported(server: Server, tmp_path: Path) -> None:
    wrong = run_fetch(tmp_path, entry(server.url("plan.pdf"), sha256="0" * 64))[0]
    assert (wrong.state, wrong.file) == ("failed", None)
    assert "a-body-a-plan.pdf.unverified" in str(wrong.reason)
    assert "its sha256 is" in str(wrong.reason)
    assert (tmp_path / "a-body-a-plan.pdf.unverified").read_bytes() == PDF
    assert not (tmp_path / "a-body-a-plan.pdf").exists()
    assert not (tmp_path / NAME).exists()
    assert "not the 7 of its entry" in str(run_fetch(tmp_path, entry(server.url("plan.pdf"), bytes=7))[0].reason)


def test_a_valid_copy_replaces_an_unverified_one(server: Server, tmp_path: Path) -> None:
    run_fetch(tmp_path, entry(server.url("plan.pdf"), sha256="0" * 64))
    assert run_fetch(tmp_path, entry(server.url("plan.pdf"), sha256=digest()))[0].state == "fetched"
    assert {file.name for file in tmp_path.iterdir()} == {"a-body-a-plan.pdf", NAME, ".fetching.lock"}


def test_a_bad_download_leaves_the_good_file(server: Server, tmp_path: Path) -> None:
    run_fetch(tmp_path, entry(server.url("plan.pdf")))
    assert run_fetch(tmp_path, entry(server.url("plan.pdf"), sha256="0" * 64))[0].state == "failed"
    assert (tmp_path / "a-body-a-plan.pdf").read_bytes() == PDF


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone.pdf", "answers 404"),
        ("away.pdf", "not fetched over http, only over https"),
        ("round", "redirects more than"),
        ("page.pdf", "a web page in place of the PDF"),
        ("archive", "no document that Pincite reads (application/gzip)"),
    ],
)
def test_a_response_without_a_document_is_reported(server: Server, tmp_path: Path, path: str, reason: str) -> None:
    (one,) = run_fetch(tmp_path, entry(server.url(path)))
    assert one.state == "failed"
    assert reason in str(one.reason)
    assert not list(tmp_path.glob("a-body-a-plan.[!p]*"))


@pytest.mark.parametrize("path", ["plan.pdf", "endless"])
def test_a_download_that_is_too_large_is_stopped(server: Server, tmp_path: Path, path: str) -> None:
    (one,) = run_fetch(tmp_path, entry(server.url(path)), largest=len(PDF) - 1)
    assert "larger than" in str(one.reason)
    assert {file.name for file in tmp_path.iterdir()} == {".fetching.lock"}


def test_a_busy_server_is_asked_again_and_a_redirect_followed(server: Server, tmp_path: Path) -> None:
    assert run_fetch(tmp_path, entry(server.url("busy.pdf")))[0].state == "fetched"
    assert run_fetch(tmp_path, entry(server.url("moved.pdf"), title="Another"))[0].state == "fetched"
    assert server.times("/busy.pdf") == 3


def test_an_unreachable_server_is_reported(tmp_path: Path) -> None:
    (one,) = run_fetch(tmp_path, entry("http://127.0.0.1:9/plan.pdf"))
    assert "its server cannot be reached" in str(one.reason)


def test_the_suffix_comes_from_content_then_media_type_and_address(server: Server, tmp_path: Path) -> None:
    pages = [entry(server.url("page?x=1"), title="Page"), entry(server.url("notes.md"), title="Notes")]
    assert [one.file for one in run_fetch(tmp_path, *pages)] == ["a-body-page.html", "a-body-notes.md"]


def test_plain_http_is_refused_unless_a_test_allows_it(server: Server, tmp_path: Path) -> None:
    (one,) = run_fetch(tmp_path, entry(server.url("plan.pdf")), loopback=False)
    assert "only over https" in str(one.reason)
    assert server.asked == []
    for address in (
        "http://localhost/a",
        "ftp://127.0.0.1/a",
        "file:///etc/passwd",
        "https://",
        "//example.org",
        "http://[",
    ):
        with pytest.raises(NotFetched):
            check_address(address, loopback=True)


def test_one_failure_does_not_stop_the_others(server: Server, tmp_path: Path) -> None:
    entries = entry(server.url("gone.pdf"), title="Gone"), entry("", title="None"), entry(server.url("plan.pdf"))
    assert [one.state for one in run_fetch(tmp_path, *entries)] == ["failed", "failed", "fetched"]


def test_file_names_come_from_issuer_and_title() -> None:
    assert slug("../../etc/passwd") == "etc-passwd"
    assert len(slug("держава " * 100).encode()) <= 120
    same = file_stems([entry("https://a.org/1"), entry("https://a.org/2"), entry("https://a.org/3", title="Other")])
    assert len(set(same)) == 3
    assert same[2] == "a-body-other"


def test_the_list_of_the_folder_is_extended_and_its_head_kept(server: Server, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(
        '# mine\n\n[[document]]\ntitle = "Own"\nurl = "https://example.org/own"\ndate = 2024-01-02\n'
    )
    run_fetch(tmp_path, entry(server.url("plan.pdf")))
    text = (tmp_path / NAME).read_text()
    assert text.startswith("# mine\n")
    assert [found.text("title") for found in read_list(tmp_path / NAME).entries] == ["Own", "A plan"]
    (tmp_path / NAME).write_text("title = \n")
    with pytest.raises(BadInput, match="correct it"):
        run_fetch(tmp_path, entry(server.url("plan.pdf")))


def test_unusable_folders_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="is a file"):
        run_fetch(tmp_path / "file", entry("https://example.org/a"))
    with pytest.raises(BadInput, match="comes with Pincite"):
        run_fetch(DEFAULT_LIST.parent, entry("https://example.org/a"))


def test_patterns_select_entries(tmp_path: Path) -> None:
    assert len(select_entries()) >= 30
    assert {found.text("issuer") for found in select_entries(only=["nist"])} == {"NIST"}
    assert [found.text("symbol") for found in select_entries(only=["a/res/78/*"])] == ["A/RES/78/265", "A/RES/78/311"]
    with pytest.raises(BadInput, match="matches nothing-like-it"):
        select_entries(only=["nothing-like-it"])
    with pytest.raises(BadInput, match="There is no list"):
        select_entries(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("document = 3")
    with pytest.raises(BadInput, match="cannot be used"):
        select_entries(tmp_path / "bad.toml")


def test_the_command_reports_failures_and_exits_with_their_code(server: Server, tmp_path: Path) -> None:
    good = {"title": "Good", "url": "https://example.invalid/a.pdf", "sha256": digest(), "licence": "CC0"}
    bad = {"title": "Bad", "url": server.url("plan.pdf")}
    listed = tmp_path / "list.toml"
    write_list(listed, [good, bad], "# two")
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "good.pdf").write_bytes(PDF)
    command = ["fetch", "--sources", str(listed), "--into", str(folder)]
    told = CliRunner().invoke(app, command)
    assert told.exit_code == 3, told.output
    assert "Failed Bad: it is not fetched over http" in told.stderr
    assert "0 fetched, 1 there, 1 failed" in told.stdout
    assert "CC0" in told.stdout
    record = CliRunner().invoke(app, [*command, "--json", "--only", "good"])
    assert record.exit_code == 0
    assert json.loads(record.stdout)["documents"][0]["state"] == "there"
    assert CliRunner().invoke(app, [*command, "--only", "bad"]).exit_code == 1
