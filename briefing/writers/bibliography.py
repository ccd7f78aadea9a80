"""Writes the documents cited as BibTeX or CSL-JSON, for reference managers.

CSL-JSON: https://docs.citationstyles.org/en/stable/specification.html
"""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pincite.answer.query.transliteration import transliterate
from pincite.briefing.escaping import one_line
from pincite.briefing.writers.registry import check_output
from pincite.ingest.atomic_write import write_text
from pincite.ingest.document import Metadata

Cited = Mapping[str, Metadata]  # document metadata by path
BIBTEX_TYPES = {"article": "article", "report": "techreport"}
CSL_TYPES = {"article": "article", "report": "report", "law": "legislation", "statement": "speech"}
SPECIAL = re.compile(r"[\\{}$&#%_~^]")
BACKSLASH = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def check_references(out: Path | None) -> None:
    """Raise BadInput if references cannot be written to this file."""
    if out:
        check_output(out, tuple(FORMS), "--references")


def write_references(cited: Cited, out: Path) -> None:
    """Write the documents cited as .bib or .json."""
    write_text(out, [FORMS[out.suffix.lower()](cited)])


def bibtex(cited: Cited) -> str:
    """The documents as BibTeX entries with unique keys."""
    keys = keys_of(cited)
    return "\n".join(bibtex_entry(keys[path], path, known) for path, known in cited.items())


def bibtex_entry(key: str, path: str, known: Metadata) -> str:
    """A BibTeX entry; braces around the title keep its capitals."""
    year, month, _ = [*(known.date or "").split("-"), "", "", ""][:3]
    body = "institution" if known.kind == "report" else "journal" if known.kind == "article" else "organization"
    fields = {
        "title": f"{{{escaped(known.title or path)}}}",
        "author": " and ".join(escaped(author) for author in known.authors) or braced(known.issuer),
        body: escaped(known.issuer or ""),
        "number": escaped(known.symbol or ""),
        "year": year,
        "month": str(int(month)) if month else "",
        "url": (known.url or "").translate({ord("{"): "%7B", ord("}"): "%7D"}),
        "language": known.language,
        "note": escaped(path),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{BIBTEX_TYPES.get(known.kind, 'misc')}{{{key},\n{lines}}}\n"


def braced(name: str | None) -> str:
    """The name of a body, in braces so that it is not read as a personal name."""
    return f"{{{escaped(name)}}}" if name else ""


def escaped(text: str) -> str:
    r"""Text escaped for TeX.

    >>> escaped("R&D {50%}")
    'R\\&D \\{50\\%\\}'
    """
    return SPECIAL.sub(lambda match: BACKSLASH.get(match[0], f"\\{match[0]}"), one_line(text))


def keys_of(cited: Cited) -> dict[str, str]:
    """A unique key for each document: symbol, or first words of the title and year, in letters and digits."""
    keys: dict[str, str] = {}
    for path, known in cited.items():
        words = known.symbol or " ".join([*known.title.split()[:2], (known.date or "")[:4]])
        stem = re.sub(r"[^A-Za-z0-9]+", "-", transliterate(words, known.language)).strip("-").lower() or "document"
        taken, number = set(keys.values()), 1
        while (key := stem if number == 1 else f"{stem}-{number}") in taken:
            number += 1
        keys[path] = key
    return keys


def csl(cited: Cited) -> list[dict[str, Any]]:
    """The documents as CSL-JSON items."""
    keys = keys_of(cited)
    return [csl_item(keys[path], path, known) for path, known in cited.items()]


def csl_item(key: str, path: str, known: Metadata) -> dict[str, Any]:
    """A CSL item; unknown fields are left out."""
    authors = [{"literal": one_line(author)} for author in known.authors or filter(None, [known.issuer])]
    issued = {"date-parts": [[int(part) for part in known.date.split("-")]]} if known.date else None
    item = {
        "id": key,
        "type": CSL_TYPES.get(known.kind, "document"),
        "title": one_line(known.title or path),
        "author": authors,
        "publisher": known.issuer,
        "number": known.symbol,
        "issued": issued,
        "language": known.language,
        "URL": known.url,
        "note": path,
    }
    return {name: value for name, value in item.items() if value}


def csl_text(cited: Cited) -> str:
    """The content of a CSL-JSON file."""
    return json.dumps(csl(cited), ensure_ascii=False, indent=2) + "\n"


FORMS: dict[str, Callable[[Cited], str]] = {".bib": bibtex, ".json": csl_text}
