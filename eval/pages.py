"""Pages from templates. Whatever stands in a document or an answer is text there, never markup."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval import notation

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **values: Any) -> str:
    """A page of `eval/templates`."""
    return environment().get_template(template).render(**values)


@cache
def environment() -> Environment:
    """How templates are read: everything escaped, an unknown name an error, and figures written one way."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["notation"] = notation
    return made
