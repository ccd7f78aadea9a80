"""Renders pages from templates, which escape the text of documents and answers."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from pincite.answer.templates import templates_in
from pincite.eval.metrics import formatting

TEMPLATES = Path(__file__).parent / "page_templates"


def render(template: str, **values: Any) -> str:
    """A page from a template in `eval/reports/page_templates`."""
    return environment().get_template(template).render(**values)


@cache
def environment() -> Environment:
    """The templates of this stage, which format figures by `pincite.eval.metrics.formatting`."""
    templates = templates_in(TEMPLATES)
    templates.globals["formatting"] = formatting
    return templates
