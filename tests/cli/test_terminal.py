import io
import json

from rich.table import Table
from rich.text import Text

from pincite.cli.terminal import SafeConsole, harmless, harmless_json

HOSTILE = "a\x1b[2J\x9b1m\r\x07\u202eb\x7f"


def test_a_terminal_gets_no_steering_characters_of_a_text_or_a_table() -> None:
    table = Table(HOSTILE)
    table.add_row(HOSTILE)
    for printed in (HOSTILE, Text(HOSTILE), table):
        console = SafeConsole(file=io.StringIO(), color_system=None, width=80, markup=False)
        console.print(printed)
        written = console.file.getvalue()  # type: ignore[attr-defined]  # a StringIO
        assert not set(written) & set("\x1b\x9b\r\x07\u202e\x7f")
        assert "␛[2J" in written


def test_lines_tabs_and_offsets_stay() -> None:
    assert harmless("a\tb\nc") == "a\tb\nc"
    assert len(harmless(HOSTILE)) == len(HOSTILE)


def test_json_says_the_same() -> None:
    assert json.loads(harmless_json(json.dumps(HOSTILE, ensure_ascii=False))) == HOSTILE
