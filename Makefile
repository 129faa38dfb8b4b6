# make serve   install, index seeds/ and answer on http://127.0.0.1:8000
# make test    install what the tests need and run them
# make check   all that a change must pass: format, lint, types, rooms, tests, openapi.yaml
# make random  the API asked by schemathesis what no run before was asked; SEED=N asks again
# make examples  ask a fresh index of seeds/ for the examples in openapi.yaml
# make answers  write the statements of seeds/ and the sample as text, to be read as a diff
# make figures  write docs/figures.md and README.md's table from bench/history.jsonl
# make train   POLNEAR=folder: train the tagger anew (hours); goes on where it was interrupted
# make rank    MENTIONS='identities.json texts/ ...': learn anew who is meant, after make train (minutes)
# make certainty MENTIONS='...': learn anew how sure it is who is meant, after make rank (two minutes)
# make acts    ACTS='acts.json texts/ ...': learn anew what is said and what is thought or wanted (a minute)
# make lock    write the lock files anew (UPGRADE=--upgrade takes newer versions)

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

# A stamp is written last, so that an interrupted installation starts over and a finished one
# is not looked at again until its lock changes.
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

# An environment of its own: torch is large, and neither the service nor its tests need it.
# WORK keeps the checkpoints; the model of the package is replaced at the end, or what is MODEL.
TRAINING = build/training/bin
LEARN = $(TRAINING)/python -m training
WORK = build/training/work
MODEL = service/extraction/tagger/model

# Runs A and B of training/LOG.md, a thinner network that two averages of them teach, a larger one
# that reads more news to it (the BBC's, or *.txt under TEXTS), and the thinner one again, which
# learns from all of these.
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

# Learned last, from the finished tagger, which then keeps of each piece what this weighs.
rank: build/training/.installed
	@test -n "$(MENTIONS)" || { echo "make rank MENTIONS='identities.json texts/ ...' (files of mentions that people read, each with the folder of its articles)" >&2; exit 1; }
	$(LEARN).ranking $(MODEL) service/extraction/speakers/ranker.npz $(MENTIONS)

# Learned after each change of whom mentions are taken for; it needs nothing that training does.
certainty: $(VENV)/.development
	@test -n "$(MENTIONS)" || { echo "make certainty MENTIONS='identities.json texts/ ...' (as make rank)" >&2; exit 1; }
	$(BIN)/python -m training.certainty service/extraction/speakers/certainty.json $(MENTIONS)

# What the network makes of cues is weighed, and so this is learned after make train too.
acts: build/training/.installed
	@test -n "$(ACTS)" || { echo "make acts ACTS='acts.json texts/ ...' (a file of statements that people read, and the folders of its articles)" >&2; exit 1; }
	$(LEARN).acts service/extraction/statements/acts.npz $(ACTS)

build/training/.installed: pyproject.toml
	$(PYTHON) -m venv build/training
	$(TRAINING)/python -m pip install --quiet --editable ".[training,teacher]"
	@touch $@

# uv, because its lock holds for every Python and platform at once: pip-compile's only for
# those it runs on.
COMPILE = build/lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-annotate --no-python-downloads --quiet \
	--custom-compile-command "make lock" $(UPGRADE)

lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet "uv>=0.13,<0.14"
	$(COMPILE) --extra formats --group build --output-file requirements.lock
	$(COMPILE) --extra formats --extra parquet --extra mcp --extra development --constraints requirements.lock \
		--output-file requirements-development.lock
