from pathlib import Path

from pincite.ingest.jsonl import append_line, json_line, whole_lines


def test_a_line_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    assert whole_lines(path) == []
    append_line(path, {"id": "q1"})
    with path.open("ab") as file:
        file.write('{"id": "запит'.encode()[:-1])
    assert whole_lines(path) == [json_line({"id": "q1"})]
