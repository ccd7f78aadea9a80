"""How the outline of a document looks on a terminal and as JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from pincite.cli.output import OUT, print_json
from pincite.ingest.document import Document

if TYPE_CHECKING:
    from pincite.ingest.places.outline import OutlineNode

INDENT = "  "


def show_outline(document: Document, nodes: "Sequence[OutlineNode]", *, as_json: bool) -> None:
    """The tree of units: a line each with citation, title and page, indented by depth."""
    if as_json:
        whole = {"pinpoint": None, "title": document.metadata.title, "start": 0, "end": len(document.text)}
        children = [node_record(document, node) for node in nodes]
        print_json(whole | {"page": document.page_at(0), "children": children})
        return
    show_nodes(document, nodes, depth=0)


def show_nodes(document: Document, nodes: "Sequence[OutlineNode]", *, depth: int) -> None:
    """Units of one depth, each with those inside it."""
    for node in nodes:
        page = document.page_at(node.start)
        title = node.title if node.title != node.pinpoint else ""
        line = Text(f"{INDENT * depth}{node.pinpoint}", style="bold")
        line.append(f"  {title}" if title else "", style="not bold")
        line.append(f"  p. {page}" if page else "", style="dim not bold")
        OUT.print(line, soft_wrap=True)
        show_nodes(document, node.children, depth=depth + 1)


def node_record(document: Document, node: "OutlineNode") -> dict[str, Any]:
    """A unit as the contract has it."""
    return {
        "pinpoint": node.pinpoint,
        "title": node.title,
        "start": node.start,
        "end": node.end,
        "page": document.page_at(node.start),
        "children": [node_record(document, child) for child in node.children],
    }
