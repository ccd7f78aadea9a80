"""A library whose rules for berths, forty of them, are too long for an answer."""

from pathlib import Path

from pincite.ingest.pipeline import ingest
from support.families import TEXTS

RULES = "rules for single berths"
LAST = "The keeper of berth 40"


def library_of_rules(folder: Path) -> Path:
    """The folder of an index of two documents, of which one has the rules."""
    for name in ("eu/berths.md", "reports/lanterns.md"):
        file = folder / "texts" / name
        file.parent.mkdir(parents=True)
        file.write_text(TEXTS[name], encoding="utf-8")
    ingest([folder / "texts"], folder / "index")
    return folder / "index"
