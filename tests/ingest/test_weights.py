from pathlib import Path

import pytest

from pincite.ingest.embedding.weights import cache_folder, check_weights, find_weights
from pincite.ingest.errors import ChangedWeights, ModelUnavailable

EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_packaged_weights_are_the_pinned_ones() -> None:
    assert (find_weights() / "model.safetensors").is_file()


def test_other_weights_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes(b"tampered")
    with pytest.raises(ChangedWeights, match="not the pinned model"):
        check_weights(file, EMPTY_SHA256, tmp_path / "checked")


def test_weights_changed_after_the_check_are_checked_again(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes(b"")
    check_weights(file, EMPTY_SHA256, tmp_path / "checked")
    file.write_bytes(b"tampered")
    with pytest.raises(ChangedWeights):
        check_weights(file, EMPTY_SHA256, tmp_path / "checked")


def test_a_folder_without_a_model_is_named() -> None:
    with pytest.raises(ModelUnavailable, match="No embedding model in nowhere"):
        find_weights("nowhere")


def test_the_cache_can_be_moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PINCITE_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
