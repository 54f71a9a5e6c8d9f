# Every target sets up what it needs. PYTHON is only used to set up; PLUMBLINE_PORT moves all ports (default 4000).
PYTHON ?= python3
PY := .venv/bin/python
LOCAL := $(PY) -m plumbline_local
SERVICE ?= gateway
BENCH ?= all
export PLUMBLINE_PORT DEMO_EXIT

.DEFAULT_GOAL := help
.PHONY: help setup demo test up down status logs load token clock bench lint format contracts schemas compose chaos reset lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install everything into .venv and gateway/node (quick when nothing changed)
	@$(PYTHON) infra/local/bootstrap.py

demo: setup ## load a bureau, play the scenarios, print the report, keep serving (DEMO_EXIT=1: stop instead)
	@$(LOCAL) demo

test: ## run the whole suite (ARGS="-k name" to choose)
	@$(PYTHON) infra/local/bootstrap.py tests
	@$(PY) -m pytest $(ARGS)

up: setup ## start everything and serve until Ctrl-C; data stays in var/ (DETACH=1: in the background)
	@$(LOCAL) up $(if $(DETACH),--detach)

down: ## stop what `make up` or `make demo` started
	@$(LOCAL) down

status: ## what runs, on which port, healthy or not, memory
	@$(LOCAL) status

logs: ## the log of SERVICE=… (a service, gateway, postgres, nats), and what is added to it
	@$(LOCAL) logs $(SERVICE) --follow

load: ## import a bureau's directory from FILE=….xlsx into what `make up` started (without FILE: the demo's bureau)
	@$(LOCAL) load $(FILE)

token: ## a bearer token of PERSON=D01.huang-zhen, or of a program: CLIENT=hotline, CLIENT=importer
	@$(LOCAL) token $(if $(CLIENT),--client $(CLIENT),$(PERSON))

clock: ## show the demonstration's clock, or set it to AT=2026-04-16T09:00
	@$(LOCAL) clock $(if $(AT),set $(AT),show)

bench: setup ## measure, each figure beside its floor: BENCH=gateway|step|events|intake|registry|replay|caseflow_scale|segregation (default all), its options in ARGS
	@$(PY) tests/bench $(BENCH) $(ARGS)

lint: setup ## ruff, pyright strict, import rules, contracts
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m pyright
	@.venv/bin/lint-imports --no-cache
	@$(PY) proto/build.py --check

format: setup ## rewrite the code in the one format
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

contracts: setup ## generate code and pages from the event contracts
	@$(PY) proto/build.py

schemas: setup ## write every service's schema.graphql and schema.sql
	@$(PY) -m plumbline_local.schemas

compose: setup ## compose the supergraph into var/supergraph.graphql
	@$(LOCAL) compose

chaos: setup ## the long fault runs: kill -9 of everything, NATS away, poison events
	@PLUMBLINE_CHAOS=long $(PY) -m pytest tests/chaos $(ARGS)

reset: ## move the data in var/ aside and start afresh the next time
	@$(LOCAL) reset

lock: ## resolve all members again and write requirements.lock: exact versions, hashes, no addresses
	@$(PYTHON) infra/local/bootstrap.py lock
