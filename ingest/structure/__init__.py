"""What the parts of a document are to a lawyer: where each is cited from, and what is apparatus rather than text."""

from collections.abc import Sequence

from pincite.ingest.document import Part
from pincite.ingest.structure.apparatus import with_apparatus
from pincite.ingest.structure.pinpoints import with_pinpoints


def structured(parts: Sequence[Part]) -> list[Part]:
    """Parts of any reader with apparatus marked and with their pinpoints."""
    return with_pinpoints(with_apparatus(parts))
