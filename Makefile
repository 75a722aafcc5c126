# Two commands on a fresh machine: `make run` and `make test`. `make` alone lists all of them.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PO := $(wildcard src/samspel/*/locale/*/LC_MESSAGES/*.po)
SETTINGS := --settings samspel.config.settings

# What the tools below write goes to the home of the tests, never to one in use.
in_test_home := SAMSPEL_TESTING=1 SAMSPEL_HOME=var/test
# With uv, and with plain pip where uv will not install.
install = if $(BIN)/uv --version >/dev/null 2>&1; then $(BIN)/uv pip install --quiet --python $(BIN)/python $(1); else $(BIN)/python -m pip install --quiet $(1); fi

.PHONY: help
help: ## List these
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(VENV)/runtime.stamp $(VENV)/translations.stamp ## Make .venv with .venv/bin/samspel, and nothing else

.PHONY: run
run: setup ## Run the demo: database, web and workers (PORT=8000)
	@exec $(BIN)/samspel run --demo

.PHONY: test
test: develop ## Run every test
	@$(BIN)/python -m pytest -q -n auto --dist worksteal -m "not browser"
	@$(BIN)/python -m pytest -q -n auto --dist worksteal -m browser

.PHONY: browser
browser: ## Install Chromium from the system's packages
	@if [ -n "$$CHROMIUM" ] || command -v chromium-headless-shell >/dev/null; then echo "Chromium is here."; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq; export DEBIAN_FRONTEND=noninteractive; \
		apt-get install -y -qq --no-install-recommends chromium-headless-shell || command -v chromium >/dev/null \
			|| apt-get install -y -qq --no-install-recommends chromium; \
	elif command -v chromium chromium-browser >/dev/null; then echo "Chromium is here."; \
	elif command -v apt-get >/dev/null; then echo "Run as root: apt-get install chromium"; exit 1; \
	else echo "Install Chromium with your system's packages, or name one: CHROMIUM=/path/to/chromium"; exit 1; fi

.PHONY: parts
parts: browser ## Install Chromium and the virus check (clamd), which tests run for real
	@if command -v clamd >/dev/null || test -x /usr/sbin/clamd; then echo "clamd is here."; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends clamav-daemon; \
	elif command -v apt-get >/dev/null; then echo "Run as root: apt-get install clamav-daemon"; exit 1; \
	else echo "Install ClamAV's daemon, clamd, with your system's packages"; exit 1; fi

.PHONY: check
check: develop ## Format, lint, types on rules, import contracts, migrations, Swedish complete
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(in_test_home) $(BIN)/python -W ignore::RuntimeWarning -m django makemigrations --check --dry-run $(SETTINGS)
	$(BIN)/python -m samspel.config.translations check

.PHONY: fix
fix: develop ## Mend what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: bench
bench: setup ## Measure speed, each number beside its floor on this machine
	@SAMSPEL_HOME=var/bench $(BIN)/samspel migrate >/dev/null
	@SAMSPEL_HOME=var/bench $(BIN)/samspel bench

.PHONY: audit
audit: develop ## Every page's accessibility in every width, language and role; every property on many examples
	@SAMSPEL_DEEP=1 $(BIN)/python -m pytest -q -n auto --dist worksteal -m "audit or hypothesis"

.PHONY: docs
docs: develop ## Check that every link in the documentation leads somewhere
	@$(BIN)/python -m pytest -q tests/house/test_documentation.py

.PHONY: lock
lock: develop ## Pin the newest packages that pyproject.toml allows
	$(call locked,pyproject.toml,requirements/runtime.txt)
	$(call locked,pyproject.toml --extra saml,requirements/saml.txt)
	$(call locked,pyproject.toml --group dev,requirements/dev.txt)
	@echo "uv==$$($(BIN)/uv --version | cut -d' ' -f2)" | $(call locked,-,requirements/uv.txt)
	@printf 'hatchling\neditables\n' | $(call locked,-,requirements/build.txt)
	@for version in 3.12 3.13 3.14; do \
		$(BIN)/uv pip compile --quiet --python-version $$version --constraint requirements/dev.txt \
			pyproject.toml --group dev -o /dev/null && echo "resolves for Python $$version" || exit 1; done

locked = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(1) -o $(2)

.PHONY: develop
develop: setup $(VENV)/develop.stamp

$(VENV)/runtime.stamp: pyproject.toml requirements/uv.txt requirements/build.txt requirements/runtime.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Samspel needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "Python cannot make environments here; on Debian: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/uv.txt \
		|| echo "uv will not install here; going on with pip, which takes longer."
	@$(call install,--require-hashes -r requirements/build.txt)
	@$(call install,--require-hashes -r requirements/runtime.txt)
	@$(call install,--no-deps --no-build-isolation --editable .)
	@touch $@

$(VENV)/develop.stamp: $(VENV)/runtime.stamp requirements/dev.txt
	@$(call install,--require-hashes -r requirements/dev.txt)
	@touch $@

$(VENV)/translations.stamp: $(VENV)/runtime.stamp $(PO)
	@$(BIN)/python -m samspel.config.translations compile
	@touch $@
