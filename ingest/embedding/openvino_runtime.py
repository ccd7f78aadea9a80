"""OpenVINO without its usage statistics.

On import it writes a client id into the user's home and reports to Google Analytics, and its converter reports each
conversion, unless the user has opted out beforehand. It does neither where its reporter is not installed; here it
never is.
"""

import importlib
import sys
from typing import Any

REPORTER = "openvino_telemetry"


def load(name: str = "openvino") -> Any:
    """A module of OpenVINO's (`openvino`, `openvino_genai`), kept from finding its reporter. Raises ImportError."""
    if "openvino" not in sys.modules:
        sys.modules[REPORTER] = None  # type: ignore[assignment]  # Python's way to say: this cannot be imported
    return importlib.import_module(name)
