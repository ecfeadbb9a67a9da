# The only commands a newcomer needs. `make` alone lists them.
# Everything lives in .venv and var/ of this folder; nothing is installed outside (but see `make test`).

PYTHON ?= python3
VENV := .venv/bin
PORT ?= 8000
export PORT
# Bytecode that may be kept is what makes the second start fast.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run dev test lint bench lock translations clean install install-test

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run: install ## the site with its sample at http://127.0.0.1:8000/ (PORT=8123 for another port)
	@exec $(VENV)/python scripts/start.py

dev: install ## the same with Django's development server, reload and debug pages
	@exec $(VENV)/python scripts/start.py --dev

test: install-test ## everything that must hold: style, SQLite, PostgreSQL, browser
	@exec $(VENV)/python scripts/check.py

lint: install-test ## the style checks
	@exec $(VENV)/python scripts/check.py lint

bench: install-test ## the benchmarks, as ratios measured in one run
	@exec $(VENV)/python -m benchmarks

lock: install-test ## pin requirements*.in anew, with hashes
	@$(VENV)/python scripts/lock.py

translations: install-test ## collect strings and compile the catalogues (needs gettext)
	@$(VENV)/python scripts/translations.py

clean: ## remove .venv and caches; the data in var/ stays
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './var/*' -prune -exec rm -rf {} +

install:
	@$(PYTHON) scripts/install.py run

install-test:
	@$(PYTHON) scripts/install.py test
