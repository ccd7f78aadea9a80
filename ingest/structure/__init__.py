"""The legal structure of a document: the pinpoint each part is cited by, and which parts are mere apparatus."""

from collections.abc import Sequence

from pincite.ingest.document import Part
from pincite.ingest.structure.apparatus import with_apparatus
from pincite.ingest.structure.pinpoints import with_pinpoints


def structured(parts: Sequence[Part]) -> list[Part]:
    """Parts from any reader, with apparatus marked and pinpoints added."""
    return with_pinpoints(with_apparatus(parts))
