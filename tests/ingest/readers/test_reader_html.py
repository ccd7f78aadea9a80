"""HTML: encodings, the visible main text, points and tables, boilerplate, acts in the layout of EUR-Lex."""

from pathlib import Path

import pytest

from pincite.ingest.document import BlockKind, Reading
from pincite.ingest.errors import RejectedFile
from pincite.ingest.readers.html.reader import fragment_parts, read_html

HEADING, PARAGRAPH, ITEM, TABLE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.TABLE
FILL = "<p>" + "The act itself goes on with many words. " * 10 + "</p>"


def read(folder: Path, content: str | bytes) -> Reading:
    path = folder / "a.html"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_html(path)


def texts(folder: Path, body: str) -> list[str]:
    return [part.text for part in read(folder, f"<html><body>{body}</body></html>").parts]


def test_only_the_main_text_is_read(tmp_path: Path) -> None:
    gone = (
        "<nav>n</nav><script>s()</script><style>p{}</style><noscript>n</noscript><svg><text>v</text></svg>"
        "<button>b</button><select><option>o</option></select><textarea>t</textarea><p class='sr-only'>s</p>"
        "<p style='display: none'>h</p><p hidden>h</p><div style='visibility:hidden'><p>h</p></div><!-- c -->"
        "<header><p>site</p></header><footer><p>site</p></footer><template><p>t</p></template><iframe>i</iframe>"
    )
    assert texts(tmp_path, f"<p>One</p>{gone}<p>Two<script>x()</script> <span hidden>h</span>more</p>") == [
        "One",
        "Two more",
    ]


def test_header_of_an_article_contains_its_title(tmp_path: Path) -> None:
    body = f"<header>site</header><main><article><header><h1>Title</h1></header>{FILL}</article></main>"
    assert texts(tmp_path, body)[0] == "Title"
    assert len(texts(tmp_path, body)) == 2


@pytest.mark.parametrize(
    "frame", ["<main>{}</main>", "<div role='main'>{}</div>", "<article>{}</article>", "<div id='text'>{}</div>"]
)
def test_declared_main_text_excludes_everything_else(tmp_path: Path, frame: str) -> None:
    found = texts(tmp_path, "<div>Skip to content</div>" + frame.format(FILL) + "<p>Share this</p>")
    assert len(found) == 1
    assert found[0].startswith("The act itself")


def test_page_inside_a_form_is_read(tmp_path: Path) -> None:
    assert texts(tmp_path, "<form><input value='x'><label>Search</label><p>The whole page.</p></form>") == [
        "The whole page."
    ]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset='windows-1251'>", "cp1251"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>", "cp1251"),
        ("<meta charset='koi8-u'>", "koi8-u"),
        ("<meta charset='windows-1251'>", "utf-8"),
        ("<meta charset='nonsense'>", "cp1251"),
        ("<meta charset='hex'>", "cp1251"),
        ("", "cp1251"),
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
    ],
)
def test_charset_declared_marked_or_guessed(tmp_path: Path, head: str, encoding: str) -> None:
    text = "Рада ухвалила резолюцію про штучний інтелект і його безпеку в Україні"
    reading = read(tmp_path, f"<html><head>{head}</head><body><p>{text}</p></body></html>".encode(encoding))
    assert [part.text for part in reading.parts] == [text]


def test_latin_1_is_windows_1252_as_in_browsers(tmp_path: Path) -> None:
    page = "<meta charset=iso-8859-1><p>He said “yes” – for 5 €.</p>".encode("cp1252")
    assert read(tmp_path, page).parts[0].text == "He said “yes” – for 5 €."


def test_properties_from_title_and_meta(tmp_path: Path) -> None:
    head = '<title> A title </title><meta name="Date" content="2024-03-21"><meta property="og:x" content="y">'
    assert read(tmp_path, f'<html lang="uk"><head>{head}</head><body><p>x</p></body></html>').properties == {
        "title": " A title ",
        "date": "2024-03-21",
        "og:x": "y",
        "language": "uk",
    }


