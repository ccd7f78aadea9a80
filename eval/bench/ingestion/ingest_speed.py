"""Compares the speed of ingestion with LlamaIndex's quickstart and with the machine's limit: `make bench-ingest`.

Both read the same plain text files, embed with the same weights and write their own index, in turns and with warm
models. The machine's limit is measured in the same run: matrix products of the model's shapes.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from pincite.eval.bench.measuring import seconds_of
from pincite.eval.bench.paths import CORPUS
from pincite.ingest.discovery import find_files
from pincite.ingest.embedding.embedder import MAX_TOKENS, Embedder
from pincite.ingest.embedding.weights import find_weights
from pincite.ingest.errors import PinciteError
from pincite.ingest.index.index import open_index
from pincite.ingest.model_change import embedded_text
from pincite.ingest.pipeline import ingest
from pincite.ingest.reading import read_document

MAX_LENGTH = 60_000  # characters taken from one document, so that none dominates the measure
WARM_UP = ["The committee shall report to the assembly once a year. " * 20] * 40
ROWS = 2048  # tokens in a matrix product


@dataclass(frozen=True, slots=True)
class SpeedRound:
    """Seconds of one ingestion by each; `embedding` is the time of the model within Pincite's."""

    pincite: float
    embedding: float
    llama_index: float
    gflops: float  # of matrix products alone, measured between the two


@dataclass(frozen=True, slots=True)
class ModelShape:
    """Sizes of the embedding model (a BERT)."""

    hidden: int
    inner: int
    layers: int

    def flops(self, tokens: int) -> int:
        """Operations for a sequence of this many tokens: projections, feed-forward layers, and attention."""
        per_token = 8 * self.hidden**2 + 4 * self.hidden * self.inner + 4 * tokens * self.hidden
        return self.layers * per_token * tokens


def shape_of(folder: Path) -> ModelShape:
    """The sizes in a model's configuration."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return ModelShape(config["hidden_size"], config["intermediate_size"], config["num_hidden_layers"])


def matrix_gflops(shape: ModelShape, precision: str) -> float:
    """Billions of operations per second in the matrix products of one layer alone."""
    import torch  # noqa: PLC0415  seconds to load

    kind = torch.bfloat16 if precision == "bf16" else torch.float32
    sizes = [*[(shape.hidden, shape.hidden)] * 4, (shape.hidden, shape.inner), (shape.inner, shape.hidden)]
    pairs = [(torch.rand(ROWS, size[0], dtype=kind), torch.rand(*size, dtype=kind)) for size in sizes]
    times = [seconds_of(lambda: [torch.mm(left, right) for left, right in pairs]) for _ in range(20)]
    return sum(2 * ROWS * wide * high for wide, high in sizes) / min(times) / 1e9


def write_texts(source: Path, folder: Path, size: int) -> int:
    """Write documents as plain text of `size` bytes in total, repeating distinct copies; returns the size written."""
    texts = [read_document(file.path, file.name).text[:MAX_LENGTH] for file in find_files([source]).files]
    folder.mkdir()
    written, number = 0, 0
    while written < size:
        copy, place = divmod(number, len(texts))
        text = made_distinct(texts[place], copy).encode()[: size - written].decode(errors="ignore")
        (folder / f"{number:04d}.txt").write_text(text, encoding="utf-8")
        written, number = written + max(len(text.encode()), 1), number + 1
    return written


def made_distinct(text: str, copy: int) -> str:
    """A copy with its own word in every line, so that none of its passages has been embedded before.

    >>> made_distinct("one\\ntwo", 0), made_distinct("one\\ntwo", 3)
    ('one\\ntwo', 'c3 one\\nc3 two')
    """
    return "\n".join(f"c{copy} {line}" if line.strip() else line for line in text.split("\n")) if copy else text


def llama_index_quickstart() -> Callable[[Path, Path], None]:
    """LlamaIndex's quickstart with a warm model: folder of texts -> index in a folder. Raises ImportError."""
    import chromadb  # noqa: PLC0415  installed only for this benchmark, as are the next four
    from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex  # noqa: PLC0415
    from llama_index.core.node_parser import SentenceSplitter  # noqa: PLC0415
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding  # noqa: PLC0415
    from llama_index.vector_stores.chroma import ChromaVectorStore  # noqa: PLC0415

    model = HuggingFaceEmbedding(model_name=str(find_weights()))
    model.get_text_embedding_batch(WARM_UP)

    def run(texts: Path, folder: Path) -> None:
        collection = chromadb.PersistentClient(str(folder)).get_or_create_collection("quickstart")
        storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
        VectorStoreIndex.from_documents(
            SimpleDirectoryReader(str(texts)).load_data(),
            storage_context=storage,
            embed_model=model,
            transformations=[SentenceSplitter(chunk_size=256, chunk_overlap=20)],
        )

    return run


