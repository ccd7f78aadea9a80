"""Markdown: the rendered text in order, with list numbers and without markup."""

from pathlib import Path

import pytest

from pincite.ingest.document import BlockKind, Reading
from pincite.ingest.readers.markdown.reader import read_markdown

FRONT, HEADING, ITEM = BlockKind.FRONT_MATTER, BlockKind.HEADING, BlockKind.ITEM


def read(folder: Path, text: str) -> Reading:
    path = folder / "a.md"
    path.write_text(text, encoding="utf-8")
    return read_markdown(path)


def texts(folder: Path, text: str) -> list[str]:
    return [part.text for part in read(folder, text).parts]


def test_front_matter_is_a_part_and_gives_properties(tmp_path: Path) -> None:
    reading = read(tmp_path, "---\ntitle: Compute\ndate: 2024-03-21\nlanguage: [en, uk]\n---\n\n# Head\n")
    assert (reading.parts[0].kind, reading.parts[0].text[:14]) == (FRONT, "title: Compute")
    assert str(reading.properties["date"]) == "2024-03-21"
    assert reading.properties["language"] == ["en", "uk"]
    assert (reading.parts[1].kind, reading.parts[1].text) == (HEADING, "Head")


def test_invalid_yaml_is_read_line_by_line(tmp_path: Path) -> None:
    reading = read(tmp_path, "---\ntitle: Compute: who pays?\nissuer: A body\ntags: [a\n---\nText.\n")
    assert reading.properties == {"title": "Compute: who pays?", "issuer": "A body", "tags": "[a"}
    assert [part.kind for part in reading.parts] == [FRONT, BlockKind.PARAGRAPH]


@pytest.mark.parametrize("text", ["Text.\n", "---\n\n# No front matter, a rule\n", "---\n- a list\n---\nText.\n"])
def test_front_matter_without_a_mapping_gives_no_properties(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).properties == {}


def test_yaml_bomb_stays_small(tmp_path: Path) -> None:
    grown = "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a]\ntitle: [*b,*b,*b,*b]\nissuer: {deep: {deeper: 1}}\n"
    assert read(tmp_path, f"---\n{grown}---\n").properties == {"a": ["x"] * 8, "b": [], "title": [], "issuer": None}
    nested = read(tmp_path, "---\ntitle: T\na: " + "[" * 5000 + "\n---\n")
    assert nested.properties["title"] == "T"


def test_headings_have_levels_and_no_markup(tmp_path: Path) -> None:
    reading = read(tmp_path, "# One\n\n### *Three* `x`\n\nTwo\n---\n")
    assert [(part.level, part.text) for part in reading.parts] == [(1, "One"), (3, "Three x"), (2, "Two")]


def test_table_rows(tmp_path: Path) -> None:
    (table,) = read(
        tmp_path, "| Site | Share |\n|--|--|\n| **Kigali** | 68 |\n| Ha<br>noi | a \\| b |\n| alone |\n"
    ).parts
    assert table.kind is BlockKind.TABLE
    assert table.text.split("\n") == ["Site | Share", "Kigali | 68", "Ha noi | a | b", "alone | "]


def test_numbered_and_nested_lists_keep_numbers(tmp_path: Path) -> None:
    text = "3. three\n   1. sub\n      - deep\n4. four\n\n   its second paragraph\n\n7) other style\n"
    reading = read(tmp_path, text)
    assert [part.text for part in reading.parts] == [
        "3. three", "1. sub", "- deep", "4. four", "its second paragraph", "7) other style",
    ]  # fmt: skip
    assert {part.kind for part in reading.parts} == {ITEM}


def test_deeply_nested_lists_are_complete(tmp_path: Path) -> None:
    assert len(texts(tmp_path, "\n".join("  " * depth + f"- item {depth}" for depth in range(30)))) == 30
    assert texts(tmp_path, "> " * 30 + "quoted") == ["quoted"]


def test_links_and_images_become_their_text(tmp_path: Path) -> None:
    text = (
        'See [the *text*](https://example.org "title"), ![a map](m.png), <https://auto.org> and [ref][1].\n\n[1]: /x\n'
    )
    assert texts(tmp_path, text) == ["See the text, a map, https://auto.org and ref."]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("above 10<sup>26</sup> operations", "above 10^26 operations"),
        ("in 2024<sup>3</sup> and the Convention<sup>12</sup>", "in 2024[3] and the Convention[12]"),
        ("the 21<sup>st</sup> of 40 km<sup>2</sup>, H<sub>2</sub>O", "the 21st of 40 km², H2O"),
    ],
)
def test_superscripts(tmp_path: Path, text: str, read_as: str) -> None:
    assert texts(tmp_path, text) == [read_as]


