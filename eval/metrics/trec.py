"""Retrieval as the field exchanges it: TREC run and relevance files, and the ranking measures of `ir-measures` on them.

A passage is relevant when it holds any of the question's evidence. Evidence that no retrieved passage holds stands in
the relevance file under an id of its own, so that a question whose evidence was missed is not left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

import ir_measures
from ir_measures import RR, Measure, Qrel, ScoredDoc, Success

from pincite.eval.judging.answers import Retrieved
from pincite.eval.judging.verdicts import Verdict

NAMED: Mapping[Measure, str] = {Success @ 5: "Evidence@5", Success @ 10: "Evidence@10", RR @ 10: "RR@10"}


def identity(found: Retrieved, rank: int) -> str:
    """A passage's name in these files, without white space: document and offsets, or the rank where none are known."""
    place = f"{found.start}-{found.end}" if found.start is not None else f"rank-{rank}"
    return f"{quote(found.document)}#{place}"


def run_of(verdict: Verdict) -> list[ScoredDoc]:
    """What was retrieved for a question. One over the rank is the score: systems may give equal scores in an order."""
    names = (identity(found, rank) for rank, found in enumerate(verdict.answered.evidence, 1))
    return [ScoredDoc(verdict.question.id, name, 1 / rank) for rank, name in enumerate(dict.fromkeys(names), 1)]


def qrels_of(verdict: Verdict) -> list[Qrel]:
    """What is relevant to a question."""
    question, missed = verdict.question, set(range(len(verdict.question.evidence)))
    relevant: dict[str, None] = {}
    for rank, (found, held) in enumerate(zip(verdict.answered.evidence, verdict.retrieved, strict=True), 1):
        if held:
            relevant[identity(found, rank)] = None
            missed.difference_update(held)
    relevant |= {f"{quote(question.evidence[n].document)}#evidence-{n + 1}": None for n in sorted(missed)}
    return [Qrel(question.id, name, 1) for name in relevant]


def ranking(verdicts: Iterable[Verdict]) -> tuple[list[ScoredDoc], list[Qrel]]:
    """Run and relevance of the answerable questions."""
    answerable = [verdict for verdict in verdicts if verdict.question.answerable]
    run = [scored for verdict in answerable for scored in run_of(verdict)]
    return run, [qrel for verdict in answerable for qrel in qrels_of(verdict)]


def ranks(run: Sequence[ScoredDoc], qrels: Sequence[Qrel]) -> dict[str, dict[str, float]]:
    """Evidence@5, Evidence@10 and RR@10 by question; 0 for one for which nothing was retrieved."""
    by_question = {qrel.query_id: dict.fromkeys(NAMED.values(), 0.0) for qrel in qrels}
    if run:
        for metric in ir_measures.iter_calc(list(NAMED), qrels, run):
            by_question[metric.query_id][NAMED[metric.measure]] = float(metric.value)
    return by_question


def trec_run(run: Iterable[ScoredDoc], name: str = "pincite") -> Iterator[str]:
    """Lines of a TREC run: question, Q0, passage, rank, score, name of the system."""
    rank, last = 0, None
    for scored in run:
        rank = rank + 1 if scored.query_id == last else 1
        last = scored.query_id
        yield f"{quote(scored.query_id)} Q0 {scored.doc_id} {rank} {scored.score:.6f} {name}\n"


def trec_qrels(qrels: Iterable[Qrel]) -> Iterator[str]:
    """Lines of a TREC relevance file: question, 0, passage, relevance."""
    return (f"{quote(qrel.query_id)} 0 {qrel.doc_id} {qrel.relevance}\n" for qrel in qrels)
