"""One page of the app as Streamlit runs it, without a browser and without the others."""

import html
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest


def opened(page: Callable[..., None], *args: Any) -> AppTest:
    """A page. Streamlit runs the body of the function alone: it imports what it needs."""
    app = AppTest.from_function(page, args=args, default_timeout=120).run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return html.unescape("\n".join(element.body for element in app.html))


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def finished(app: AppTest, job: str) -> AppTest:
    """The page once the job of this key is done."""
    until = time.monotonic() + 120
    while app.session_state[job].running and time.monotonic() < until:
        time.sleep(0.1)
    return app.run()


def written(folder: Path, **files: str) -> Path:
    """A folder with Markdown files."""
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder
