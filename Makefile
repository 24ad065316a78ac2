# Two targets do everything on a fresh machine with Python 3.11+ and make: demo and test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
VAR := $(CURDIR)/$(VENV)/var
export XDG_DATA_HOME := $(VAR)/data
export XDG_CONFIG_HOME := $(VAR)/config
export XDG_CACHE_HOME := $(VAR)/cache
export XDG_STATE_HOME := $(VAR)/state
export ARGOS_PACKAGES_DIR := $(VAR)/argos
STAMP := pyproject.toml constraints.txt Makefile

.PHONY: demo test lint format bench clean

demo: $(VENV)/.demo
	$(BIN)/tolmach demo

test: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2

format: $(VENV)/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# argostranslate itself asks for torch, stanza and spaCy; what Tolmach uses of it needs none of them.
$(VENV)/.demo: $(STAMP)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tolmach needs Python 3.11 or later")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --editable '.[lean-draft,lsp]'
	$(PIP) --no-deps argostranslate
	touch $@

$(VENV)/.test: $(VENV)/.demo
	$(PIP) --editable '.[test]'
	touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info
