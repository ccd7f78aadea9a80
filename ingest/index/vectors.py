"""Vector search: exact where the vectors fit on this disk, else by Chroma, in a folder or on a server."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from sqlite3 import Connection
from typing import Any
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError

from pincite.ingest.embedding.embedder import Vectors
from pincite.ingest.errors import BadInput, BrokenIndex, ModelUnavailable
from pincite.ingest.index.exact_search import ALL_ROWS, Numbers, nearest, read_matrix, rows_of, write_matrix
from pincite.ingest.index.pca_prefilter import candidate_rows, read_reduced, write_reduced

FOLDER = "vectors"
COLLECTION = "passages"
# LOG.md reports the recall of the ten nearest with these and other values.
HNSW: CreateHNSWConfiguration = {"space": "cosine", "ef_construction": 200, "ef_search": 800, "max_neighbors": 32}
PREFILTER_FROM = 10_000  # passages; fewer are compared one by one in no time
LISTED = 20_000  # passages whose numbers Chroma lists at a time


class VectorStore:
    """The open vector index. `server` is the `http://host:port` of Chroma, None for a folder."""

    def __init__(self, folder: Path, server: str | None = None) -> None:
        self.folder = folder
        self.client = connect(folder / FOLDER, server)
        self.collection: Any = self.open_collection()
        self.map_exact_search()

    def map_exact_search(self) -> None:
        """Map the files of the exact search, if they are of the same generation."""
        self.matrix = read_matrix(self.folder, self.generation)
        self.reduced = read_reduced(self.folder, self.generation)

    @property
    def has_exact_search(self) -> bool:
        """Whether the files of the exact search are complete."""
        return self.matrix is not None and (self.reduced is not None or len(self.matrix) <= PREFILTER_FROM)

    def open_collection(self) -> Any:
        """The collection, created if missing. Without embedding function, since the vectors are ours."""
        try:
            return self.client.get_or_create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": HNSW}, metadata={"generation": -1}
            )
        except (ChromaError, ValueError) as error:
            self.close()
            raise BrokenIndex(f"The vectors cannot be opened ({error}).") from error

    def close(self) -> None:
        """Close the folder or the connection."""
        client: Any = self.client
        client.close()

    @property
    def generation(self) -> int:
        """Generation of the catalog when the vectors were written, -1 if there are none."""
        return int((self.collection.metadata or {}).get("generation", -1))

    def set_generation(self, generation: int) -> None:
        """Record the generation of the catalog."""
        self.collection.modify(metadata={"generation": generation})

    def numbers(self) -> Numbers:
        """The numbers of all passages, int64 (n,), ascending."""
        starts = range(0, self.count(), LISTED)
        pages = (self.collection.get(include=[], limit=LISTED, offset=start)["ids"] for start in starts)
        return np.sort(np.fromiter((int(identity) for page in pages for identity in page), dtype=np.int64))

    def write_exact_search(self, catalog: Connection) -> None:
        """Write the files of the exact search; if the disk is full, Chroma searches."""
        with suppress(OSError):
            write_matrix(self.folder, self.generation, catalog)
            self.map_exact_search()
            if self.matrix is not None and len(self.matrix) > PREFILTER_FROM:
                write_reduced(self.folder, self.generation, len(self.matrix))
                self.map_exact_search()

    def count(self) -> int:
        """The number of passages."""
        return int(self.collection.count())

    def add(self, numbers: Sequence[int], documents: Sequence[int], vectors: Vectors) -> None:
        """Add n passages: their numbers, those of their documents, and their vectors, float32 (n, d)."""
        self.matrix, step = None, self.client.get_max_batch_size()
        for start in range(0, len(numbers), step):
            batch = slice(start, start + step)
            self.collection.upsert(
                ids=[str(number) for number in numbers[batch]],
                embeddings=vectors[batch],
                metadatas=[{"document": document} for document in documents[batch]],
            )

    def remove(self, numbers: Sequence[int]) -> None:
        """Remove passages."""
        self.matrix, step = None, self.client.get_max_batch_size()
        for start in range(0, len(numbers), step):
            self.collection.delete(ids=[str(number) for number in numbers[start : start + step]])

    def clear(self) -> None:
        """Remove all passages, so that vectors of another length can be added."""
        self.matrix = None
        self.client.delete_collection(COLLECTION)
        self.collection = self.open_collection()

    def search(self, vector: Vectors, top: int, documents: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `top` passages nearest to a vector, float32 (d,), with their cosines; `documents` restricts the search.

        Passages are compared one by one, in large libraries after a prefilter. Without the files of the exact search,
        Chroma searches.
        """
        matrix = self.matrix
        if matrix is None:
            return self.ask_chroma(vector, top, documents)
        rows = ALL_ROWS if documents is None else rows_of(matrix, documents)
        if self.reduced and len(matrix.numbers[rows]) > PREFILTER_FROM:
            rows = candidate_rows(self.reduced, vector, rows)
        return nearest(matrix, vector, top, rows)

    def ask_chroma(self, vector: Vectors, top: int, documents: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """Search by Chroma, whose own filter takes ten times as long as a search without."""
        if documents is not None and not len(documents):
            return []
        where = {"document": {"$in": list(documents)}} if documents is not None else None
        found = self.collection.query(query_embeddings=[vector], n_results=top, where=where, include=["distances"])
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(int(identity), 1 - float(distance)) for identity, distance in pairs]


def open_folder(folder: Path, settings: Settings) -> ClientAPI:
    """A client over a folder. Raises BrokenIndex if the folder is damaged or not Chroma's."""
    try:
        return chromadb.PersistentClient(str(folder), settings=settings)
    except (ChromaError, ValueError) as error:
        # Chroma caches the failed client and would return it again.
        SharedSystemClient._identifier_to_system.pop(str(folder), None)
        raise BrokenIndex(f"The vectors in {folder} cannot be opened ({error}).") from error


def connect(folder: Path, server: str | None) -> ClientAPI:
    """A Chroma client without usage statistics. Raises ModelUnavailable if the server does not answer."""
    settings = Settings(anonymized_telemetry=False)
    if server is None:
        return open_folder(folder, settings)
    address = urlsplit(server)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise BadInput(f"--chroma {server} is not an address: write http://HOST:PORT.")
    port = address.port or (443 if address.scheme == "https" else 8000)
    try:
        return chromadb.HttpClient(address.hostname, port, ssl=address.scheme == "https", settings=settings)
    except (ChromaError, ValueError, httpx.HTTPError) as error:
        raise ModelUnavailable(
            f"No Chroma server answers at {server}: start it (chroma run) or leave --chroma out."
        ) from error
