import importlib.metadata
from dataclasses import replace
from pathlib import Path

import pytest

from pincite.eval.bench.retrieval.peers import NO_SOURCE, PEER_SETTINGS, SOURCES, Peer, answer_one, open_peer
from pincite.eval.bench.retrieval.peers_table import (
    NO_MODEL,
    PeerComparison,
    evenly_spaced,
    kept_answers,
    run_system,
    table,
    texts_of,
)
from pincite.eval.judging.citation_lookup import contains_quote
from pincite.eval.judging.gold import GoldEvidence, GoldQuestion, Nugget
from pincite.eval.judging.verdicts import AnswerOutcome
from pincite.eval.runs.run_folder import write_gold
from pincite.ingest.errors import BadInput
from pincite.ingest.index.index import Index
from support.scripted_llm import ScriptedLLM

INSTALLED = {distribution.name.lower() for distribution in importlib.metadata.distributions()}
LLAMA_INDEX = {"llama-index-retrievers-bm25", "llama-index-embeddings-huggingface"} <= INSTALLED
pytestmark = [
    pytest.mark.skipif(not LLAMA_INDEX, reason="make bench-peers installs LlamaIndex's BM25 retriever and embeddings"),
    pytest.mark.filterwarnings("ignore"),  # LlamaIndex's own
]

RESOLUTION = "resolutions/MF-RES-3-2-amendments-pooled-computing.pdf"
SITE = GoldEvidence(RESOLUTION, "by adding as sub-paragraph (d) a fourth host site, Windhoek (Namibia)")


def gold(name: str, question: str, fact: str) -> GoldQuestion:
    nuggets = (Nugget((fact,)),)
    return GoldQuestion(name, question, answerable=True, kind="fact", nuggets=nuggets, evidence=(SITE,))


QUESTION = gold("site", "Which fourth host site was added by amending the pooled computing resolution?", "Windhoek")
COUNTRY = gold("country", "In which country is the fourth host site Windhoek?", "Namibia")
WRITTEN = "The fourth site is Windhoek in Namibia [1, 9], as was decided [1]."


def lexical_peer(index: Index, llm: ScriptedLLM | None) -> Peer:
    return open_peer(PEER_SETTINGS["bm25"], texts_of(index), llm)


@pytest.fixture
def comparison(sample_folder: Path, tmp_path: Path) -> PeerComparison:
    comparison = PeerComparison(sample_folder, tmp_path, [QUESTION, COUNTRY], "scripted")
    write_gold(comparison.gold, comparison.questions)
    return comparison


def test_citation_marks_become_the_texts_of_their_sources(sample: Index) -> None:
    llm = ScriptedLLM(replies=[WRITTEN])
    response = answer_one(lexical_peer(sample, llm), QUESTION)
    first, invented = response.citations
    assert (first.n, first.document) == (1, response.evidence[0].document)
    assert first.quote == response.evidence[0].text
    assert f"Source 1:\n{first.quote}" in llm.prompts[0]
    assert contains_quote(sample.document(first.document).text, first.quote)
    assert (invented.n, invented.document) == (9, NO_SOURCE)


def test_the_model_gets_the_prompt_of_the_engines_own_query(sample: Index) -> None:
    llm = ScriptedLLM(replies=[WRITTEN])
    peer = lexical_peer(sample, llm)
    assert peer.engine
    response = answer_one(peer, QUESTION)
    peer.engine.retriever.similarity_top_k = SOURCES
    assert str(peer.engine.query(QUESTION.question)) == response.answer
    assert llm.prompts[0] == llm.prompts[1]


def test_a_failure_has_a_reason_and_keeps_the_retrieved_texts(sample: Index) -> None:
    response = answer_one(lexical_peer(sample, ScriptedLLM(replies=[WRITTEN], context_window=100)), QUESTION)
    assert response.failed
    assert response.reason
    assert response.evidence
    assert not response.is_attempt


def test_a_citation_mark_without_a_source_is_a_miss(comparison: PeerComparison) -> None:
    run = run_system("bm25", comparison, ScriptedLLM(replies=[WRITTEN, "It is in Namibia."]))
    marked, unmarked = run.scored
    assert [one.resolves for one in marked.verdict.citations] == [True, False]
    assert marked.verdict.outcome is unmarked.verdict.outcome is AnswerOutcome.COMPLETE
    assert unmarked.verdict.citations == ()
    figure = run.scores.measures["CitationPrecision"]
    assert (figure.value, figure.of) == (0.5, 2)
    assert "| bm25 | 1.00 |" in table({"bm25": run}, answers=True)[2]


def test_answers_are_kept_but_never_those_of_another_model(comparison: PeerComparison) -> None:
    llm = ScriptedLLM(replies=[WRITTEN])
    first, second = (run_system("bm25", comparison, llm).scored for _ in range(2))
    assert len(llm.prompts) == 2
    assert [one.verdict for one in first] == [one.verdict for one in second]
    with pytest.raises(BadInput, match="another model or index"):
        kept_answers(comparison.out / "bm25.jsonl", comparison, "another index")


def test_without_a_model_a_peer_only_retrieves(sample: Index) -> None:
    texts = {path: text for path, text in texts_of(sample).items() if path.startswith("resolutions/")}
    response = answer_one(open_peer(PEER_SETTINGS["llama-index-256"], texts, None), COUNTRY)
    assert (response.answer, response.citations, response.failed) == ("", (), False)
    assert response.evidence[0].document == RESOLUTION
    assert len(response.evidence) >= 10
    assert all(contains_quote(texts[found.document], found.text) for found in response.evidence)


def test_retrieval_is_judged_without_a_model(comparison: PeerComparison) -> None:
    run = run_system("bm25", replace(comparison, spec=NO_MODEL), None)
    verdict = run.scored[0].verdict
    first = next(rank for rank, contained in enumerate(verdict.retrieved, 1) if contained)
    assert run.scored[0].parts["RR@10"] == (1 / first, 1.0)
    assert sum(len(found.text.split()) for found in verdict.response.evidence) >= 1500
    assert table({"bm25": run}, answers=False)[0].count("|") == 8


def test_pincite_is_in_the_same_table(comparison: PeerComparison) -> None:
    run = run_system("pincite", comparison, None)
    header, _, row = table({"pincite": run}, answers=True)
    assert header.count("|") == row.count("|")
    assert row.endswith(" 0 |")
    assert "–" not in row


def test_some_of_the_questions_are_evenly_spaced() -> None:
    questions = [QUESTION] * 3 + [COUNTRY] * 3
    assert evenly_spaced(questions, 2) == [QUESTION, COUNTRY]
    assert evenly_spaced(questions, None) == evenly_spaced(questions, 9) == questions
