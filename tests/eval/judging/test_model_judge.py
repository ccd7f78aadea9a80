from pathlib import Path

import pytest

from pincite.answer.models.prompts import JUDGE_INSTRUCTIONS
from pincite.eval.judging import model_judge
from pincite.eval.judging.model_judge import agreements, judge_answers, read_judgements
from pincite.eval.runs.run_folder import JUDGEMENTS
from support.judged import abstention, answer, cited, gold, judged
from support.scripted_llm import ScriptedLLM

TEXT = "The fine is EUR 7.5 million. [1]"
STATEMENTS = [{"text": "The fine is EUR 7.5 million.", "support": "supported", "citations": [1]}]
RESPONSE = judged(gold(), answer(text=TEXT, statements=STATEMENTS, citations=[cited()]))


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> ScriptedLLM:
    llm = ScriptedLLM(replies=["Yes.", "**yes**", "No, it does not.", "Hard to say."])
    monkeypatch.setattr(model_judge, "open_llm", lambda _spec: llm)
    return llm


def test_a_model_judges_each_statement_and_each_nugget(scripted: ScriptedLLM, tmp_path: Path) -> None:
    judge_answers(tmp_path / JUDGEMENTS, [RESPONSE, judged(gold("q2"), abstention("q2"))], "ollama:any")
    [judgement] = read_judgements(tmp_path / JUDGEMENTS)  # an abstention is not judged
    assert (judgement.support, judgement.nuggets) == ((True,), (True, False, None))
    assert len(scripted.prompts) == 4
    assert JUDGE_INSTRUCTIONS in scripted.prompts[0]
    assert "fines of up to EUR 7.5 million" in scripted.prompts[0]  # the quote, not the answer
    assert "(1)" in scripted.prompts[1]  # the citation mark is sanitised


def test_agreement_with_the_measures_computed_by_hand(scripted: ScriptedLLM, tmp_path: Path) -> None:
    judge_answers(tmp_path / JUDGEMENTS, [RESPONSE], "ollama:any")
    found = agreements([RESPONSE], read_judgements(tmp_path / JUDGEMENTS))
    assert scripted.replies
    assert (found["StatementSupport"].of, found["StatementSupport"].agreement) == (1, 1.0)
    nuggets = found["NuggetRecall"]  # measured: found, missed, missed; the model: yes, no, neither
    assert (nuggets.of, nuggets.unreadable, nuggets.agreement, nuggets.kappa) == (2, 1, 1.0, 1.0)


def test_judgements_are_kept_until_the_answer_changes(scripted: ScriptedLLM, tmp_path: Path) -> None:
    judge_answers(tmp_path / JUDGEMENTS, [RESPONSE], "ollama:any")
    judge_answers(tmp_path / JUDGEMENTS, [RESPONSE], "ollama:any")
    assert len(scripted.prompts) == 4
    other = judged(gold(), answer(text="Nobody knows."))
    assert agreements([other], read_judgements(tmp_path / JUDGEMENTS)) == {}
    judge_answers(tmp_path / JUDGEMENTS, [other], "ollama:any")
    assert len(scripted.prompts) == 7  # three nuggets, no statement
