import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.command import Pincite, one_sentence
from support.contract import ANSWER, CITATION, EVIDENCE, fits
from support.families import LAST_RULE, RULES, library_of_rules

ROOT = Path(__file__).parents[2]
AMENDMENT = "resolutions/MF-RES-3-2-amendments-pooled-computing.pdf"
SUMMARY = [
    "schema",
    "added",
    "updated",
    "unchanged",
    "moved",
    "removed",
    "rejected",
    "warnings",
    "documents",
    "passages",
    "seconds",
]


def test_ingest_prints_the_documented_summary(pincite: Pincite, corpus: Path, tmp_path: Path) -> None:
    run = pincite("ingest", str(corpus / "articles"), "--index", str(tmp_path / "i"), "--json")
    summary = json.loads(run.out)
    assert run.code == 0
    assert sorted(summary) == sorted(SUMMARY)
    assert (summary["schema"], summary["added"], summary["documents"]) == (1, 4, 4)
    assert list(summary["seconds"]) == ["read", "embed", "write", "total"]


def test_a_rejected_file_is_named_and_the_exit_code_is_3(pincite: Pincite, corpus: Path, tmp_path: Path) -> None:
    shutil.copy(corpus / "articles" / "one-table-or-many.md", tmp_path / "good.md")
    (tmp_path / "bad.pdf").write_text("just text", encoding="utf-8")
    run = pincite("ingest", str(tmp_path), "--index", str(tmp_path / ".i"), "--json")
    assert run.code == 3
    assert json.loads(run.out)["added"] == 1
    assert json.loads(run.out)["rejected"][0]["document"] == "bad.pdf"
    assert "Rejected bad.pdf" in pincite("ingest", str(tmp_path), "--index", str(tmp_path / ".i")).err


