"""An exception is told behind the rule from which it departs."""

from pathlib import Path

import pytest

from pincite.answer.citation.citation import Span
from pincite.answer.draft.extractive import rule_first
from pincite.answer.draft.rule_before_exception import departs_from
from pincite.answer.draft.sentence import DraftSentence
from pincite.ingest.index.index import open_index
from pincite.ingest.pipeline import ingest

ACT = """# Act on Pilots

## Article 3

1. The harbour master keeps a list of berths.

2. A pilot shall not serve for more than ten hours without rest.

3. Notwithstanding paragraph 2, a pilot may serve for fourteen hours in a storm.
"""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4. Notwithstanding paragraph 2, the report is due at once.", "2"),
        ("By way of derogation from paragraph 1, a deputy may sign.", "1"),
        ("(3) Abweichend von Absatz 1 gilt dies nicht.", "1"),
        ("Par dérogation au paragraphe 3, il peut signer.", "3"),
        ("No obstante lo dispuesto en el apartado 2, podrá firmar.", "2"),
        ("The rule in paragraph 2 holds notwithstanding paragraph 1.", None),
        ("By way of exception from paragraph 2.1, members pay later.", None),  # which is no paragraph 2
    ],
)
def test_an_exception_is_known_by_its_beginning(text: str, number: str | None) -> None:
    match = departs_from().match(text)
    assert (match["number"] if match else None) == number


def test_the_rule_comes_first(tmp_path: Path) -> None:
    (tmp_path / "act.md").write_text(ACT, encoding="utf-8")
    ingest([tmp_path / "act.md"], tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        start = index.document("act.md").text.index("3. Notwithstanding")
        exception = Span("act.md", start, start + 60, "Article 3(3)")
        draft = rule_first(index, [DraftSentence("Notwithstanding …", (exception,))])
        assert [one.spans[0].pinpoint for one in draft] == ["Article 3(2)", "Article 3(3)"]
        assert draft[0].text == "A pilot shall not serve for more than ten hours without rest."
        assert rule_first(index, draft) == draft