def point(number: str, *blocks: str) -> str:
    cells = f"<td><p>{number}</p></td><td>{''.join(f'<p>{block}</p>' for block in blocks)}</td>"
    return f"<table><col width='4%'><col width='96%'><tbody><tr>{cells}</tr></tbody></table>"


def test_nested_layout_tables_are_points(tmp_path: Path) -> None:
    inner = point("(i)", "first;") + point("(ii)", "second;")
    outer = f"<table><tr><td>(a)</td><td><p>a practice that:</p>{inner}</td></tr></table>"
    reading = read(tmp_path, f"<p>1. The following:</p>{outer}{point('‘(68)', 'The Act’;', 'More of it.')}")
    assert [(part.kind, part.text) for part in reading.parts] == [
        (PARAGRAPH, "1. The following:"),
        (ITEM, "(a) a practice that:"),
        (ITEM, "(i) first;"),
        (ITEM, "(ii) second;"),
        (ITEM, "‘(68) The Act’;"),
        (PARAGRAPH, "More of it."),
    ]


def test_points_indented_by_an_empty_cell(tmp_path: Path) -> None:
    rows = "<tr><td></td><td>1.</td><td><span>One;</span></td></tr><tr><td></td><td>2.</td><td>Two.</td></tr>"
    assert texts(tmp_path, f"<table>{rows}</table>") == ["1. One;", "2. Two."]


def test_headings_of_acts_by_class(tmp_path: Path) -> None:
    reading = read(tmp_path, "<p class='oj-doc-ti'>REGULATION</p><p class='oj-ti-art'>Article 1</p><h2>Scope</h2>")
    assert [(part.kind, part.level) for part in reading.parts] == [(HEADING, 1), (HEADING, 6), (HEADING, 2)]


def test_data_table_with_caption(tmp_path: Path) -> None:
    rows = "<tr><th>Site</th><th>Use<br>(%)</th></tr><tr><td><p>Kigali</p></td><td>68</td></tr><tr></tr>"
    reading = read(tmp_path, f"<table><caption>Table 1</caption><thead></thead>{rows}</table>")
    assert [(part.kind, part.text) for part in reading.parts] == [
        (PARAGRAPH, "Table 1"),
        (TABLE, "Site | Use (%)\nKigali | 68"),
    ]


def test_cell_spanning_rows_is_repeated_in_each(tmp_path: Path) -> None:
    rows = (
        "<tr><td rowspan='2'>Africa</td><td>2024</td><td>5</td></tr><tr><td>2025</td><td>7</td></tr>"
        "<tr><td colspan='2'>All</td><td rowspan='900'>12</td></tr><tr><td rowspan='x'>Asia</td><td>2024</td></tr>"
    )
    assert texts(tmp_path, f"<table>{rows}</table>") == [
        "Africa | 2024 | 5\nAfrica | 2025 | 7\nAll | 12\nAsia | 2024 | 12"
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>above 10<sup>25</sup> operations</p>", "above 10^25 operations"),
        ("<p>above 10<span class='oj-super'>25</span>.</p>", "above 10^25."),
        ("<p><b>10</b><sup>−9</sup></p>", "10^-9"),
        ("<div>above 10<sup>25</sup> x<p>y</p></div>", "above 10^25 x"),
        ("<p>the Convention<sup>4</sup> of 2024<sup>5</sup></p>", "the Convention[4] of 2024[5]"),
        ("<p>the Committee (<span class='oj-super'>1</span>)</p>", "the Committee (1)"),
        ("<p>the 21<sup>st</sup>, 40 km<sup>2</sup></p>", "the 21st, 40 km²"),
    ],
)
def test_superscripts(tmp_path: Path, html: str, text: str) -> None:
    assert texts(tmp_path, html)[0] == text


def test_loose_text_between_blocks_stays_in_order(tmp_path: Path) -> None:
    body = "loose <b>bold <i>both</i></b> end<p>block</p> tail <a href='x'>link</a><div><span>in</span></div>after"
    assert texts(tmp_path, f"<div>{body}</div>") == ["loose bold both end", "block", "tail link", "in", "after"]
    assert texts(tmp_path, "<b>bold <p>block in it</p> end</b>") == ["bold", "block in it", "end"]


def test_white_space_line_breaks_and_invisible_characters(tmp_path: Path) -> None:
    lists = "<ul><li>one</li><li>two<ul><li>in</li></ul></li></ul>"
    body = "<p> a\n  b\u00a0c<br>d<br><br>e regu\u00adlation</p><p>\u200b</p>"
    assert texts(tmp_path, body + lists) == ["a b c\nd", "e regulation", "one", "two", "in"]


def test_excessive_nesting_is_rejected(tmp_path: Path) -> None:
    assert texts(tmp_path, "<div>" * 200 + "<p>deep</p>" + "</div>" * 200) == ["deep"]
    with pytest.raises(RejectedFile, match="nested too deeply"):
        read(tmp_path, "<div>" * 3000 + "<p>deep</p>")
    with pytest.raises(RejectedFile, match="nested too deeply"):
        fragment_parts("<b>" * 3000 + "deep")


@pytest.mark.parametrize("page", ["<html></html>", "<script>only()</script>", "<!-- only -->", "<p> </p>"])
def test_page_without_text_is_rejected(tmp_path: Path, page: str) -> None:
    with pytest.raises(RejectedFile):
        read(tmp_path, page)


def test_very_long_text_is_read_completely(tmp_path: Path) -> None:
    assert len(texts(tmp_path, f"<p>{'word ' * 2_400_000}</p>")[0]) == 2_400_000 * 5 - 1


def test_empty_fragment_has_no_parts() -> None:
    assert fragment_parts("</div>") == []
    assert fragment_parts("<!-- x -->") == []
    assert [part.text for part in fragment_parts("<p>one<p>two")] == ["one", "two"]


def kinds_and_texts(folder: Path, body: str) -> list[tuple[BlockKind, str]]:
    return [(part.kind, part.text) for part in read(folder, f"<html><body>{body}</body></html>").parts]


@pytest.mark.parametrize(
    "boilerplate",
    [
        "<aside>More</aside>",
        "<div class='breadcrumb'>More</div>",
        "<div class='site-shareBar'><p>More</p></div>",
        "<div role='complementary'><h3>More</h3></div>",
        "<section class='related-posts'>More</section>",
        "<div id='sidebar'>More</div>",
    ],
)
def test_navigation_and_adverts_are_boilerplate(tmp_path: Path, boilerplate: str) -> None:
    assert kinds_and_texts(tmp_path, f"{boilerplate}<h1>Title</h1>{FILL}")[0] == (BlockKind.BOILERPLATE, "More")


def test_element_with_the_main_text_is_never_boilerplate(tmp_path: Path) -> None:
    assert kinds_and_texts(tmp_path, f"<div class='with-sidebar'>{FILL}</div><p>More</p>")[0][0] is PARAGRAPH
    assert kinds_and_texts(tmp_path, f"<div class='menu'><h1>Title</h1></div>{FILL}")[0] == (HEADING, "Title")


@pytest.mark.parametrize("phrase", ["Skip to main content", "Share this article", "Back to top", "Advertisement"])
def test_stock_phrases_are_boilerplate(tmp_path: Path, phrase: str) -> None:
    assert kinds_and_texts(tmp_path, f"<p>{phrase}</p>{FILL}")[0] == (BlockKind.BOILERPLATE, phrase)