def test_the_exit_code_is_1_if_nothing_was_done(pincite: Pincite, tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_text("just text", encoding="utf-8")
    assert pincite("ingest", str(tmp_path), "--index", str(tmp_path / ".i")).code == 1
    assert one_sentence(pincite("ingest", str(tmp_path / "missing"), "--index", str(tmp_path / ".i")))


def test_list_names_every_document(pincite: Pincite) -> None:
    listed = json.loads(pincite("list", "--json").out)
    assert len(listed) == 12
    assert AMENDMENT in [entry["document"] for entry in listed]
    assert AMENDMENT in pincite("list").out


def test_show_prints_the_canonical_text_and_nothing_else(pincite: Pincite) -> None:
    text = pincite("show", AMENDMENT, "--text").out
    assert text[30:90] == pincite("show", AMENDMENT, "--start", "30", "--end", "90").out
    assert pincite("show", AMENDMENT, "--page", "2").out in text
    assert "MF/RES/3/2" in pincite("show", AMENDMENT).out


@pytest.mark.parametrize(
    "words",
    [
        ("show", "nowhere.pdf"),
        ("show", AMENDMENT, "--page", "99"),
        ("show", AMENDMENT, "--start", "5", "--end", "99999999"),
        ("show", "articles/one-table-or-many.md", "--page", "1"),
        ("remove", "nowhere.pdf"),
        ("search", " "),
        ("ask", ""),
        ("ask", "x" * 100_000),
        ("ask", "What now?", "--llm", "oracle"),
        ("ask", "What now?", "--after", "soon"),
        ("ask", "What now?", "--kind", "poem"),
        ("ask", "What now?", "--index", "nowhere"),
        ("ask", "What is the Forum?", "--llm", "openai-like:m@http://127.0.0.1:9/v1"),
        ("search", "energy", "--chroma", "http://127.0.0.1:9"),
    ],
)
def test_mistakes_get_one_sentence(pincite: Pincite, words: tuple[str, ...]) -> None:
    run = pincite(*words)
    assert one_sentence(run), run


def test_a_port_in_use_gets_one_sentence(pincite: Pincite) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert one_sentence(pincite("serve", "--port", str(taken.getsockname()[1])))


def test_search_and_ask_print_the_documented_json(pincite: Pincite) -> None:
    evidence = json.loads(pincite("search", "pooled computing energy", "--top", "4", "--json").out)
    assert len(evidence) == 4
    assert all(fits(found, EVIDENCE) for found in evidence)
    answer = json.loads(pincite("ask", "When was the Meridian Forum founded?", "--json").out)
    assert fits(answer, ANSWER)
    assert all(fits(citation, CITATION) for citation in answer["citations"])


WIDEST = 100  # columns of a wrapped text


def test_ask_wraps_at_words_and_says_files_and_offsets_only_if_asked(pincite: Pincite) -> None:
    short, verbose = (
        pincite("ask", "When was the Meridian Forum founded?", *more).out for more in ((), ("--verbose",))
    )
    assert max(map(len, short.splitlines())) <= WIDEST
    assert "characters " not in short
    assert "“" not in short.partition("Sources:")[2]  # the quotes are the answer
    assert "characters " in verbose
    assert "“" in verbose.partition("Sources:")[2]


def test_points_hang_by_their_marks_and_a_source_is_named_once(pincite: Pincite) -> None:
    out = pincite("ask", "What does para 5 of MF/RES/2/4 say?").out
    points = [line for line in out.splitlines() if line.startswith("(a) ")]
    assert len(points) == 1
    assert out.splitlines()[out.splitlines().index(points[0]) + 1].startswith("    ")
    sources = pincite("ask", "Compare MF/RES/2/4 and MF/RES/3/2 on private applicants").out.partition("Sources:")[2]
    assert sources.count("Meridian Forum Assembly, MF/RES/2/4") == 1
    assert "[2] Ibid., para. 5 (b)" in sources


def test_rows_are_a_table_under_their_heads_behind_the_mark(pincite: Pincite) -> None:
    lines = pincite("ask", "How many accelerators were installed at Kigali on 30 June 2025?").out.splitlines()
    heads = next(n for n, line in enumerate(lines) if line.startswith("Site "))
    assert lines[heads - 1].endswith("[1]")
    assert set(lines[heads + 1]) == {"─"}
    assert lines[0] == "Kigali, 30 June 2025: 1,150"
    kigali = next(line for line in lines if line.startswith("Kigali "))
    assert kigali.split() == ["Kigali", "1,150", "1,450", "1,800", "2,100"]
    assert kigali.index("1,150") + len("1,150") == lines[heads].index("30 June 2025") + len("30 June 2025")


def test_what_is_left_out_is_shown_with_all(pincite: Pincite, tmp_path: Path) -> None:
    words = ("ask", RULES, "--index", str(library_of_rules(tmp_path)))
    short, whole = pincite(*words).out, pincite(*words, "--all").out
    assert "15 of 40 items are shown." in short
    assert "--all shows what is left out." in short
    assert (LAST_RULE in short, LAST_RULE in whole) == (False, True)
    assert "--all" not in whole
    assert json.loads(pincite(*words, "--json").out)["more"] == 25
    assert "more" not in json.loads(pincite(*words, "--json", "--all").out)


def test_batch_answers_whole_with_all(pincite: Pincite, tmp_path: Path) -> None:
    (tmp_path / "asked.txt").write_text(f"{RULES}\n", encoding="utf-8")
    words = ("batch", str(tmp_path / "asked.txt"), "--index", str(library_of_rules(tmp_path)), "--out")
    short, whole = tmp_path / "short.md", tmp_path / "whole.md"
    pincite(*words, str(short))
    pincite(*words, str(whole), "--all")
    assert "15 of 40 items are shown." in short.read_text(encoding="utf-8")
    assert LAST_RULE in whole.read_text(encoding="utf-8")


def test_citations_resolve_through_show(pincite: Pincite) -> None:
    answer = json.loads(pincite("ask", "When was the Meridian Forum founded?", "--json").out)
    for citation in answer["citations"]:
        place = ("--start", str(citation["start"]), "--end", str(citation["end"]))
        assert pincite("show", citation["document"], *place).out == citation["quote"]


def test_answers_list_sources_and_abstentions_the_nearest_passages(pincite: Pincite) -> None:
    assert "Sources:" in pincite("ask", "When was the Meridian Forum founded?").out
    abstained = pincite("ask", "How do I bake sourdough bread?")
    assert abstained.code == 0
    assert "do not answer" in abstained.out
    assert "Nearest passages:" in abstained.out


def test_doctor_finds_the_sample_index_sound(pincite: Pincite) -> None:
    findings = json.loads(pincite("doctor", "--json").out)
    assert findings["sound"]
    assert "sound: 12 documents" in pincite("doctor").out


def test_doctor_reports_a_foreign_index(pincite: Pincite, tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_bytes(b"something else")
    run = pincite("doctor", "--index", str(tmp_path))
    assert run.code == 1
    assert "BAD" in run.out


def test_every_command_has_help_with_an_example(pincite: Pincite) -> None:
    for command in (
        "ingest",
        "list",
        "show",
        "remove",
        "search",
        "ask",
        "doctor",
        "serve",
        "batch",
        "matrix",
        "check",
        "fetch",
        "verify",
    ):
        run = pincite(command, "--help")
        assert run.code == 0
        assert f"Example: pincite {command}" in " ".join(run.out.split())


def test_the_installed_command_runs_cold_without_colours(sample_folder: Path) -> None:
    command = [str(Path(sys.executable).with_name("pincite")), "ask", "When was the Meridian Forum founded?"]
    run = subprocess.run([*command, "--index", str(sample_folder)], capture_output=True, text=True, check=True)
    assert "14 May 2023" in run.stdout
    assert "\x1b" not in run.stdout
    assert run.stderr == ""


def test_show_gives_the_outline_as_a_tree(pincite: Pincite) -> None:
    name = "resolutions/MF-RES-2-4-pooled-computing-facility.html"
    whole = json.loads(pincite("show", name, "--outline", "--json").out)
    fields = ["pinpoint", "title", "start", "end", "page", "children"]

    def check(node: dict[str, Any]) -> Iterator[str]:
        assert list(node) == fields
        assert all(node["start"] <= child["start"] and child["end"] <= node["end"] for child in node["children"])
        yield node["pinpoint"] or ""
        for child in node["children"]:
            yield from check(child)

    pinpoints = list(check(whole))
    assert {"para. 3", "para. 3 (a)", "Annex"} <= set(pinpoints)
    assert "para. 3 (a)" in pincite("show", name, "--outline").out


def test_show_metadata_prints_each_value_with_its_source(pincite: Pincite) -> None:
    records = json.loads(pincite("show", AMENDMENT, "--metadata", "--json").out)
    found = {record["field"]: record for record in records}
    assert found["symbol"]["value"] == "MF/RES/3/2"
    text = pincite("show", AMENDMENT, "--text").out
    assert text[found["title"]["start"] : found["title"]["end"]].endswith(found["title"]["value"])
    assert found["title"]["source"] in pincite("show", AMENDMENT, "--metadata").out
