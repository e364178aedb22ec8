# What a newcomer types: `make demo`, `make test`. Every target makes .venv first; `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup setup-all demo test proof package audit lint format bench screenshots docs clean distclean

VENV_PYTHON := .venv/bin/python
# Two workers by default; `make test WORKERS=8` where there are more cores, `make test TESTS=tests/unit` for a part.
# A worker keeps to neighbouring tests, so that what a file makes for all of its tests is made once.
# Their files lie in memory where there is room; PYTEST_DEBUG_TEMPROOT=/tmp puts them on the disk.
WORKERS ?= 2
TESTS ?= tests
BENCH ?=

help: ## this list
	@echo "BirchTree: outline, measure and correct every tree crown of a drone survey."
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: ## make .venv with all packages, install the system libraries (every other target does it by itself)
	@bash packaging/setup_env.sh

setup-all: ## the same, and what trains and converts models (torch); tests and checks need it
	@bash packaging/setup_env.sh --with-training

demo: setup ## sample plot -> crowns -> heights -> crowns.shp and overview.png in demo_out/, then the window
	@bash packaging/demo.sh

test: setup-all ## all tests (unit, window, end to end)
	@$(VENV_PYTHON) -m pytest -n $(WORKERS) --dist worksteal $(TESTS)

proof: setup-all ## the long proofs (faults, packages), one after the other; what they showed is in docs/proof.md
	@$(VENV_PYTHON) -m pytest -p no:randomly -m proof $(TESTS)
	@for script in packaging/proof_*.sh; do echo "== $$script"; bash "$$script" || exit 1; done

audit: setup ## ask OSV about known vulnerabilities of what is installed (needs a network)
	@$(VENV_PYTHON) packaging/audit.py

package: setup ## .deb, .tar.zst, licences and list of parts in dist/ (docs/packaging.md)
	@bash packaging/build.sh

lint: setup-all ## ruff, formatting, types and the dependency walls
	@bash packaging/lint.sh

format: setup ## let ruff lay out the code
	@$(VENV_PYTHON) -m ruff check --fix . && $(VENV_PYTHON) -m ruff format .

bench: setup-all ## all benchmarks; BENCH="bench_tiles --json" runs one its own way
	@$(VENV_PYTHON) -m benchmarks $(BENCH)

screenshots: setup ## take the pictures of docs/images from the real window
	@QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1600x1000x24" $(VENV_PYTHON) docs/screenshots.py

docs: setup-all ## the documentation site in site/; refuses links and anchors that lead nowhere
	@$(VENV_PYTHON) -m mkdocs build --strict --quiet

clean: ## remove what can be made again, but not .venv
	@rm -rf demo_out artifacts build dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

distclean: clean ## remove .venv too
	@rm -rf .venv birchtree.egg-info
