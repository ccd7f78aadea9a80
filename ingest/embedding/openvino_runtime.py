"""OpenVINO without its usage statistics.

On import OpenVINO writes a client id into the user's home and reports to Google Analytics, and its converter reports
each conversion, unless the user has opted out before. Without its telemetry package it does neither, so the package is
hidden from it.
"""

import importlib
import sys
from typing import Any

TELEMETRY = "openvino_telemetry"


def load(name: str = "openvino") -> Any:
    """Import a module of OpenVINO (`openvino`, or a part of it) without telemetry. Raises ImportError."""
    if "openvino" not in sys.modules:
        sys.modules[TELEMETRY] = None  # type: ignore[assignment]  # Python raises ImportError for this name
    return importlib.import_module(name)