def test_list_of_short_links_is_a_menu_and_list_of_reports_is_not(tmp_path: Path) -> None:
    menu = "".join(f"<li><a href='x'>Page {number}</a></li>" for number in range(6))
    reports = "".join(f"<li><a href='x'>A long title of report {number}</a></li>" for number in range(6))
    kinds = [kind for kind, _ in kinds_and_texts(tmp_path, f"<ul>{menu}</ul>{FILL}<ul>{reports}</ul>")]
    assert kinds == [*[BlockKind.BOILERPLATE] * 6, PARAGRAPH, *[ITEM] * 6]


def test_quotes_and_notes_have_their_kinds(tmp_path: Path) -> None:
    notes = "<p class='oj-note'>(1) See A.</p><div role='doc-endnotes'><p>2 B</p></div>"
    body = f"<blockquote><p>It is so.</p></blockquote>{notes}"
    assert kinds_and_texts(tmp_path, body) == [
        (BlockKind.QUOTE, "It is so."),
        (BlockKind.FOOTNOTE, "(1) See A."),
        (BlockKind.FOOTNOTE, "2 B"),
    ]


def test_ordered_lists_have_numbers(tmp_path: Path) -> None:
    listed = "<ol start='3'><li>three</li><li><p>four</p><ol type='a'><li>in</li></ol></li><li value='9'>nine</li></ol>"
    assert texts(tmp_path, listed) == ["3. three", "4. four", "a. in", "9. nine"]
    plain = "<ol style='list-style-type: none'><li>(a) one</li></ol><ol><li>1. own</li></ol>"
    assert texts(tmp_path, plain) == ["(a) one", "1. own"]


def test_levels_of_chapters_sections_and_articles_in_acts(tmp_path: Path) -> None:
    lines = [("ti-section-1", "CHAPTER I"), ("ti-section-2", "RULES"), ("ti-section-1", "SECTION 1")]
    lines += [("ti-section-2", "Classes"), ("ti-art", "Article 1"), ("sti-art", "Scope"), ("doc-ti", "ANNEX I")]
    lines += [("doc-ti", "List of acts"), ("ti-grseq-1", "Section A. New"), ("ti-grseq-1", "1. A point")]
    body = "".join(f"<p class='oj-{name}'>{text}</p>" for name, text in lines)
    levels = [part.level for part in read(tmp_path, body).parts]
    assert levels == [2, 3, 4, 5, 6, 7, 1, 2, 3, 0]


def test_separate_enumerator_joins_its_point(tmp_path: Path) -> None:
    consolidated = "<div class='norm'><span>1.  </span><div>The Board shall act.</div></div>"
    grid = "<div><div><span>(a)  </span></div><div><p>on its own;</p></div></div>"
    assert kinds_and_texts(tmp_path, consolidated + grid + "<p>No.</p><p>It did not.</p>") == [
        (ITEM, "1. The Board shall act."),
        (ITEM, "(a) on its own;"),
        (PARAGRAPH, "No."),
        (PARAGRAPH, "It did not."),
    ]


def test_points_with_dotted_numbers_are_not_headings(tmp_path: Path) -> None:
    assert texts(tmp_path, point("3.2.", "The system shall be assessed.", "And again.")) == [
        "3.2. The system shall be assessed.",
        "And again.",
    ]


def test_preformatted_text_is_read_as_plain_text(tmp_path: Path) -> None:
    lines = "The Assembly decides that each member State shall open, within eighteen\nmonths, a register that is open."
    assert texts(tmp_path, f"<pre>\n{lines}\n\nIt also decides that.\n</pre>") == [
        lines.replace("\n", " "),
        "It also decides that.",
    ]


def test_words_behind_an_unclosed_bullet_are_kept(tmp_path: Path) -> None:
    page = "<pre>\nThe Board asks for:\n<bullet> a light on each quay;\n<bullet> a horn.\nIt meets in May.\n</pre>"
    read = " ".join(texts(tmp_path, page))
    assert [words in read for words in ("a light on each quay", "a horn", "It meets in May")] == [True, True, True]
