import unicodedata
from pathlib import Path

import pytest

from pincite.answer.query.filters import Filters, admitted_documents
from pincite.eval.bench.ingestion.crash_safety import differences
from pincite.ingest import pipeline
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.errors import BadInput, IndexProblem, UnknownDocument
from pincite.ingest.index.index import open_index
from pincite.ingest.isolation.file_reader import FileReader
from pincite.ingest.isolation.messages import ReadFile
from pincite.ingest.pipeline import ingest, remove
from pincite.ingest.progress import IngestState, Summary


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def counts(summary: Summary) -> tuple[int, int, int, int, int]:
    return summary.added, summary.updated, summary.unchanged, summary.removed, len(summary.rejected)


def paths(folder: Path) -> list[str]:
    with open_index(folder) as index:
        assert index.inconsistencies() == []
        return [entry.path for entry in index.entries]


def numbers_of(folder: Path) -> set[int]:
    with open_index(folder) as index:
        return set(index.catalog.passage_numbers().tolist())


def test_new_changed_unchanged_and_gone_files(tmp_path: Path) -> None:
    folder, index = write(tmp_path / "in", a="# A\n\nOne rule.", b="# B\n\nTwo rules."), tmp_path / "index"
    assert counts(ingest([folder], index)) == (2, 0, 0, 0, 0)
    assert counts(ingest([folder], index)) == (0, 0, 2, 0, 0)
    write(folder, a="# A\n\nAnother rule.")
    assert counts(ingest([folder], index)) == (0, 1, 1, 0, 0)
    (folder / "b.md").unlink()
    assert counts(ingest([folder], index)) == (0, 0, 1, 0, 0)
    assert counts(ingest([folder], index, prune=True)) == (0, 0, 1, 1, 0)
    assert paths(index) == ["a.md"]


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="# A\n\nOne rule.", empty="")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing of use")
    summary = ingest([folder], tmp_path / "index")
    assert counts(summary) == (1, 0, 0, 0, 2)
    assert dict(summary.rejected)["empty.md"] == "the file is empty"
    assert "damaged" in dict(summary.rejected)["broken.pdf"]


def test_nothing_is_embedded_twice(tmp_path: Path) -> None:
    folder, index = write(tmp_path / "in", a="# A\n\nOne rule."), tmp_path / "index"
    assert ingest([folder], index).embedded == 1
    (folder / "b.md").write_bytes((folder / "a.md").read_bytes())
    summary = ingest([folder], index)
    assert (counts(summary), summary.embedded) == ((1, 0, 1, 0, 0), 0)


def test_batches_in_flight_embed_nothing_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "BATCH_PASSAGES", 1)
    folder = write(
        tmp_path / "in", a="# A\n\nOne rule.", b="# A\n\nOne rule.", c="# C\n\nAnother.", d="# C\n\nAnother."
    )
    summary = ingest([folder], tmp_path / "index")
    assert (counts(summary), summary.embedded) == ((4, 0, 0, 0, 0), 2)
    assert paths(tmp_path / "index") == ["a.md", "b.md", "c.md", "d.md"]


def test_a_moved_file_keeps_its_passages_and_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, index = write(tmp_path / "in", a="# A\n\nOne rule.", b="# B\n\nTwo rules."), tmp_path / "index"
    ingest([folder], index)
    numbers = numbers_of(index)
    (folder / "new").mkdir()
    (folder / "a.md").rename(folder / "new" / "c.md")
    monkeypatch.setattr(FileReader, "read", None)  # reading would fail
    summary = ingest([folder], index)
    assert (counts(summary), summary.moved, summary.embedded) == ((0, 0, 1, 0, 0), 1, 0)
    assert paths(index) == ["b.md", "new/c.md"]
    assert numbers_of(index) == numbers


def test_a_moved_document_is_as_if_it_had_always_stood_there(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="# A\n\nOne rule.\n\n## Scope\n\nAll members.")
    ingest([folder], tmp_path / "index")
    (folder / "a.md").rename(folder / "c.md")
    ingest([folder], tmp_path / "index")
    ingest([folder], tmp_path / "fresh")
    assert differences(tmp_path / "index", tmp_path / "fresh") == []


def test_a_copy_is_no_move(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="# A\n\nOne rule.")
    ingest([folder], tmp_path / "index")
    (folder / "b.md").write_bytes((folder / "a.md").read_bytes())
    summary = ingest([folder], tmp_path / "index")
    assert (summary.added, summary.moved, summary.unchanged) == (1, 0, 1)


def test_what_is_stated_beside_a_file_counts_as_a_change(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="# A\n\nOne rule.")
    ingest([folder], tmp_path / "index")
    (folder / "a.md.meta.toml").write_text('title = "Another title"\n', encoding="utf-8")
    assert counts(ingest([folder], tmp_path / "index")) == (0, 1, 0, 0, 0)
    assert counts(ingest([folder], tmp_path / "index")) == (0, 0, 1, 0, 0)
    with open_index(tmp_path / "index") as index:
        assert index.entries[0].metadata.title == "Another title"


def test_progress_comes_to_its_end(tmp_path: Path) -> None:
    folder, states = write(tmp_path / "in", a="# A\n\nOne rule.", b="# B\n\nTwo rules.", empty=""), list[IngestState]()
    ingest([folder], tmp_path / "index", progress=states.append)
    assert states[-1] == IngestState(3, 3, 2, 1.0, syncing=True)
    assert [state.files for state in states] == sorted(state.files for state in states)


