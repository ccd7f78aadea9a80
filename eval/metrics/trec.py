"""Retrieval in the formats of TREC, and the ranking measures of `ir-measures`.

A passage is relevant if it contains any of the question's evidence. Evidence that no retrieved passage contains is
added to the relevance file under an id of its own, so that questions whose evidence was missed are counted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

import ir_measures
from ir_measures import RR, Measure, Qrel, ScoredDoc, Success

from pincite.eval.judging.responses import RetrievedText
from pincite.eval.judging.verdicts import Verdict

NAMES: Mapping[Measure, str] = {Success @ 5: "Evidence@5", Success @ 10: "Evidence@10", RR @ 10: "RR@10"}


def trec_id(text: RetrievedText, rank: int) -> str:
    """An id without white space: document and offsets, or the rank if there are no offsets."""
    location = f"{text.start}-{text.end}" if text.start is not None else f"rank-{rank}"
    return f"{quote(text.document)}#{location}"


def run_of(verdict: Verdict) -> list[ScoredDoc]:
    """The texts retrieved for a question, scored by reciprocal rank since the order of equal scores would be lost."""
    names = (trec_id(text, rank) for rank, text in enumerate(verdict.response.evidence, 1))
    return [ScoredDoc(verdict.question.id, name, 1 / rank) for rank, name in enumerate(dict.fromkeys(names), 1)]


def qrels_of(verdict: Verdict) -> list[Qrel]:
    """The texts relevant to a question."""
    question, missed = verdict.question, set(range(len(verdict.question.evidence)))
    relevant: dict[str, None] = {}
    for rank, (text, contained) in enumerate(zip(verdict.response.evidence, verdict.retrieved, strict=True), 1):
        if contained:
            relevant[trec_id(text, rank)] = None
            missed.difference_update(contained)
    relevant |= {f"{quote(question.evidence[n].document)}#evidence-{n + 1}": None for n in sorted(missed)}
    return [Qrel(question.id, name, 1) for name in relevant]


def run_and_qrels(verdicts: Iterable[Verdict]) -> tuple[list[ScoredDoc], list[Qrel]]:
    """Run and relevance judgements of the answerable questions."""
    answerable = [verdict for verdict in verdicts if verdict.question.answerable]
    run = [scored for verdict in answerable for scored in run_of(verdict)]
    return run, [qrel for verdict in answerable for qrel in qrels_of(verdict)]


def measures_by_question(run: Sequence[ScoredDoc], qrels: Sequence[Qrel]) -> dict[str, dict[str, float]]:
    """Evidence@5, Evidence@10 and RR@10 by question; 0 if nothing was retrieved for it."""
    by_question = {qrel.query_id: dict.fromkeys(NAMES.values(), 0.0) for qrel in qrels}
    if run:
        for metric in ir_measures.iter_calc(list(NAMES), qrels, run):
            by_question[metric.query_id][NAMES[metric.measure]] = float(metric.value)
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
