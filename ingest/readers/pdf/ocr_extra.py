"""The optional extra `ocr` that reads scans: whether it is installed, and the time that it is given."""

from importlib.util import find_spec

SECONDS = 120.0  # for a document: pages not begun by then are skipped and reported


def is_installed() -> bool:
    """Whether the extra `ocr` is installed."""
    return find_spec("rapidocr") is not None
