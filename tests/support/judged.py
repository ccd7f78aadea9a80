"""Small handmade gold questions and responses for the tests of evaluation."""

from collections.abc import Sequence
from typing import Any

from pincite.eval.judging.gold import GoldEvidence, GoldQuestion, Nugget
from pincite.eval.judging.responses import RESPONSE, SystemResponse
from pincite.eval.judging.verdicts import Verdict, judge

QUOTE = "fines of up to EUR 7.5 million under Article 5(1)"


def gold(identity: str = "q1", **fields: Any) -> GoldQuestion:
    """An answerable question with two vital nuggets, one more, and a piece of evidence on page 3, Article 5(1)."""
    known: dict[str, Any] = {
        "question": "What do they risk?",
        "answerable": True,
        "kind": "fact",
        "nuggets": (Nugget(("EUR 7.5 million",)), Nugget(("Article 5(1)",)), Nugget(("deterrent",), vital=False)),
        "evidence": (GoldEvidence("a.md", QUOTE, 3, "Article 5(1)"),),
    }
    return GoldQuestion(identity, **(known | fields))


def nobody_knows(identity: str = "u1") -> GoldQuestion:
    """An unanswerable question."""
    return gold(identity, answerable=False, kind="unanswerable", nuggets=(), evidence=())


def answer(identity: str = "q1", text: str = "EUR 7.5 million [1].", **fields: Any) -> SystemResponse:
    """An answer in Pincite's format."""
    return RESPONSE.validate_python({"id": identity, "answer": text, "abstained": False, **fields})


def abstention(identity: str = "q1") -> SystemResponse:
    """An abstention whose text nevertheless contains a nugget."""
    return answer(identity, "The documents do not answer; another one mentions EUR 7.5 million.", abstained=True)


def cited(quote: str = QUOTE, document: str = "a.md", **fields: Any) -> dict[str, Any]:
    """A citation in Pincite's format."""
    return {"n": 1, "document": document, "quote": quote, "start": 0, "end": len(quote)} | fields


def judged(question: GoldQuestion, response: SystemResponse, resolves: Sequence[bool] | None = None) -> Verdict:
    """The verdict on a response; its citations resolve unless `resolves` says otherwise."""
    flags = [True] * len(response.citations) if resolves is None else resolves
    return judge(question, response, dict(enumerate(flags)))
