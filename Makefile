# Everything that a person or a build server runs. `make` alone lists the targets.
# Needs python3 >= 3.11, git and make; uses uv where it is installed, else venv and pip.

PYTHON ?= python3
PORT ?= 8501

VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
ifdef UV
make_venv = $(UV) venv --quiet --seed --allow-existing --no-python-downloads --python "$$(command -v $(PYTHON))" $(VENV)
install = $(UV) pip install --quiet --python $(BIN)/python -c requirements.lock
else
make_venv = $(PYTHON) -m venv $(VENV)
install = $(BIN)/python -m pip install -qq --disable-pip-version-check -c requirements.lock
endif

# One process runs all tests of a file, so that its servers and browsers start once; in the order of collection: the
# longest file first, then those that drive a browser.
BY_FILE := --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run refresh test soak accuracy screenshots clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/.ready ## Build .venv with what the product needs

run: setup ## Read the articles and open the dashboard on PORT (8501)
	@$(BIN)/python -m etl refresh || test $$? -eq 3 || \
		{ test -e data/current && echo "The refresh failed; the last good build is shown."; }
	$(BIN)/python -m streamlit run dashboard/serve.py --server.port $(PORT)

refresh: setup ## Read new and changed articles into data/
	$(BIN)/python -m etl refresh

test: $(VENV)/.ready-test ## Run every check: style, types, imports, tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto $(BY_FILE)

soak: $(VENV)/.ready-test ## Run the long tests: those marked soak, and random ones at full count
	$(BIN)/pytest -n auto $(BY_FILE) -m "soak or hypothesis" --hypothesis-profile=soak

accuracy: $(VENV)/.ready-test ## Score the reading of the gold sets; writes the README's table
	$(BIN)/python tests/accuracy.py

screenshots: $(VENV)/.ready-test ## Take pictures of every page into screenshots/
	$(BIN)/python -m etl refresh
	$(BIN)/python tests/browser/screenshots.py

clean: ## Remove .venv and the caches; data/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find etl dashboard tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps make a second setup instant; a changed dependency makes them stale.
$(VENV)/.ready: pyproject.toml requirements.lock | $(BIN)/python
	@echo "Installing into $(VENV) with $(if $(UV),uv,pip) ..."
	@$(install) -e .
	@touch $@

$(VENV)/.ready-test: pyproject.toml requirements.lock | $(BIN)/python
	@echo "Installing into $(VENV) with $(if $(UV),uv,pip), with what the tests need ..."
	@$(install) -e '.[test]'
	@touch $@ $(VENV)/.ready

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not installed; Python 3.11 or newer is needed" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "$(PYTHON) is Python %d.%d; 3.11 or newer is needed: make PYTHON=python3.12 ..." % (v[0], v[1]))'
	@$(make_venv)
