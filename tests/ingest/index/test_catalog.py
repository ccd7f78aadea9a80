import sqlite3
from pathlib import Path

import numpy as np
import pytest

from pincite.ingest.chunking.passages import Passage
from pincite.ingest.document import BlockKind, Document, Metadata
from pincite.ingest.errors import BrokenIndex, ForeignIndex, NoIndex
from pincite.ingest.index.catalog import FILE, Catalog, NewPassage, passage_id

VECTOR = np.array([0.6, 0.8], dtype=np.float32)


def document(path: str = "a.md", text: str = "Members shall report.") -> Document:
    return Document("ab" * 32, path, text, (0,), (), Metadata(title="Rules", date="2024-03-21"), ("odd",))


def put(catalog: Catalog, stored: Document, key: bytes = b"k") -> None:
    passage = Passage("id", stored.path, 0, 21, stored.text[0:21], 1, "para. 1", ("Duties",), "Rules", BlockKind.TABLE)
    with catalog.transaction():
        catalog.add_embeddings({key: VECTOR})
        catalog.add_document(stored, "/root", [NewPassage(passage, key)])


def test_a_document_comes_back_as_it_went_in(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, writable=True)
    put(catalog, document())
    assert catalog.document("a.md") == document()
    (stored,) = catalog.passages_of(catalog.entries()[0].number)
    assert (stored.passage.pinpoint, stored.passage.headings) == ("para. 1", ("Duties",))
    assert stored.passage.kind is BlockKind.TABLE
    assert stored.vector.tolist() == VECTOR.tolist()


def test_replacing_a_document_gives_its_passages_new_numbers(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, writable=True)
    put(catalog, document())
    before = set(catalog.passage_numbers().tolist())
    put(catalog, document(text="Members may report now."))
    assert len(catalog.entries()) == 1
    assert not before & set(catalog.passage_numbers().tolist())


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, writable=True)
    generation = catalog.generation
    twice = [NewPassage(Passage("id", "a.md", 0, 4, "text", None, None, (), ""), key) for key in (b"k", None)]
    with pytest.raises(sqlite3.IntegrityError), catalog.transaction():
        catalog.add_document(document(), "/root", twice)  # type: ignore[arg-type]
    assert catalog.entries() == []
    assert catalog.generation == generation


def test_embeddings_stay_while_a_passage_uses_them(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, writable=True)
    put(catalog, document("a.md"), b"one")
    put(catalog, document("b.md"), b"two")
    with catalog.transaction():
        catalog.remove_document("a.md")
        catalog.drop_unused_embeddings()
    assert catalog.missing_embeddings([b"one", b"two"]) == {b"one"}


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("CREATE TABLE songs (title)")
    other.close()
    with pytest.raises(ForeignIndex, match="not made by Pincite"):
        Catalog(tmp_path)


def test_a_file_that_is_no_database_is_broken(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(BrokenIndex, match="remove the folder"):
        Catalog(tmp_path)


def test_a_moved_document_keeps_numbers_and_gets_the_ids_of_its_new_place(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, writable=True)
    put(catalog, document())
    numbers = catalog.passage_numbers().tolist()
    with catalog.transaction():
        catalog.move_document("a.md", "b/c.md", "/other")
    (entry,) = catalog.entries()
    assert (entry.path, entry.root, catalog.passage_numbers().tolist()) == ("b/c.md", "/other", numbers)
    (stored,) = catalog.passages_of(entry.number)
    assert (stored.passage.document, stored.passage.id) == ("b/c.md", passage_id("b/c.md", "ab" * 32, 0, 21))


def test_a_catalog_without_tables_is_empty_and_can_be_written(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / FILE).execute("PRAGMA journal_mode = WAL").connection.close()
    with pytest.raises(NoIndex, match="run pincite ingest"):
        Catalog(tmp_path)
    assert Catalog(tmp_path, writable=True).entries() == []


def test_unused_embeddings_are_noticed(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, writable=True)
    put(catalog, document())
    assert not catalog.has_unused_embeddings()
    with catalog.transaction():
        catalog.remove_document("a.md")
    assert catalog.has_unused_embeddings()