def test_footnotes_are_separate_and_labelled(tmp_path: Path) -> None:
    reading = read(
        tmp_path, "It is so.[^1] And so.[^note]\n\n[^1]: See A.\n[^note]: See B.\n\n    More of B.\n\nEnd.\n"
    )
    assert [part.text for part in reading.parts] == [
        "It is so.[1] And so.[note]", "End.", "[1] See A.", "[note] See B.", "More of B.",
    ]  # fmt: skip
    assert [part.kind for part in reading.parts[2:]] == [BlockKind.FOOTNOTE] * 3


def test_html_blocks_are_read_without_scripts(tmp_path: Path) -> None:
    text = (
        "<script>\nsteal();\n</script>\n\n<style>\np {}\n</style>\n\n<!-- a comment\nover lines -->\n\n"
        "<div>\n<p>A block.</p>\n<script>leak()</script></div>\n\n"
        "<table><tr><td>Kigali</td><td>68</td></tr></table>\n\n</div>\n\nText.\n"
    )
    assert texts(tmp_path, text) == ["A block.", "Kigali | 68", "Text."]


def test_inline_html_leaves_only_text(tmp_path: Path) -> None:
    text = 'Before <!-- hidden --> <b class="x">bold</b> <script>leak()</script><style>p{}</style>&amp; after<br>next'
    assert " ".join(texts(tmp_path, text)[0].split()) == "Before bold & after next"


def test_line_breaks_and_code(tmp_path: Path) -> None:
    assert texts(tmp_path, "soft\nbreak  \nhard\n\n```python\nx = 1\n```\n\n    indented\n") == [
        "soft break\nhard", "x = 1", "indented",
    ]  # fmt: skip


PROSE = "The Forum met in Kigali, and its members agreed on what a register of systems has to hold."


def levels(folder: Path, text: str) -> list[tuple[int, str]]:
    return [(part.level, part.text) for part in read(folder, text).parts]


def test_bold_line_is_a_heading_one_level_down(tmp_path: Path) -> None:
    text = f"**Before**\n\n{PROSE}\n\n## Two\n\n**Under <u>it</u>:**\n\n- a\n\n**At the line's end**  \n{PROSE}\n"
    assert levels(tmp_path, text) == [
        (2, "Before"), (0, PROSE), (2, "Two"), (3, "Under it:"), (0, "- a"), (3, "At the line's end"), (0, PROSE),
    ]  # fmt: skip


def test_bold_run_in_heading(tmp_path: Path) -> None:
    text = f"**Purpose.** *{PROSE}*\n\n**Section 1. Scope.** {PROSE}\n\n**THE CHAIR:** {PROSE}\n"
    assert levels(tmp_path, text) == [
        (2, "Purpose"), (0, PROSE), (0, f"Section 1. Scope. {PROSE}"), (0, f"THE CHAIR: {PROSE}"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE}\n\n**In bold at the end**\n",
        f"**said the chair of the Forum.**\n\n{PROSE}\n",
        f"**The members agreed on all of it at once, and without a vote.**\n\n{PROSE}\n",
        f"- **In a list**\n\n{PROSE}\n",
        f"**KIGALI.** – {PROSE}\n",
    ],
)
def test_other_bold_words_are_text(tmp_path: Path, text: str) -> None:
    assert HEADING not in {part.kind for part in read(tmp_path, text).parts}


def test_author_names_above_addresses_are_not_headings(tmp_path: Path) -> None:
    text = f"# Title\n\n#### Jane Doe\n\nProfessor,\n\ne-mail: j@x.org\n\n#### Open Questions\n\n{PROSE}\n"
    assert [part.text for part in read(tmp_path, text).parts if part.kind is HEADING] == ["Title", "Open Questions"]


def test_quotes_have_their_kind(tmp_path: Path) -> None:
    reading = read(tmp_path, "> It is so.\n>\n> - in all\n\nHe said.\n")
    assert [part.kind for part in reading.parts] == [BlockKind.QUOTE, ITEM, BlockKind.PARAGRAPH]


def test_leftover_bold_markup_is_removed(tmp_path: Path) -> None:
    assert texts(tmp_path, "**Jane Doe, chair: **“So it is,” or ~~never~~ not\u00a0 x\n") == [
        "Jane Doe, chair: “So it is,” or not x"
    ]


def test_indented_paragraphs_are_not_code(tmp_path: Path) -> None:
    assert texts(tmp_path, "     By the authority vested in me, it is\nhereby ordered.\n\n     Sec. 2. More.\n") == [
        "By the authority vested in me, it is hereby ordered.",
        "Sec. 2. More.",
    ]
