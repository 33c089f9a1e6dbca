# Every target works from a bare checkout: it needs Python 3.11 or later, make and git.
MAKEFLAGS += --no-print-directory
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
PORT ?= 8000
SERVE ?= 1
export PORT

PY := .venv/bin/python
MANAGE := $(PY) manage.py
PIP := $(PY) -m pip --disable-pip-version-check
# Without build isolation nothing is built with what no lock names.
INSTALL := $(PIP) install --quiet --no-compile --no-deps --no-build-isolation --require-hashes
COMPILE := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --upgrade
EXTRAS := --extra postgres --extra redis --extra production
LOCKED := pyproject.toml requirements/build.in

.NOTPARALLEL:
.PHONY: help demo test lint audit bench faults services services-stop lock catalogues messages clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

demo: .venv/base.stamp catalogues ## demonstration site on 127.0.0.1:8000 (PORT= changes it, SERVE=0 stops before serving)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) seed_demo
ifneq ($(SERVE),0)
	@$(PY) ops/serve.py
endif

test: .venv/test.stamp catalogues ## the suite, on SQLite, or on what DATABASE_URL, REDIS_URL name
	@ops/test $(ARGS)

lint: .venv/dev.stamp catalogues ## ruff, mypy, templates, catalogues, migrations
	@ops/lint

audit: .venv/dev.stamp ## known advisories in the locked dependencies
	@$(PY) -m pip_audit --requirement requirements/dev.txt --require-hashes --disable-pip --strict

bench: .venv/test.stamp catalogues ## the numbers of the project as a table
	@ops/bench $(ARGS)

faults: .venv/test.stamp catalogues ## tests that kill processes halfway
	@ops/faults $(ARGS)

services: ## start PostgreSQL and Redis on loopback and print what to export
	@$(PYTHON) ops/services.py start

services-stop: ## stop what `make services` started
	@$(PYTHON) ops/services.py stop

lock: .venv/dev.stamp ## recreate the lock files with the newest versions that pyproject.toml allows
	@$(COMPILE) requirements/build.in -o requirements/build.txt
	@$(COMPILE) $(EXTRAS) -c requirements/build.txt $(LOCKED) -o requirements/base.txt
	@$(COMPILE) $(EXTRAS) --extra test -c requirements/base.txt $(LOCKED) -o requirements/test.txt
	@$(COMPILE) $(EXTRAS) --extra test --extra dev -c requirements/test.txt $(LOCKED) -o requirements/dev.txt

catalogues: .venv/base.stamp ## compile the catalogues of locale/
	@$(PY) ops/catalogues.py compile

messages: .venv/base.stamp ## collect the strings of code and templates into the catalogues
	@$(PY) ops/catalogues.py collect

clean: services-stop ## remove what was made here, the demonstration's data in var/ too
	@rm -rf .venv var build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp a lock file. Each lock holds the one before it, so the larger set serves for the smaller.
.venv/base.stamp: STAMPS = base
.venv/test.stamp: STAMPS = base test
.venv/dev.stamp: STAMPS = base test dev
.venv/%.stamp: requirements/%.txt requirements/build.txt pyproject.toml | .venv/bin/python
	@echo "Installing requirements/$*.txt into .venv …" >&2
	@$(INSTALL) --requirement requirements/build.txt
	@$(INSTALL) --requirement requirements/$*.txt
	@PYTHONWARNINGS=ignore $(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $(STAMPS:%=.venv/%.stamp)

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later is on PATH." >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than Python 3.11." >&2; exit 2; }
	@"$(PYTHON)" -m venv .venv
