"""Pages from templates. Whatever stands in a document or an answer is text there, never markup."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from pincite.answer.templates import templates_in
from pincite.eval.metrics import formatting

TEMPLATES = Path(__file__).parent / "page_templates"


def render(template: str, **values: Any) -> str:
    """A page of `eval/reports/page_templates`."""
    return environment().get_template(template).render(**values)


@cache
def environment() -> Environment:
    """The templates of this stage, with figures written one way."""
    made = templates_in(TEMPLATES)
    made.globals["notation"] = formatting
    return made
