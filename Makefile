# Laurel needs Python 3.11 or newer and make; everything else is installed into .venv.
#   make demo      try Laurel in the browser
#   make help      what else there is

.DEFAULT_GOAL := help
.PHONY: help demo init invite manifest run test bench battery release pictures format \
	lock clean

# The interpreter that .venv is made with, as in: make demo PYTHON=/opt/python/bin/python3
PYTHON ?=
# How many tests run at the same time.
JOBS ?= 2
# Arguments for the program that is run, as in: make test ARGS='-k shoutout'
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
# What only a release is looked at with, which nobody else has to install.
RELEASE := $(VENV)-release
STAMP := $(VENV)/installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV := uv==0.13.9
LOCKED := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --quiet --upgrade

# Sets $python, or says what is missing and what to do about it.
define find_python
	python=; \
	for each in $(or $(PYTHON),python3.11 python3.12 python3.13 python3.14 python3 python); do \
		if "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then python=$$each; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo 'Laurel needs Python 3.11 or newer, and none was found.' >&2; \
		echo 'Install it, or say where it is: make PYTHON=/path/to/python3' >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$python cannot make a virtual environment." >&2; \
		echo 'On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; \
	fi
endef

help:
	@echo 'make demo      a community to try Laurel in, in your browser, with no account'
	@echo 'make init      an empty database, once, before the first run'
	@echo 'make invite    the address that adds Laurel to a Discord server'
	@echo 'make manifest  what an app on Slack is made from'
	@echo 'make run       Laurel on the platforms whose tokens are in .env'
	@echo 'make test      formatting, types, import contracts and tests'
	@echo 'make bench     how fast Laurel is here, against what it has to be'
	@echo 'make battery   the long tests: kills, storms, hostile words'
	@echo 'make release   what is looked at before a release, as far as it can be here'
	@echo 'make pictures  takes the pictures in docs/screenshots anew'
	@echo 'make format    formats the code and mends what can be mended'
	@echo 'make lock      writes requirements.lock anew from pyproject.toml'
	@echo 'make clean     removes what the other targets have made'

demo: $(STAMP)
	@exec $(BIN)/laurel demo $(ARGS)

init invite run: $(STAMP)
	@exec $(BIN)/laurel $(ARGS) $@

manifest: $(STAMP)
	@exec $(BIN)/laurel $@ slack $(ARGS)

test: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(JOBS) --dist loadgroup $(ARGS)

bench: $(STAMP)
	$(BIN)/python -m tests.bench $(ARGS)

battery: $(STAMP)
	$(BIN)/python -m tests.battery $(ARGS)

release: $(RELEASE)/installed
	JOBS=$(JOBS) $(RELEASE)/bin/python -m tests.release $(ARGS)

pictures: $(STAMP)
	$(BIN)/python -m tests.pictures

format: $(STAMP)
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

# The sources are linked into .venv, so that bin/laurel runs what stands here; the tool
# that links them comes from the lock like all else.
$(STAMP): $(VENV)/locked pyproject.toml
	@$(PIP) --no-index --no-deps --no-build-isolation --editable .
	@touch $@

# Everything is checked against the hashes in the lock, and nothing lingers that the
# lock no longer names.
$(VENV)/locked: requirements.lock
	@$(find_python); \
	echo "Installing what Laurel stands on into $(VENV) (once; about half a minute)"; \
	"$$python" -m venv --clear $(VENV)
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

$(RELEASE)/installed: requirements-release.lock pyproject.toml
	@$(find_python); \
	echo "Installing what a release is looked at with into $(RELEASE)"; \
	"$$python" -m venv --clear $(RELEASE)
	@$(RELEASE)/bin/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r requirements-release.lock
	@$(RELEASE)/bin/python -m pip install --quiet --disable-pip-version-check \
		--no-index --no-deps --no-build-isolation --editable .
	@touch $@

# The second lock holds all that the first one does, in the same versions.
lock:
	@$(find_python); "$$python" -m venv --clear $(VENV)-lock
	@$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check $(UV)
	$(VENV)-lock/bin/uv pip compile pyproject.toml --extra dev $(LOCKED) \
		--output-file requirements.lock
	$(VENV)-lock/bin/uv pip compile pyproject.toml --extra dev --extra release $(LOCKED) \
		--constraint requirements.lock --output-file requirements-release.lock
	@rm -r $(VENV)-lock

clean:
	rm -rf $(VENV) $(VENV)-lock $(RELEASE) dist .hypothesis .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache tests/node_modules
	find . -name __pycache__ -type d -prune -exec rm -r {} +
