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
from pincite.ingest.fetch.fetch import DEFAULT_LIST, Fetched, fetch, slug, stems_of, wanted
from pincite.ingest.metadata.manifest import NAME, Entry, read_list, write_list
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


def entry(url: str, **others: Any) -> Entry:
    return Entry({"title": "A plan", "issuer": "A body", "url": url, "licence": "CC0"} | others, 1)


def bring(folder: Path, *entries: Entry, **changed: Any) -> list[Fetched]:
    return list(fetch(entries, folder, DownloadSettings(**{**as_dict(SETTINGS), **changed})))


def as_dict(settings: DownloadSettings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in settings.__dataclass_fields__}


def digest(data: bytes = PDF) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_document_is_brought_named_and_listed(server: Server, tmp_path: Path) -> None:
    stated = entry(server.url("plan.pdf"), symbol="AB/1", sha256=digest(), bytes=len(PDF))
    (one,) = bring(tmp_path / "library", stated)
    path = tmp_path / "library" / "a-body-a-plan.pdf"
    assert (one.state, one.file, one.bytes, one.licence) == ("fetched", path.name, len(PDF), "CC0")
    assert path.read_bytes() == PDF
    listed = tomllib.loads((path.parent / NAME).read_text())["document"]
    assert listed == [dict(stated.table) | {"file": path.name, "sha256": digest(), "bytes": len(PDF)}]
    known, warnings = final_metadata(Metadata("A heading"), path, path.parent, digest())
    assert (known.title, known.issuer, known.symbol, warnings) == ("A plan", "A body", "AB/1", ())
    assert server.agents == {"pincite/0.1.0"}
    assert {file.name for file in path.parent.iterdir()} == {path.name, NAME, ".fetching.lock"}


def test_what_is_there_and_sound_is_not_brought_again(server: Server, tmp_path: Path) -> None:
    bring(tmp_path, entry(server.url("plan.pdf")))
    assert bring(tmp_path, entry(server.url("plan.pdf")))[0].state == "there"
    assert len(server.asked) == 1
    (tmp_path / "a-body-a-plan.pdf").write_bytes(b"%PDF- damaged")
    assert bring(tmp_path, entry(server.url("plan.pdf")))[0].state == "fetched"
    assert (tmp_path / "a-body-a-plan.pdf").read_bytes() == PDF


def test_a_file_whose_list_is_lost_is_known_by_its_checksum(server: Server, tmp_path: Path) -> None:
    (tmp_path / "a-body-a-plan.pdf").write_bytes(PDF)
    assert bring(tmp_path, entry(server.url("plan.pdf"), sha256=digest()))[0].state == "there"
    assert server.asked == []


def test_a_broken_connection_is_resumed_where_it_broke(server: Server, tmp_path: Path) -> None:
    (one,) = bring(tmp_path, entry(server.url("broken.pdf"), sha256=digest()))
    assert one.state == "fetched"
    first = len(PDF) // 3
    second = first + (len(PDF) - first) // 3
    assert [asked for _, asked in server.asked] == [None, f"bytes={first}-", f"bytes={second}-"]


def test_a_later_run_resumes_too(server: Server, tmp_path: Path) -> None:
    failed = bring(tmp_path, entry(server.url("broken.pdf")), attempts=1)[0]
    assert failed.state == "failed"
    assert "broke off" in str(failed.reason)
    assert bring(tmp_path, entry(server.url("broken.pdf"), sha256=digest()), attempts=2)[0].state == "fetched"
    assert server.asked[1][1] == f"bytes={len(PDF) // 3}-"


def test_a_document_that_changed_meanwhile_is_begun_anew(server: Server, tmp_path: Path) -> None:
    assert bring(tmp_path, entry(server.url("changing.pdf")))[0].state == "fetched"
    assert [asked for _, asked in server.asked] == [None, "bytes=5000-"]
    assert (tmp_path / "a-body-a-plan.pdf").read_bytes() == b"%PDF-2.0 a new text"


def test_a_wrong_checksum_or_size_is_set_aside_and_told(server: Server, tmp_path: Path) -> None:
    wrong = bring(tmp_path, entry(server.url("plan.pdf"), sha256="0" * 64))[0]
    assert (wrong.state, wrong.file) == ("failed", None)
    assert "a-body-a-plan.pdf.unverified" in str(wrong.reason)
    assert "its sha256 is" in str(wrong.reason)
    assert (tmp_path / "a-body-a-plan.pdf.unverified").read_bytes() == PDF
    assert not (tmp_path / "a-body-a-plan.pdf").exists()
    assert not (tmp_path / NAME).exists()
    assert "not the 7 that are stated" in str(bring(tmp_path, entry(server.url("plan.pdf"), bytes=7))[0].reason)


