"""An optional cross-encoder, which scores a question and a text together (Nogueira and Cho 2019, arXiv 1901.04085).

A model is the folder of a sentence-transformers `CrossEncoder`, or a name on the model hub, from which it is downloaded
once. Its libraries are only imported when a model is opened.
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
HUB_SECONDS = 5.0  # time limit for the first reply of the model hub
FILES = ["*.json", "*.txt", "*.model", "model*.safetensors"]  # files downloaded; pickled weights could run code
BATCH = 16  # pairs scored at a time


@dataclass(frozen=True, slots=True)
class RerankSettings:
    """How many of the best candidates are reranked, and the weight of the new score, 0 to 1."""

    candidates: int = 30
    weight: float = 0.5

    def __post_init__(self) -> None:
        """Raises BadInput for values out of range."""
        if self.candidates < 1 or not 0 <= self.weight <= 1:
            raise BadInput("Reranking needs at least one candidate and a weight from 0 to 1.")


class Reranker:
    """An open cross-encoder."""

    def __init__(self, name: str, model: "CrossEncoder") -> None:
        self.name = name
        self.model = model

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers, 0 to 1: the sigmoid of the model's output. Deterministic."""
        from torch.nn import Sigmoid  # noqa: PLC0415  already imported by the model

        pairs = [(question, text) for text in texts]
        scores = self.model.predict(pairs, batch_size=BATCH, activation_fn=Sigmoid(), show_progress_bar=False)
        return [float(score) for score in scores]


def rerank(
    reranker: Reranker, question: str, texts: Sequence[str], ranked_scores: Sequence[float], settings: RerankSettings
) -> list[float]:
    """New scores of n texts, given best first with scores in 0 to 1; only the best are scored by the model."""
    read = reranker.scores(question, texts[: settings.candidates])
    return blend(ranked_scores, read, settings.weight)


def blend(ranked_scores: Sequence[float], cross_scores: Sequence[float], weight: float) -> list[float]:
    """Weighted sums of descending scores and the cross-encoder's scores for the first of them.

    Texts that were not scored count as 0, so that they never rise above those that were.

    >>> blend([0.75, 0.5, 0.5], [0.25, 1.0], weight=0.5)
    [0.5, 0.75, 0.25]
    """
    unread = [0.0] * (len(ranked_scores) - len(cross_scores))
    pairs = zip(ranked_scores, [*cross_scores, *unread], strict=True)
    return [(1 - weight) * ranked + weight * cross for ranked, cross in pairs]


def open_reranker(name_or_path: str) -> Reranker:
    """The cross-encoder from a folder, the local cache or the model hub, in this order.

    Raises UnknownModel for a bad name or another kind of model, ModelUnavailable if the hub cannot be reached or the
    model cannot be loaded.
    """
    folder = find_folder(name_or_path)
    check_kind(folder, name_or_path)
    return Reranker(name_or_path, load_model(folder, name_or_path))


def find_folder(name_or_path: str) -> Path:
    """The folder of the model; a model of the hub is downloaded if it is not cached."""
    folder = Path(name_or_path).expanduser()
    if folder.is_dir():
        return folder
    if not HUB_NAME.fullmatch(name_or_path):
        raise UnknownModel(f"No cross-encoder in {name_or_path}: give the folder of one, or its name on the model hub.")
    return cached_folder(name_or_path) or downloaded_folder(name_or_path)


def cached_folder(name: str) -> Path | None:
    """The folder of a hub model in the local cache, None if it is not there; makes no request."""
    from huggingface_hub import snapshot_download  # noqa: PLC0415  only needed for a model by name
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError  # noqa: PLC0415  see above

    try:
        return Path(snapshot_download(name, allow_patterns=FILES, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError):
        return None


def downloaded_folder(name: str) -> Path:
    """The folder of a hub model, downloaded."""
    from huggingface_hub import HfApi, snapshot_download  # noqa: PLC0415  only needed for a model by name
    from huggingface_hub.errors import HFValidationError, RepositoryNotFoundError  # noqa: PLC0415  see above

    try:
        HfApi().model_info(name, timeout=HUB_SECONDS)  # the download itself would try for minutes
        return Path(snapshot_download(name, allow_patterns=FILES))
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise UnknownModel(
            f"There is no cross-encoder {name}, neither a folder nor a public model of the model hub."
        ) from error
    except Exception as error:  # the hub's client lets through whatever its HTTP library raises
        raise ModelUnavailable(
            f"The cross-encoder {name} is not a local folder, and the model hub cannot be reached "
            f"({type(error).__name__}): give the folder of one."
        ) from error


def check_kind(folder: Path, name: str) -> None:
    """Raise UnknownModel for another kind of model: its last layer would be random, and so the ranking."""
    from transformers import AutoConfig  # noqa: PLC0415  seconds to load

    try:
        config = AutoConfig.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError) as error:
        raise UnknownModel(f"No cross-encoder in {name}: give the folder of one.") from error
    architecture = (config.architectures or ["none"])[0]
    if not architecture.endswith("ForSequenceClassification") or config.num_labels != 1:
        raise UnknownModel(
            f"{name} is not a cross-encoder with a single score ({architecture}, {config.num_labels} labels)."
        )


def load_model(folder: Path, name: str) -> "CrossEncoder":
    """The model in a folder. Raises ModelUnavailable."""
    from sentence_transformers import CrossEncoder  # noqa: PLC0415  seconds to load
    from transformers.utils import logging  # noqa: PLC0415  see above

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        model: CrossEncoder = CrossEncoder(str(folder), local_files_only=True)
    except Exception as error:  # the type depends on which library finds the damage
        reason = (str(error).splitlines() or [""])[0]
        raise ModelUnavailable(f"The cross-encoder {name} cannot be loaded ({reason}): download it again.") from error
    return model
