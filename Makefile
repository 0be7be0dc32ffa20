# Two commands do everything on a fresh machine: `make demo` and `make test`. `make help` lists the others.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# As pip does for a package that is no checkout: where Python may not write bytecode, every start would compile anew.
COMPILED := $(BIN)/python -m compileall -q readiness

.DEFAULT_GOAL := help
.PHONY: help demo test test-spark check lint types layers pytest docs pages bench hostile requirements clean

help:  ## list these
	@sed -n 's/^\([a-z-]*\):.*##/\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: $(VENV)/.runs  ## the whole job on an invented company: survey, interviews, result, reports
	$(BIN)/readiness demo demo

test: check  ## everything that must hold; of Spark see test-spark

check: $(VENV)/.develops lint types layers pytest  ## style, types, layers, tests with branch coverage

lint: $(VENV)/.develops
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.develops
	$(BIN)/mypy

layers: $(VENV)/.develops
	$(BIN)/lint-imports

pytest: $(VENV)/.develops
	$(BIN)/python -m pytest -m "not spark" -n auto --dist worksteal --cov --cov-report=term:skip-covered

test-spark: $(VENV)/.develops  ## the same bytes from Spark: on this machine, on two workers of which one dies, by Connect
	$(BIN)/python -m pytest -m spark

docs: pages  ## write docs/commands.md anew from every command's help, and the pages of the content
	$(BIN)/python docs/make_commands.py

pages: $(VENV)/.develops  ## a page for every questionnaire and scenario, from their YAML
	$(BIN)/python docs/make_pages.py

bench: $(VENV)/.develops  ## timings side by side, as ratios; BIG=1 adds ten million respondents (9 GB on disk)
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/bulk.py $(if $(BIG),--big)

requirements: $(VENV)/.develops  ## pin and hash what is installed, for every platform
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header --no-annotate --extra build pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header --no-annotate --all-extras pyproject.toml -o requirements-dev.txt

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "readiness needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runs: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --require-hashes --no-deps -r requirements.txt
	$(INSTALL) --no-build-isolation --no-deps --editable .
	$(COMPILED)
	@touch $@

$(VENV)/.develops: requirements-dev.txt pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --require-hashes --no-deps -r requirements-dev.txt
	$(INSTALL) --no-build-isolation --no-deps --editable .
	$(COMPILED)
	@touch $@ $(VENV)/.runs

clean:  ## remove what was made here
	rm -rf $(VENV) demo dist build .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
