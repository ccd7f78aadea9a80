"""The sidebar: filters for documents, and the model."""

import glob
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import streamlit as st

from pincite.answer.models.open_model import EXTRACT, FORMS, ollama_url
from pincite.answer.query.filters import Filters, make_filters
from pincite.ingest.errors import BadInput
from pincite.ingest.index.catalog import Entry
from pincite.ui.allowed_models import check_allowed
from pincite.ui.escaping import as_markdown

DATE_FORMS = "2024, 2024-03 or 2024-03-21"
LISTED = "allowed-models"  # in the session: the models that the operator lists
LOCAL = {"localhost", "127.0.0.1", "::1", None}
MODEL_HELP = (
    f"`{EXTRACT}` needs no model: the answer is made of the documents' own sentences. With a model, its draft is "
    "checked against the documents before it is shown. `ollama:qwen3` asks an Ollama server, "
    "`openai-like:NAME@http://127.0.0.1:8000/v1` any server that speaks OpenAI's protocol (vLLM, llama-server, "
    "LM Studio), `local:NAME` a model that `pincite model add NAME` brought, `gguf:PATH` any .gguf file."
)


@dataclass(frozen=True, slots=True)
class SidebarChoice:
    """The input in the sidebar as typed; `filters` and `spec` interpret it."""

    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    after: str = ""
    before: str = ""
    model: str = EXTRACT

    def filters(self) -> Filters:
        """The filters. Raises BadInput for an invalid date."""
        globs = tuple(glob.escape(path) for path in self.documents)
        after, before = self.after.strip() or None, self.before.strip() or None
        return make_filters(self.kinds, self.issuers, self.languages, globs, after, before)

    def described(self) -> str:
        """The filters in words; empty if there are none."""
        dates = (self.after and f"from {self.after}", self.before and f"until {self.before}")
        return "; ".join(filter(None, (*self.kinds, *self.issuers, *self.languages, *self.documents, *dates)))

    @property
    def spec(self) -> str:
        """The SPEC of the model."""
        return self.model.strip() or EXTRACT


def choose(entries: Sequence[Entry]) -> SidebarChoice:
    """Draw the sidebar; returns what is chosen."""
    with st.sidebar:
        choice = choose_library(entries)
        st.subheader("Who writes the answer")
        return replace(choice, model=choose_model())


def choose_library(entries: Sequence[Entry]) -> SidebarChoice:
    """Draw the filters and the number of documents they leave."""
    st.subheader("Documents to search")
    choice = choose_documents(entries)
    show_count(choice, entries)
    return choice


def choose_documents(entries: Sequence[Entry]) -> SidebarChoice:
    """Draw the filters."""
    names = names_of(entries)
    return SidebarChoice(
        choose_among("Kind", {entry.metadata.kind for entry in entries}),
        choose_among("Issuer", {entry.metadata.issuer for entry in entries if entry.metadata.issuer}),
        choose_among("Language", {entry.metadata.language for entry in entries}),
        choose_among("Document", set(names), lambda path: names[path]),
        st.text_input("Dated on or after", placeholder=DATE_FORMS, key="after"),
        st.text_input("Dated on or before", placeholder=DATE_FORMS, key="before"),
    )


def names_of(entries: Sequence[Entry]) -> dict[str, str]:
    """Display names by path: symbol and title, with the path if these are not unique."""
    names = {e.path: " ".join(filter(None, (e.metadata.symbol, e.metadata.title))) for e in entries}
    shared = Counter(names.values())
    return {path: name if name and shared[name] == 1 else f"{name} ({path})" for path, name in names.items()}


def choose_among(label: str, values: set[str], shown: Callable[[str], str] = str) -> tuple[str, ...]:
    """Draw a filter over these values; no choice admits all."""
    return tuple(st.multiselect(label, sorted(values), format_func=shown, key=label.lower(), placeholder="all"))


def show_count(choice: SidebarChoice, entries: Sequence[Entry]) -> None:
    """Show how many documents the filters leave, or what is wrong with them."""
    try:
        admitted = len(choice.filters().admitted(entries))
    except BadInput as error:
        st.error(as_markdown(str(error)))
        return
    st.caption(f"{admitted} of {len(entries)} documents will be searched.")


def choose_model() -> str:
    """Draw the model field, with a warning if its server is another machine. Raises BadInput for one not allowed."""
    st.session_state.setdefault("model", EXTRACT)
    model = st.text_input("Model", key="model", help=MODEL_HELP)
    st.caption("One of:  \n" + "  \n".join(as_markdown(form) for form in FORMS.split(", ")))
    check_allowed(model.strip(), st.session_state.get(LISTED, ()))
    if (host := host_of(model.strip())) not in LOCAL:
        st.warning(as_markdown(f"Questions and passages will be sent to {host}."))
    return model


def host_of(spec: str) -> str | None:
    """The host of a model's server, None for a model in this process.

    >>> host_of("openai-like:qwen3@http://10.0.0.5:8000/v1"), host_of("local:smollm2")
    ('10.0.0.5', None)
    """
    address = ollama_url() if spec.startswith("ollama:") else spec.rpartition("@")[2]
    return urlsplit(address).hostname if "//" in address else None
