# make run | test | check | bench | web | wheel. Works on a fresh machine with python3 (>= 3.11), node and make.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.8
ARGS ?= --demo 4
# The media path compiled by mypyc, where there is a C compiler (docs/decisions/compiled-media-path.md).
COMPILED := $(CURDIR)/build/compiled
SOURCES := $(shell find src/vedette -name '*.py')
COMPILED_TESTS := tests/media/rtsp tests/media/fmp4 tests/media/test_timeline.py tests/recorder

.PHONY: run test test-compiled check bench web wheel setup lock format screenshots clean

run: $(VENV)/.runtime $(COMPILED)/.done src/vedette/webui/index.html
	@PYTHONPATH=$(COMPILED) $(BIN)/vedette serve --log-format text $(ARGS)

test: setup tests/support/openid/node_modules/.installed
	tests/install-components.sh
	$(MAKE) --no-print-directory check
	cd web && npm test
	$(BIN)/pytest -n 2 --dist loadfile $(PYTEST)
	test -n "$(PYTEST)" || $(MAKE) --no-print-directory test-compiled

# The same tests of the same modules, compiled.
test-compiled: $(COMPILED)/.done
	! test -e $(COMPILED)/vedette || PYTHONPATH=$(COMPILED) $(BIN)/pytest -n 2 --dist loadfile $(COMPILED_TESTS)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd web && npm run check

bench: setup $(COMPILED)/.done
	tests/install-components.sh
	PYTHONPATH=$(COMPILED) $(BIN)/python -m benchmarks.run $(BENCH)

setup: $(VENV)/.dev src/vedette/webui/index.html

web: src/vedette/webui/index.html

# With VEDETTE_COMPILE=1 for this machine's Python and platform, else for all.
wheel: src/vedette/webui/index.html $(VENV)/.dev
	$(BIN)/uv build --wheel

$(COMPILED)/.done: $(VENV)/.uv hatch_build.py $(SOURCES) src/vedette/webui/index.html
	@echo "Compiling the media path, half a minute ..."
	@rm -rf $(COMPILED) && mkdir -p $(COMPILED)
	@VEDETTE_COMPILE=1 $(BIN)/uv pip install --quiet --no-deps --refresh-package vedette --target $(COMPILED) . || \
	  { rm -rf $(COMPILED); mkdir -p $(COMPILED); \
	    echo "Not compiled: a C compiler and the headers of Python are needed. Vedette runs all the same, at a third more CPU."; }
	@touch $@

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	cd web && npm run format

screenshots: setup
	$(BIN)/python -m docs.screenshots $(SHOTS)

# The locks hold versions and hashes for every platform, and no address of a package index.
lock: $(VENV)/.uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra postgres pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra postgres --group dev pyproject.toml -o requirements-dev.lock

$(VENV)/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Vedette needs Python 3.11 or newer; set PYTHON=/path/to/python3")'
	@echo "Making a Python environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(VENV)/.runtime: $(VENV)/.uv requirements.lock pyproject.toml
	@echo "Installing what Vedette runs with ..."
	@test -e $(VENV)/.dev || $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.uv requirements-dev.lock pyproject.toml
	$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements-dev.lock
	$(BIN)/uv pip install --quiet --no-deps -e .
	touch $@ $(VENV)/.runtime

web/node_modules/.installed: web/package.json web/package-lock.json
	@command -v npm >/dev/null || { echo "node and npm are needed to build the web UI"; exit 1; }
	@echo "Installing what the web UI is built with ..."
	@cd web && npm ci --silent
	@touch $@

# A real OpenID provider for the tests of logging in by one.
tests/support/openid/node_modules/.installed: tests/support/openid/package.json tests/support/openid/package-lock.json
	cd tests/support/openid && npm ci --silent
	touch $@

src/vedette/webui/index.html: web/node_modules/.installed web/index.html web/vite.config.ts $(shell find web/src web/public -type f 2>/dev/null)
	@echo "Building the web UI ..."
	@cd web && npm run --silent build -- --logLevel warn

clean:
	rm -rf build $(VENV) web/node_modules src/vedette/webui dist .mypy_cache .ruff_cache
