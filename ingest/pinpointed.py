"""The pinpoints that documents have, out of the catalog."""

from sqlite3 import Connection

OF_ALL = "SELECT DISTINCT pinpoint FROM passages WHERE pinpoint NOT NULL"
OF_ONE = (
    "SELECT DISTINCT pinpoint FROM passages WHERE pinpoint NOT NULL "
    "AND document = (SELECT number FROM documents WHERE path = ?)"
)


def pinpoints_of(catalog: Connection, path: str | None = None) -> list[str]:
    """The pinpoints of a document's passages, or of all documents', each once."""
    rows = catalog.execute(OF_ONE, (path,)) if path else catalog.execute(OF_ALL)
    return [pinpoint for (pinpoint,) in rows]
