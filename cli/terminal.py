"""Text for a terminal: what a document or a server wrote cannot steer the terminal that shows it."""

import re
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

# C0 but tab and line feed, DEL, C1, and the marks that reorder text (Unicode Standard Annex 9)
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CONTROL_PICTURES = 0x2400  # U+2400 shows U+0000, and so on
SPACE, DELETE = 0x20, 0x7F


def harmless(text: str) -> str:
    """A text with visible signs in place of what steers a terminal, one for one, so that offsets stay.

    >>> harmless("a\x1b[2Jb\u202ec")
    'a␛[2Jb�c'
    """
    return STEERING.sub(visible_sign, text)


def visible_sign(found: re.Match[str]) -> str:
    """The sign shown for a steering character."""
    code = ord(found[0])
    if code < SPACE:
        return chr(CONTROL_PICTURES + code)
    return "␡" if code == DELETE else "�"


def harmless_json(written: str) -> str:
    """JSON text with steering characters as escapes, which stand for the same characters.

    >>> harmless_json('"\x9b2J"')
    '"\\\\u009b2J"'
    """
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


class SafeConsole(Console):
    """A console that shows steering characters of any text; its own colours and cursor moves work as ever."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments to print, those of text made harmless."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=harmless(segment.text))
