"""`pincite serve`: the app in the browser."""

import socket
from pathlib import Path
from typing import Annotated

import typer

from pincite.cli.options import Chroma, IndexFolder
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import DEFAULT_FOLDER, open_index

PAGE = Path(__file__).parents[1] / "app.py"  # Streamlit reads the settings in .streamlit beside it


def serve(
    index: IndexFolder = DEFAULT_FOLDER,
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help="Port on 127.0.0.1.")] = 8501,
    conversations: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for conversations.")] = None,
    chroma: Chroma = None,
    allow_llm: Annotated[
        list[str] | None, typer.Option(metavar="SPEC", help="A model elsewhere that visitors may choose; repeatable.")
    ] = None,
) -> None:
    """Open the app in the browser.

    It accepts connections from this machine only.

    Example: pincite serve --port 8600
    """
    from streamlit.web.cli import main as streamlit

    with open_index(index):
        pass  # a missing or broken index is reported here, in one sentence
    check_port(port)
    options = ["--server.port", str(port), "--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"]
    given = ["--index", str(index), *(["--chroma", chroma] if chroma else [])]
    given += ["--conversations", str(conversations)] if conversations else []
    given += [part for spec in allow_llm or () for part in ("--allow-llm", spec)]
    # In this process, not in one of its own: a child would go on serving after this process has been ended.
    streamlit(["run", str(PAGE), *options, "--", *given], prog_name="streamlit")


def check_port(port: int) -> None:
    """Raise BadInput if the app cannot listen on a port of this machine."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        raise BadInput(f"Port {port} cannot be used: choose another, such as --port 8600.") from None
