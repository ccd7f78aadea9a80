"""Pincite answers questions over policy texts and pins every sentence to the page and paragraph that supports it.

`pincite.open(folder)` returns a `Library` with `ask`, `search`, `documents`, `add` and `remove`; an `Answer` has
`Citation`s. `docs/api.md` has examples. Everything else is internal and may change.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pincite.answer.citation.citation import Citation
    from pincite.answer.library import Library
    from pincite.answer.library import open_library as open  # noqa: A004  reads well behind `pincite.`
    from pincite.answer.pipeline import Answer

__all__ = ["Answer", "Citation", "Library", "open"]

PUBLIC = {
    "Answer": ("pincite.answer.pipeline", "Answer"),
    "Citation": ("pincite.answer.citation.citation", "Citation"),
    "Library": ("pincite.answer.library", "Library"),
    "open": ("pincite.answer.library", "open_library"),
}


def __getattr__(name: str) -> object:
    """A public name, imported on first use, so that `import pincite` stays fast."""
    if name not in PUBLIC:
        raise AttributeError(f"module 'pincite' has no attribute {name!r}")
    module, attribute = PUBLIC[name]
    return getattr(import_module(module), attribute)
