# Each line is a command one could type. Use another Python: make test PYTHON=python3.12 VENV=.venv-3.12
PYTHON ?= python3
VENV ?= .venv
TESTS ?= tests
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check bench

help:
	@echo "make demo    compare the baseline with the cap of UNSCR 2371, four replicates"
	@echo "make test    run every test"
	@echo "make check   style, types and import contracts"
	@echo "make bench   what the engine costs, beside plain agents and peers, to benchmarks/RESULTS.md (7 minutes)"

demo: $(READY)
	$(BIN)/neamig compare scenarios/baseline.yaml scenarios/unscr_2371_cap.yaml --replicates 4 --workers 2 --out results/demo

test: $(READY)
	$(BIN)/python -m pytest $(TESTS)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy sim calibration benchmarks
	$(BIN)/lint-imports --no-logo

bench: $(READY)
	$(BIN)/python -m benchmarks $(BENCH)

# The stamp is newer than the lock and pyproject.toml, or the set-up runs again.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "neamig needs Python 3.11 or later; '$(PYTHON)' is not. Try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
	    exit 1; }
	@echo "Setting up $(VENV): a minute or a few, once."
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
