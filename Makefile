# make run | test | check | bench | web | wheel. Works on a fresh machine with python3 (>= 3.11), node and make.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.8
ARGS ?= --demo 4

.PHONY: run test check bench web wheel setup lock format screenshots clean

run: $(VENV)/.runtime src/vedette/webui/index.html
	$(BIN)/vedette serve $(ARGS)

test: setup
	tests/install-components.sh
	$(MAKE) --no-print-directory check
	cd web && npm test
	$(BIN)/pytest -n 2 --dist loadfile $(PYTEST)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd web && npm run check

bench: setup
	tests/install-components.sh
	$(BIN)/python -m benchmarks.run $(BENCH)

setup: $(VENV)/.dev src/vedette/webui/index.html

web: src/vedette/webui/index.html

wheel: src/vedette/webui/index.html $(VENV)/.dev
	$(BIN)/uv build --wheel

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	cd web && npm run format

screenshots: setup
	$(BIN)/python docs/screenshots.py

# The locks hold versions and hashes for every platform, and no address of a package index.
lock: $(VENV)/.uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra postgres pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra postgres --group dev pyproject.toml -o requirements-dev.lock

$(VENV)/.uv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Vedette needs Python 3.11 or newer; set PYTHON=/path/to/python3")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet uv==$(UV_VERSION)
	touch $@

$(VENV)/.runtime: $(VENV)/.uv requirements.lock pyproject.toml
	test -e $(VENV)/.dev || $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --no-deps -e .
	touch $@

$(VENV)/.dev: $(VENV)/.uv requirements-dev.lock pyproject.toml
	$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements-dev.lock
	$(BIN)/uv pip install --quiet --no-deps -e .
	touch $@ $(VENV)/.runtime

web/node_modules/.installed: web/package.json web/package-lock.json
	@command -v npm >/dev/null || { echo "node and npm are needed to build the web UI"; exit 1; }
	cd web && npm ci --silent
	touch $@

src/vedette/webui/index.html: web/node_modules/.installed web/index.html web/vite.config.ts $(shell find web/src web/public -type f 2>/dev/null)
	cd web && npm run build

clean:
	rm -rf $(VENV) web/node_modules src/vedette/webui dist .mypy_cache .ruff_cache