def measure(texts: Path, work: Path, rounds: int, embedder: Embedder) -> list[SpeedRound]:
    """Ingestions by both in turns, each into a new index."""
    quickstart = llama_index_quickstart()
    shape = shape_of(embedder.folder)
    embedder.embed(WARM_UP)
    results = []
    for number in range(rounds):
        summary = ingest([texts], work / f"pincite-{number}", embedder=embedder)
        gflops = matrix_gflops(shape, embedder.runner.precision)
        other = seconds_of(partial(quickstart, texts, work / f"quickstart-{number}"))
        results.append(SpeedRound(summary.seconds["total"], summary.seconds["embed"], other, gflops))
    return results


def embedded_flops(folder: Path, embedder: Embedder) -> int:
    """Operations needed to embed the passages of an index, without padding."""
    with open_index(folder) as index:
        stored = index.catalog.passages(index.catalog.passage_numbers().tolist())
    encodings = embedder.tokenizer.encode_batch([embedded_text(one.passage) for one in stored])
    shape = shape_of(embedder.folder)
    return sum(shape.flops(min(len(encoding.ids), MAX_TOKENS)) for encoding in encodings)


def report(rounds: Sequence[SpeedRound], size: int, flops: int, precision: str) -> list[tuple[str, str]]:
    """The results by name. The last is the upper limit for any program that embeds this text with these weights."""
    ours, other = median(one.pincite for one in rounds), median(one.llama_index for one in rounds)
    embedding, limit = median(one.embedding for one in rounds), median(one.gflops for one in rounds)
    reached = median(flops / one.embedding / 1e9 / one.gflops for one in rounds)
    return [
        ("text", f"{size / 1000:.0f} KB, {len(rounds)} rounds"),
        ("Pincite", f"{size / 1000 / ours:.1f} KB/s (seconds: {spread([one.pincite for one in rounds])})"),
        (
            "LlamaIndex's quickstart",
            f"{size / 1000 / other:.1f} KB/s (seconds: {spread([one.llama_index for one in rounds])})",
        ),
        ("ratio of medians", f"{other / ours:.2f} (target: 4.5)"),
        ("share of ingestion time spent in the model", f"{embedding / ours:.0%}"),
        ("matrix products of this machine", f"{limit:.0f} GFLOP/s in {precision}"),
        ("share of that reached in embedding", f"{reached:.0%} (target: 65 %)"),
        ("ratio if embedding ran at that limit and all else took no time", f"{other / (flops / 1e9 / limit):.2f}"),
    ]


def spread(seconds: Sequence[float]) -> str:
    """Minimum, median and maximum.

    >>> spread([3.0, 1.0, 2.0])
    '1.0 / 2.0 / 3.0'
    """
    return f"{min(seconds):.1f} / {median(seconds):.1f} / {max(seconds):.1f}"


def main() -> int:
    """Measure and print. Exit 1 if LlamaIndex's packages or the documents are missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--kilobytes", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
            size = write_texts(options.corpus, Path(work, "texts"), options.kilobytes * 1000)
            embedder = Embedder()
            rounds = measure(Path(work, "texts"), Path(work), options.rounds, embedder)
            rows = report(rounds, size, embedded_flops(Path(work, "pincite-0"), embedder), embedder.runner.precision)
    except PinciteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except ImportError as error:
        sys.stderr.write(f"{error.name} is missing: run make bench-ingest, which installs it.\n")
        return 1
    sys.stdout.writelines(f"{name:<64} {value}\n" for name, value in rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
