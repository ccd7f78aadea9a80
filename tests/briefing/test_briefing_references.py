import json
import re
from pathlib import Path

import pytest

from pincite.briefing.writers.bibliography import bibtex, check_references, csl, write_references
from pincite.ingest.document import Metadata
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import Index

LAW = Metadata("Act on R&D {draft} 50%", "law", "Forum", "MF/RES/2/4", "2024-10-17", "en", "https://x.example/a{b}")
PAPER = Metadata("Small states", "article", "Review", None, "2025", "en", None, (), ("Olena Kovalchuk", "Ann Lee"))
CITED = {"a.md": LAW, "b.md": PAPER, "c.md": PAPER}


def test_bibtex_is_escaped_and_its_keys_are_unique() -> None:
    text = bibtex(CITED)
    keys = re.findall(r"^@\w+\{([^,]+),$", text, re.MULTILINE)
    assert keys == ["mf-res-2-4", "small-states-2025", "small-states-2025-2"]
    assert r"title = {{Act on R\&D \{draft\} 50\%}}" in text
    assert "author = {Olena Kovalchuk and Ann Lee}" in text
    assert "author = {{Forum}}" in text
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")


def test_csl_items_have_what_is_known_and_nothing_else() -> None:
    law, paper, _ = csl(CITED)
    assert (law["type"], law["number"], law["issued"]) == (
        "legislation",
        "MF/RES/2/4",
        {"date-parts": [[2024, 10, 17]]},
    )
    assert (paper["issued"], "URL" in paper) == ({"date-parts": [[2025]]}, False)


def test_the_suffix_says_which(sample: Index, tmp_path: Path) -> None:
    cited = {entry.path: entry.metadata for entry in sample.entries}
    write_references(cited, tmp_path / "r.json")
    write_references(cited, tmp_path / "r.bib")
    assert len(json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))) == len(cited)
    assert (tmp_path / "r.bib").read_text(encoding="utf-8").count("\n@") == len(cited) - 1
    with pytest.raises(BadInput, match="--references must end with"):
        check_references(tmp_path / "r.txt")
