"""Vector search by Chroma, in a folder or on a server. Derived from the catalog; knows passages by number only."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from sqlite3 import Connection
from typing import Any
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError

from pincite.ingest.embedding.embedder import Vectors
from pincite.ingest.errors import BadInput, BrokenIndex, ModelUnavailable
from pincite.ingest.index.exact_search import EVERY, nearest, read_matrix, rows_of, write_matrix
from pincite.ingest.index.pca_prefilter import read_coarse, worth_comparing, write_coarse

FOLDER = "vectors"
COLLECTION = "passages"
# Search breadth: LOG.md has what share of the ten nearest is found with these, and with others.
HNSW: CreateHNSWConfiguration = {"space": "cosine", "ef_construction": 200, "ef_search": 800, "max_neighbors": 32}
FEW = 10_000  # passages that are compared one by one in no time


class VectorStore:
    """An open Chroma collection. `server` is `http://host:port`, None for a folder."""

    def __init__(self, folder: Path, server: str | None = None) -> None:
        self.folder = folder
        self.client = connect(folder / FOLDER, server)
        self.collection: Any = self.open_collection()
        self.read()

    def read(self) -> None:
        """Map what is compared one by one, where it follows the same generation."""
        self.matrix = read_matrix(self.folder, self.generation)
        self.coarse = read_coarse(self.folder, self.generation)

    @property
    def complete(self) -> bool:
        """Whether all that is compared one by one is there."""
        return self.matrix is not None and (self.coarse is not None or len(self.matrix) <= FEW)

    def open_collection(self) -> Any:
        """The collection, made when it is not there. No embedding function: vectors come from us."""
        try:
            return self.client.get_or_create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": HNSW}, metadata={"generation": -1}
            )
        except (ChromaError, ValueError) as error:
            self.close()
            raise BrokenIndex(f"The vectors cannot be opened ({error}).") from error

    def close(self) -> None:
        """Let go of the folder."""
        client: Any = self.client
        client.close()

    @property
    def generation(self) -> int:
        """Generation of the catalog that the vectors follow, -1 when none."""
        return int((self.collection.metadata or {}).get("generation", -1))

    def set_generation(self, generation: int) -> None:
        """Note the generation of the catalog that the vectors follow."""
        self.collection.modify(metadata={"generation": generation})

    def numbers(self) -> set[int]:
        """Numbers of all passages held."""
        return {int(identity) for identity in self.collection.get(include=[])["ids"]}

    def compare_with(self, catalog: Connection) -> None:
        """Keep the catalog's vectors for exact search, too; where the disk takes no more, Chroma alone searches."""
        with suppress(OSError):
            write_matrix(self.folder, self.generation, catalog)
            self.read()
            if self.matrix is not None and len(self.matrix) > FEW:
                write_coarse(self.folder, self.generation, self.matrix)
                self.read()

    def count(self) -> int:
        """How many passages are held."""
        return int(self.collection.count())

    def add(self, numbers: Sequence[int], documents: Sequence[int], vectors: Vectors) -> None:
        """Add n passages: their numbers, their documents' numbers, and their vectors, float32 (n, d)."""
        self.matrix, step = None, self.client.get_max_batch_size()
        for start in range(0, len(numbers), step):
            batch = slice(start, start + step)
            self.collection.upsert(
                ids=[str(number) for number in numbers[batch]],
                embeddings=vectors[batch],
                metadatas=[{"document": document} for document in documents[batch]],
            )

    def remove(self, numbers: Sequence[int]) -> None:
        """Take passages out."""
        self.matrix, step = None, self.client.get_max_batch_size()
        for start in range(0, len(numbers), step):
            self.collection.delete(ids=[str(number) for number in numbers[start : start + step]])

    def search(self, vector: Vectors, top: int, documents: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `top` passages nearest to a vector, float32 (d,), with their cosine; `documents` limits the search.

        All passages within the limit are compared one by one; of more than a few only those that come near in few
        dimensions. Chroma searches where that cannot be kept on this disk.
        """
        matrix = self.matrix
        if matrix is None:
            return self.query(vector, top, documents)
        rows = EVERY if documents is None else rows_of(matrix, documents)
        if self.coarse and len(matrix.numbers[rows]) > FEW:
            rows = worth_comparing(self.coarse, vector, rows)
        return nearest(matrix, vector, top, rows)

    def query(self, vector: Vectors, top: int, documents: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """What Chroma finds. Its own limit takes ten times as long as a search without."""
        if documents is not None and not len(documents):
            return []
        where = {"document": {"$in": list(documents)}} if documents is not None else None
        found = self.collection.query(query_embeddings=[vector], n_results=top, where=where, include=["distances"])
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(int(identity), 1 - float(distance)) for identity, distance in pairs]


def open_folder(folder: Path, settings: Settings) -> ClientAPI:
    """A client over a folder. Raises BrokenIndex when what lies there is not Chroma's or is damaged."""
    try:
        return chromadb.PersistentClient(str(folder), settings=settings)
    except (ChromaError, ValueError) as error:
        # Chroma remembers the failed client and would hand it out again; this forgets it and no other folder's.
        SharedSystemClient._identifier_to_system.pop(str(folder), None)
        raise BrokenIndex(f"The vectors in {folder} cannot be opened ({error}).") from error


def connect(folder: Path, server: str | None) -> ClientAPI:
    """A Chroma client; it sends no usage statistics. Raises ModelUnavailable when the server does not answer."""
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
