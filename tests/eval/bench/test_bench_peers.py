import importlib.metadata
from dataclasses import replace
from pathlib import Path

import pytest

from pincite.eval.bench.retrieval.peers import NO_SOURCE, RECIPES, SOURCES, Peer, answer_one, open_peer
from pincite.eval.bench.retrieval.peers_table import NO_MODEL, Job, kept_answers, run_system, spread, table, texts_of
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


def words_peer(index: Index, llm: ScriptedLLM | None) -> Peer:
    return open_peer(RECIPES["bm25"], texts_of(index), llm)


@pytest.fixture
def job(sample_folder: Path, tmp_path: Path) -> Job:
    job = Job(sample_folder, tmp_path, [QUESTION, COUNTRY], "scripted")
    write_gold(job.gold, job.questions)
    return job


def test_marks_become_the_texts_of_their_sources(sample: Index) -> None:
    llm = ScriptedLLM(replies=[WRITTEN])
    answered = answer_one(words_peer(sample, llm), QUESTION)
    first, invented = answered.citations
    assert (first.n, first.document) == (1, answered.evidence[0].document)
    assert first.quote == answered.evidence[0].text
    assert f"Source 1:\n{first.quote}" in llm.prompts[0]
    assert contains_quote(sample.document(first.document).text, first.quote)
    assert (invented.n, invented.document) == (9, NO_SOURCE)


def test_the_engine_is_asked_what_its_own_query_asks(sample: Index) -> None:
    llm = ScriptedLLM(replies=[WRITTEN])
    peer = words_peer(sample, llm)
    assert peer.engine
    answered = answer_one(peer, QUESTION)
    peer.engine.retriever.similarity_top_k = SOURCES
    assert str(peer.engine.query(QUESTION.question)) == answered.answer
    assert llm.prompts[0] == llm.prompts[1]


def test_a_failure_is_told_and_what_was_retrieved_is_kept(sample: Index) -> None:
    answered = answer_one(words_peer(sample, ScriptedLLM(replies=[WRITTEN], context_window=100)), QUESTION)
    assert answered.failed
    assert answered.reason
    assert answered.evidence
    assert not answered.attempts


def test_a_mark_without_a_source_counts_as_a_wrong_citation(job: Job) -> None:
    run = run_system("bm25", job, ScriptedLLM(replies=[WRITTEN, "It is in Namibia."]))
    marked, unmarked = run.scored
    assert [one.resolves for one in marked.verdict.citations] == [True, False]
    assert marked.verdict.outcome is unmarked.verdict.outcome is AnswerOutcome.COMPLETE
    assert unmarked.verdict.citations == ()
    figure = run.scores.measures["CitationPrecision"]
    assert (figure.value, figure.of) == (0.5, 2)
    assert "| bm25 | 1.00 |" in table({"bm25": run}, answers=True)[2]


def test_an_answer_is_asked_for_once_and_never_taken_from_another_model(job: Job) -> None:
    llm = ScriptedLLM(replies=[WRITTEN])
    first, second = (run_system("bm25", job, llm).scored for _ in range(2))
    assert len(llm.prompts) == 2
    assert [one.verdict for one in first] == [one.verdict for one in second]
    with pytest.raises(BadInput, match="another model or index"):
        kept_answers(job.out / "bm25.jsonl", job, "another index")


def test_vectors_alone_rank_and_say_nothing(sample: Index) -> None:
    texts = {path: text for path, text in texts_of(sample).items() if path.startswith("resolutions/")}
    answered = answer_one(open_peer(RECIPES["llama-index-256"], texts, None), COUNTRY)
    assert (answered.answer, answered.citations, answered.failed) == ("", (), False)
    assert answered.evidence[0].document == RESOLUTION
    assert len(answered.evidence) >= 10
    assert all(contains_quote(texts[found.document], found.text) for found in answered.evidence)


def test_ranks_are_judged_without_a_model(job: Job) -> None:
    run = run_system("bm25", replace(job, spec=NO_MODEL), None)
    verdict = run.scored[0].verdict
    first = next(rank for rank, held in enumerate(verdict.retrieved, 1) if held)
    assert run.scored[0].parts["RR@10"] == (1 / first, 1.0)
    assert sum(len(found.text.split()) for found in verdict.response.evidence) >= 1500
    assert table({"bm25": run}, answers=False)[0].count("|") == 8


def test_pincite_stands_in_the_same_table(job: Job) -> None:
    run = run_system("pincite", job, None)
    header, _, row = table({"pincite": run}, answers=True)
    assert header.count("|") == row.count("|")
    assert row.endswith(" 0 |")
    assert "–" not in row


def test_a_part_of_the_questions_is_spread_over_all_of_them() -> None:
    questions = [QUESTION] * 3 + [COUNTRY] * 3
    assert spread(questions, 2) == [QUESTION, COUNTRY]
    assert spread(questions, None) == spread(questions, 9) == questions
