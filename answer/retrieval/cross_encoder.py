"""A cross-encoder, which reads a question and a text together: an option, off unless a model is named.

A model is the folder of a sentence-transformers `CrossEncoder`, or a name on the model hub, from which it is downloaded
once. Nothing of that library is loaded before a model is opened. Knows nothing about passages.
(Nogueira and Cho 2019, arXiv 1901.04085)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pincite.ingest.errors import BadInput, ModelUnavailable, UnknownModel

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

HUB_NAME = re.compile(r"[\w-][\w.-]*/[\w.-]+")
HUB_SECONDS = 5.0  # that the model hub has to answer at all
FILES = ["*.json", "*.txt", "*.model", "model*.safetensors"]  # what is brought; pickled weights could run code
BATCH = 16  # pairs read at a time


@dataclass(frozen=True, slots=True)
class RerankSettings:
    """How many of the best candidates are read, and what the reading weighs against their first score, 0 to 1."""

    candidates: int = 30
    weight: float = 0.5

    def __post_init__(self) -> None:
        """Raises BadInput for what has no meaning."""
        if self.candidates < 1 or not 0 <= self.weight <= 1:
            raise BadInput("Reranking reads at least one candidate, with a weight from 0 to 1.")


class Reranker:
    """An open cross-encoder."""

    def __init__(self, name: str, model: "CrossEncoder") -> None:
        self.name = name
        self.model = model

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers, 0 to 1: the sigmoid of what the model says. The same input, the same scores."""
        from torch.nn import Sigmoid  # noqa: PLC0415  there once a model is

        pairs = [(question, text) for text in texts]
        scores = self.model.predict(pairs, batch_size=BATCH, activation_fn=Sigmoid(), show_progress_bar=False)
        return [float(score) for score in scores]


def rerank(
    reranker: Reranker, question: str, texts: Sequence[str], ranked_scores: Sequence[float], settings: RerankSettings
) -> list[float]:
    """New scores of n texts, given best first with their scores in 0 to 1; only the best of them are read."""
    read = reranker.scores(question, texts[: settings.candidates])
    return blend(ranked_scores, read, settings.weight)


def blend(ranked_scores: Sequence[float], cross_scores: Sequence[float], weight: float) -> list[float]:
    """Weighted sums of scores that fall and the cross-encoder's for the first of them.

    What it has not read counts as 0 there, and so never rises above what it has.

    >>> blend([0.75, 0.5, 0.5], [0.25, 1.0], weight=0.5)
    [0.5, 0.75, 0.25]
    """
    unread = [0.0] * (len(ranked_scores) - len(cross_scores))
    pairs = zip(ranked_scores, [*cross_scores, *unread], strict=True)
    return [(1 - weight) * ranked + weight * cross for ranked, cross in pairs]


def open_reranker(name_or_path: str) -> Reranker:
    """The cross-encoder of a folder, of this machine's cache, or of the model hub, looked for in this order.

    Raises UnknownModel where the name has no meaning or names another kind of model, ModelUnavailable where the hub
    cannot be reached or the model cannot be loaded.
    """
    folder = find_folder(name_or_path)
    check_kind(folder, name_or_path)
    return Reranker(name_or_path, load(folder, name_or_path))


def find_folder(name_or_path: str) -> Path:
    """Where the model's files are; they are downloaded when a name on the hub is given and they are not here yet."""
    folder = Path(name_or_path).expanduser()
    if folder.is_dir():
        return folder
    if not HUB_NAME.fullmatch(name_or_path):
        raise UnknownModel(f"No cross-encoder in {name_or_path}: give the folder of one, or its name on the model hub.")
    return cached(name_or_path) or downloaded(name_or_path)


def cached(name: str) -> Path | None:
    """Where a model of the hub lies in this machine's cache, None where it does not; nothing is asked of the hub."""
    from huggingface_hub import snapshot_download  # noqa: PLC0415  only who names a model needs it
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError  # noqa: PLC0415  the same

    try:
        return Path(snapshot_download(name, allow_patterns=FILES, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError):
        return None


def downloaded(name: str) -> Path:
    """Where a model of the hub lies once it is brought."""
    from huggingface_hub import HfApi, snapshot_download  # noqa: PLC0415  only who names a model needs it
    from huggingface_hub.errors import HFValidationError, RepositoryNotFoundError  # noqa: PLC0415  the same

    try:
        HfApi().model_info(name, timeout=HUB_SECONDS)  # the download itself would try for minutes
        return Path(snapshot_download(name, allow_patterns=FILES))
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise UnknownModel(
            f"No cross-encoder {name}: there is no such folder, and none of that name that the model hub gives."
        ) from error
    except Exception as error:  # the hub's client lets through whatever its HTTP library raises
        raise ModelUnavailable(
            f"The cross-encoder {name} is no folder here, and the model hub cannot be reached "
            f"({type(error).__name__}): give the folder of one."
        ) from error


def check_kind(folder: Path, name: str) -> None:
    """Raise UnknownModel for a model of another kind: its last layer would be made at random, and rank by chance."""
    from transformers import AutoConfig  # noqa: PLC0415  seconds to load

    try:
        config = AutoConfig.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError) as error:
        raise UnknownModel(f"No cross-encoder in {name}: give the folder of one.") from error
    made_for = (config.architectures or ["nothing"])[0]
    if not made_for.endswith("ForSequenceClassification") or config.num_labels != 1:
        raise UnknownModel(f"{name} is no cross-encoder that gives one score ({made_for}, {config.num_labels} labels).")


def load(folder: Path, name: str) -> "CrossEncoder":
    """The model of a folder. Raises ModelUnavailable."""
    from sentence_transformers import CrossEncoder  # noqa: PLC0415  seconds to load
    from transformers.utils import logging  # noqa: PLC0415  the same

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        model: CrossEncoder = CrossEncoder(str(folder), local_files_only=True)
    except Exception as error:  # damaged files raise what each library likes
        reason = (str(error).splitlines() or [""])[0]
        raise ModelUnavailable(f"The cross-encoder {name} cannot be loaded ({reason}): bring it again.") from error
    return model