def test_a_sound_copy_takes_the_place_of_what_was_set_aside(server: Server, tmp_path: Path) -> None:
    bring(tmp_path, entry(server.url("plan.pdf"), sha256="0" * 64))
    assert bring(tmp_path, entry(server.url("plan.pdf"), sha256=digest()))[0].state == "fetched"
    assert {file.name for file in tmp_path.iterdir()} == {"a-body-a-plan.pdf", NAME, ".fetching.lock"}


def test_a_good_file_outlives_a_bad_one(server: Server, tmp_path: Path) -> None:
    bring(tmp_path, entry(server.url("plan.pdf")))
    assert bring(tmp_path, entry(server.url("plan.pdf"), sha256="0" * 64))[0].state == "failed"
    assert (tmp_path / "a-body-a-plan.pdf").read_bytes() == PDF


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone.pdf", "answers 404"),
        ("away.pdf", "not fetched over http, only over https"),
        ("round", "redirects more than"),
        ("page.pdf", "a web page in place of the PDF"),
        ("archive", "no document that is read here (application/gzip)"),
    ],
)
def test_what_is_no_document_is_told(server: Server, tmp_path: Path, path: str, reason: str) -> None:
    (one,) = bring(tmp_path, entry(server.url(path)))
    assert one.state == "failed"
    assert reason in str(one.reason)
    assert not list(tmp_path.glob("a-body-a-plan.[!p]*"))


@pytest.mark.parametrize("path", ["plan.pdf", "endless"])
def test_too_large_is_stopped(server: Server, tmp_path: Path, path: str) -> None:
    (one,) = bring(tmp_path, entry(server.url(path)), largest=len(PDF) - 1)
    assert "larger than" in str(one.reason)
    assert {file.name for file in tmp_path.iterdir()} == {".fetching.lock"}


def test_a_busy_server_is_asked_again_and_a_redirection_followed(server: Server, tmp_path: Path) -> None:
    assert bring(tmp_path, entry(server.url("busy.pdf")))[0].state == "fetched"
    assert bring(tmp_path, entry(server.url("moved.pdf"), title="Another"))[0].state == "fetched"
    assert server.times("/busy.pdf") == 3


def test_nobody_there(tmp_path: Path) -> None:
    (one,) = bring(tmp_path, entry("http://127.0.0.1:9/plan.pdf"))
    assert "its server cannot be reached" in str(one.reason)


def test_suffix_by_content_then_by_type_and_address(server: Server, tmp_path: Path) -> None:
    pages = [entry(server.url("page?x=1"), title="Page"), entry(server.url("notes.md"), title="Notes")]
    assert [one.file for one in bring(tmp_path, *pages)] == ["a-body-page.html", "a-body-notes.md"]


def test_plain_http_is_refused_unless_a_test_allows_it(server: Server, tmp_path: Path) -> None:
    (one,) = bring(tmp_path, entry(server.url("plan.pdf")), loopback=False)
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
    assert [one.state for one in bring(tmp_path, *entries)] == ["failed", "failed", "fetched"]


def test_names_come_from_issuer_and_title_alone() -> None:
    assert slug("../../etc/passwd") == "etc-passwd"
    assert len(slug("держава " * 100).encode()) <= 120
    same = stems_of([entry("https://a.org/1"), entry("https://a.org/2"), entry("https://a.org/3", title="Other")])
    assert len(set(same)) == 3
    assert same[2] == "a-body-other"


def test_the_folders_own_list_is_added_to_and_its_head_kept(server: Server, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(
        '# mine\n\n[[document]]\ntitle = "Own"\nurl = "https://example.org/own"\ndate = 2024-01-02\n'
    )
    bring(tmp_path, entry(server.url("plan.pdf")))
    text = (tmp_path / NAME).read_text()
    assert text.startswith("# mine\n")
    assert [found.text("title") for found in read_list(tmp_path / NAME).entries] == ["Own", "A plan"]
    (tmp_path / NAME).write_text("title = \n")
    with pytest.raises(BadInput, match="mend it"):
        bring(tmp_path, entry(server.url("plan.pdf")))


def test_folders_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="is a file"):
        bring(tmp_path / "file", entry("https://example.org/a"))
    with pytest.raises(BadInput, match="comes with Pincite"):
        bring(DEFAULT_LIST.parent, entry("https://example.org/a"))


def test_which_documents_are_wanted(tmp_path: Path) -> None:
    assert len(wanted()) >= 30
    assert {found.text("issuer") for found in wanted(only=["nist"])} == {"NIST"}
    assert [found.text("symbol") for found in wanted(only=["a/res/78/*"])] == ["A/RES/78/265", "A/RES/78/311"]
    with pytest.raises(BadInput, match="fits nothing-like-it"):
        wanted(only=["nothing-like-it"])
    with pytest.raises(BadInput, match="There is no list"):
        wanted(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("document = 3")
    with pytest.raises(BadInput, match="cannot be used"):
        wanted(tmp_path / "bad.toml")


def test_the_command_tells_failures_and_ends_with_their_code(server: Server, tmp_path: Path) -> None:
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