@pytest.mark.parametrize("limit", [20_000, 100_000, 200_000])
def test_a_full_disk_is_told_in_one_sentence_and_loses_nothing(tmp_path: Path, embedder: Embedder, limit: int) -> None:
    resource = pytest.importorskip("resource", reason="only Unix limits the size of files")
    rules = "\n\n".join(f"Rule {number}: members shall report to the assembly." for number in range(300))
    folder = write(tmp_path / "in", a="# A\n\nOne rule.", b="# B\n\nTwo rules.", large=f"# C\n\n{rules}")
    ingest([write(tmp_path / "other", a="# A\n\nA rule.")], tmp_path / "warm", embedder=embedder)  # libraries unpack
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(IndexProblem, match="free space"):
            ingest([folder], tmp_path / "index", embedder=embedder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    summary = ingest([folder], tmp_path / "index", embedder=embedder)
    assert summary.added + summary.unchanged == 3
    assert paths(tmp_path / "index") == ["a.md", "b.md", "large.md"]


def test_documents_of_the_same_name_in_two_folders_both_stay(tmp_path: Path) -> None:
    first, second = write(tmp_path / "un", a="# A\n\nOne rule."), write(tmp_path / "eu", a="# A\n\nOther rule.")
    assert counts(ingest([first], tmp_path / "index")) == (1, 0, 0, 0, 0)
    assert counts(ingest([second], tmp_path / "index")) == (1, 0, 0, 0, 0)
    assert paths(tmp_path / "index") == ["a.md", "eu/a.md"]
    again = ingest([first, second], tmp_path / "index", prune=True)
    assert (again.unchanged, again.added, again.removed) == (2, 0, 0)


def test_a_folder_inside_one_that_was_ingested_adds_nothing(tmp_path: Path) -> None:
    outer = write(tmp_path / "in", a="# A\n\nOne rule.")
    inner = write(outer / "sub", b="# B\n\nTwo rules.")
    ingest([outer], tmp_path / "index")
    summary = ingest([inner], tmp_path / "index")
    assert (summary.added, summary.unchanged) == (0, 1)
    assert paths(tmp_path / "index") == ["a.md", "sub/b.md"]


def test_prune_keeps_what_lies_outside_the_folders_given(tmp_path: Path) -> None:
    outer = write(tmp_path / "in", a="# A\n\nOne rule.")
    inner = write(outer / "sub", b="# B\n\nTwo rules.", c="# C\n\nThree rules.")
    ingest([outer], tmp_path / "index")
    (outer / "a.md").unlink()
    (inner / "b.md").unlink()
    assert ingest([inner], tmp_path / "index", prune=True).removed == 1
    assert paths(tmp_path / "index") == ["a.md", "sub/c.md"]


def test_a_name_in_either_unicode_form_is_one_name(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", **{unicodedata.normalize("NFD", "règlement"): "# A\n\nOne rule."})
    ingest([folder], tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        for form in ("NFC", "NFD"):
            name = unicodedata.normalize(form, "règlement.md")
            assert index.document(name).text.startswith("A")
            assert admitted_documents(index, Filters(documents=(name,))) == [index.entries[0].number]
    assert ingest([folder], tmp_path / "index", prune=True).unchanged == 1


def test_a_name_with_brackets_is_tried_before_it_is_a_glob(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", **{"plan [final]": "# A\n\nOne rule.", "plan f": "# B\n\nTwo rules."})
    ingest([folder], tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        admitted = admitted_documents(index, Filters(documents=("plan [final].md",))) or []
        assert [entry.path for entry in index.entries if entry.number in admitted] == ["plan [final].md"]


def test_a_name_as_long_as_the_file_system_allows_is_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", **{"n" * 252: "# A\n\nOne rule.", "b": "# B\n\nTwo rules."})
    assert counts(ingest([folder], tmp_path / "index")) == (2, 0, 0, 0, 0)


def test_whatever_fails_at_one_file_rejects_that_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = FileReader.read

    def fail(reader: FileReader, path: Path, root: Path | None, name: str) -> ReadFile:
        if name == "bad.md":
            raise MemoryError
        return read(reader, path, root, name)

    monkeypatch.setattr(FileReader, "read", fail)
    folder = write(tmp_path / "in", bad="# A\n\nOne rule.", good="# B\n\nTwo rules.")
    summary = ingest([folder], tmp_path / "index")
    assert counts(summary) == (1, 0, 0, 0, 1)
    assert summary.rejected[0][0] == "bad.md"
    assert "MemoryError" in summary.rejected[0][1]


def test_documents_are_read_anew_by_other_code_and_nothing_is_embedded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "in", a="# A\n\nOne rule.")
    ingest([folder], tmp_path / "index")
    monkeypatch.setattr(pipeline, "code_digest", lambda: "another")
    summary = ingest([folder], tmp_path / "index")
    assert (summary.updated, summary.unchanged, summary.embedded) == (1, 0, 0)


def test_a_folder_that_moved_is_recognised(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="# A\n\nOne rule.")
    ingest([folder], tmp_path / "index")
    assert counts(ingest([folder.rename(tmp_path / "elsewhere")], tmp_path / "index", prune=True)) == (0, 0, 1, 0, 0)


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no file or folder"):
        ingest([tmp_path / "missing"], tmp_path / "index")
    with pytest.raises(BadInput, match="contains no documents"):
        ingest([write(tmp_path / "empty")], tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_remove_takes_one_document_out(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="# A\n\nOne rule.", b="# B\n\nTwo rules.")
    ingest([folder], tmp_path / "index")
    remove("a.md", tmp_path / "index")
    assert paths(tmp_path / "index") == ["b.md"]
    with pytest.raises(UnknownDocument):
        remove("a.md", tmp_path / "index")
