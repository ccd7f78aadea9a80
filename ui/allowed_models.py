"""Which models a visitor of the app may choose: local ones, and those that the operator lists with --allow-llm."""

import re
from collections.abc import Sequence

from pincite.ingest.errors import BadInput

SERVER = "openai-like:"  # the only form with an address; Ollama's is set by the operator, in OLLAMA_HOST
# Written out in full and nothing else: two parsers of addresses can disagree about anything cleverer.
LOOPBACK = re.compile(r"openai-like:[^@\s]+@https?://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?(?:/[\w./-]*)?")


def check_allowed(spec: str, listed: Sequence[str]) -> None:
    """Raise BadInput for a model behind an address that is neither this machine nor listed.

    >>> check_allowed("openai-like:m@http://127.0.0.1:8000/v1", [])
    >>> check_allowed("openai-like:m@http://models.example/v1", ["openai-like:m@http://models.example/v1"])
    """
    if spec.startswith(SERVER) and spec not in listed and not LOOPBACK.fullmatch(spec):
        raise BadInput(
            f"{spec} is a server that this app may not ask: choose a model on this machine, "
            "or have the administrator start the app with --allow-llm and this model."
        )
