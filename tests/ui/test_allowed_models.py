import pytest

from pincite.ingest.errors import BadInput
from pincite.ui.allowed_models import check_allowed


@pytest.mark.parametrize(
    "address",
    ["http://models.example/v1", "http://127.0.0.1@models.example/v1", "http://127.0.0.1.models.example/v1",
     "http://127.0.0.1\\@models.example/", "http://169.254.169.254/", "http://0.0.0.0:80/", "HTTP://models.example"],
)  # fmt: skip
def test_an_address_elsewhere_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="may not ask"):
        check_allowed(f"openai-like:m@{address}", ["openai-like:other@http://models.example/v1"])


@pytest.mark.parametrize("spec", ["extract", "ollama:qwen3", "openai-like:m@http://[::1]:8000/v1", "openvino:smollm2"])
def test_a_local_model_is_allowed(spec: str) -> None:
    check_allowed(spec, [])
