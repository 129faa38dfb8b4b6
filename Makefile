# make serve   install, index seeds/ and answer on http://127.0.0.1:8000
# make test    install what the tests need and run them
# make check   everything a change must pass: format, lint, types, layers, openapi.yaml, tests
# make random  test the API with schemathesis under a new random seed; SEED=N repeats a run
# make examples  write the examples in openapi.yaml from a fresh index of seeds/
# make answers  write the statements of seeds/ and the sample as text, to review as a diff
# make figures  write docs/figures.md and README.md's table from bench/history.jsonl
# make train   POLNEAR=folder: retrain the tagger (hours); resumes an interrupted run
# make rank    MENTIONS='identities.json texts/ ...': retrain the ranker of speakers, after make train (minutes)
# make certainty MENTIONS='...': refit the confidence in speakers, after make rank (two minutes)
# make acts    ACTS='acts.json texts/ ...': retrain the classifier of acts (a minute)
# make lock    rewrite the lock files (UPGRADE=--upgrade allows newer versions)

VENV = .venv
BIN = $(VENV)/bin
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: serve test check random examples answers figures train rank certainty acts lock

serve: $(VENV)/.run
	@$(BIN)/onrecord index seeds
	@$(BIN)/onrecord serve

test: $(VENV)/.development
	$(BIN)/pytest

check: $(VENV)/.development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/onrecord openapi --check openapi.yaml
	$(BIN)/pytest

random: export SEED ?= $(shell od -An -N4 -tu4 /dev/urandom | tr -d ' ')
random: $(VENV)/.development
	@echo "SEED=$(SEED)"
	$(BIN)/pytest tests/api/test_live_service.py

examples: export ONRECORD_INDEX = build/examples
examples: export ONRECORD_WRITE_TOKENS = made-up-for-the-examples
examples: $(VENV)/.run
	rm -rf $(ONRECORD_INDEX)
	$(BIN)/onrecord index seeds
	ONRECORD_CHECKS=$(ONRECORD_INDEX)/checks $(BIN)/python -c "from service.api.documented import examples; from service.app import create_app; examples.write(create_app())"
	$(BIN)/onrecord openapi > openapi.yaml

answers: $(VENV)/.development
	$(BIN)/python -m bench.answers

figures: $(VENV)/.run
	$(BIN)/python -m bench.figures

# The stamp is written last: an interrupted installation starts over, and a finished one is
# skipped until its lock file changes.
$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "On Record needs Python 3.11 or newer: make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/.made
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: requirements-development.lock $(VENV)/.run
	$(PIP) install --require-hashes --requirement requirements-development.lock
	@touch $@

# A separate environment: torch is large, and neither the service nor its tests need it.
# WORK holds the checkpoints; MODEL, by default the package's model, is replaced at the end.
TRAINING = build/training/bin
LEARN = $(TRAINING)/python -m training
WORK = build/training/work
MODEL = service/extraction/tagger/model

# Trains runs A and B of training/LOG.md, distils two averages of them into a smaller network,
# trains a larger one that annotates more news (the BBC's, or *.txt under TEXTS), and distils all
# of these into the smaller one again.
train: build/training/.installed
	@test -n "$(POLNEAR)" || { echo "make train POLNEAR=folder (it holds train/text and train/attributions)" >&2; exit 1; }
	$(TRAINING)/pytest -q training/tests
	$(LEARN) learn "$(POLNEAR)" $(WORK)
	$(LEARN) learn "$(POLNEAR)" $(WORK)/b --seed 2 --epochs 3 --begin $(WORK)/epoch4.pt
	$(LEARN) average $(WORK)/first.pt $(WORK)/epoch5.pt $(WORK)/epoch6.pt $(WORK)/epoch7.pt
	$(LEARN) average $(WORK)/second.pt $(WORK)/epoch7.pt $(WORK)/b/epoch3.pt
	$(LEARN) distil "$(POLNEAR)" $(WORK)/student $(WORK)/first.pt $(WORK)/second.pt
	$(LEARN) learn "$(POLNEAR)" $(WORK)/large --large
	$(LEARN) learn "$(POLNEAR)" $(WORK)/larger --large --begin $(WORK)/large/epoch3.pt --seed 2
	$(LEARN) annotate $(WORK)/news $(WORK)/larger/epoch1.pt $(if $(TEXTS),--texts "$(TEXTS)")
	$(LEARN) distil "$(POLNEAR)" $(WORK)/taught $(WORK)/larger/epoch1.pt $(WORK)/first.pt $(WORK)/second.pt \
		--begin $(WORK)/student/epoch4.pt --also $(WORK)/news --epochs 12
	$(LEARN) write $(MODEL) $(WORK)/taught/epoch12.pt

# Trained on the finished tagger, which then outputs only the state that the ranker uses.
rank: build/training/.installed
	@test -n "$(MENTIONS)" || { echo "make rank MENTIONS='identities.json texts/ ...' (files of mentions labelled by people, each followed by the folder of its articles)" >&2; exit 1; }
	$(LEARN).ranking $(MODEL) service/extraction/speakers/ranker.npz $(MENTIONS)

# Refitted after each change to how mentions are resolved; needs no training environment.
certainty: $(VENV)/.development
	@test -n "$(MENTIONS)" || { echo "make certainty MENTIONS='identities.json texts/ ...' (as make rank)" >&2; exit 1; }
	$(BIN)/python -m training.certainty service/extraction/speakers/certainty.json $(MENTIONS)

# Uses the network's states, so it must be retrained after make train too.
acts: build/training/.installed
	@test -n "$(ACTS)" || { echo "make acts ACTS='acts.json texts/ ...' (a file of statements labelled by people, followed by the folders of its articles)" >&2; exit 1; }
	$(LEARN).acts service/extraction/statements/acts.npz $(ACTS)

build/training/.installed: pyproject.toml
	$(PYTHON) -m venv build/training
	$(TRAINING)/python -m pip install --quiet --editable ".[training,teacher]"
	@touch $@

# uv, because its lock file covers every Python version and platform; pip-compile's covers only
# the one it runs on.
COMPILE = build/lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-annotate --no-python-downloads --quiet \
	--custom-compile-command "make lock" $(UPGRADE)

lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet "uv>=0.13,<0.14"
	$(COMPILE) --extra formats --group build --output-file requirements.lock
	$(COMPILE) --extra formats --extra parquet --extra mcp --extra development --constraints requirements.lock \
		--output-file requirements-development.lock
