# All that a fresh machine needs is Python 3.11 or later and make. The environment is made once, from the lock file, and
# made again only when the lock file or pyproject.toml changes.

RECENT := -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PYTHON ?= $(shell for one in python3.11 python3.12 python3.13 python3; do $$one $(RECENT) && echo $$one && break; done)
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := knowledge storage handlers bot
CHECKED := $(PACKAGES) tests benchmarks

.PHONY: run test check fix bench soak fuzz lock screenshot

run: $(VENV)/runtime  ## the chat page, on this machine
	@$(BIN)/duban playground

test: $(VENV)/dev
	$(BIN)/python -m pytest -n 3 --dist worksteal

check: $(VENV)/dev
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/lint-imports
	$(BIN)/mypy $(CHECKED)

fix: $(VENV)/dev
	$(BIN)/ruff check --fix $(CHECKED)
	$(BIN)/ruff format $(CHECKED)

bench: $(VENV)/dev
	$(BIN)/python -m benchmarks

screenshot: $(VENV)/dev  ## the README's picture, from the chat page as it is now
	@PYTHONPATH=tests/support:. $(BIN)/python tests/end_to_end/browser/screenshot.py

KILLS ?= 200
soak: $(VENV)/dev  ## kill the bot KILLS times on each database: while a quarter goes by, and while anything is sent to it, play KILLS random months, and say all of the corpora to the chat
	@PYTHONPATH=tests/support:tests:. $(BIN)/python -m soak.run --kills $(KILLS)
	@PYTHONPATH=tests/support:tests:. $(BIN)/python -m soak.play --kills $(KILLS) $(SEED:%=--seed %)
	@EXAMPLES=$(KILLS) $(BIN)/python -m pytest -q tests/handlers/test_one_truth.py tests/handlers/test_intents.py \
		tests/handlers/test_question_buttons.py

fuzz: $(VENV)/dev  ## inputs that nobody wrote, through every door; SEED makes the same ones again
	@PYTHONPATH=tests/support:tests:. $(BIN)/python -m fuzz.run $(SEED:%=--seed %) $(COUNTS)

LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" --group build

lock: $(VENV)/dev  ## after a change of dependencies; --upgrade by hand: make lock UPGRADE=--upgrade
	$(LOCK) $(UPGRADE) --output-file requirements.lock
	$(LOCK) $(UPGRADE) --extra dev --constraints requirements.lock --output-file requirements-dev.lock

$(VENV)/runtime: requirements.lock pyproject.toml
	$(call install,requirements.lock)

$(VENV)/dev: requirements-dev.lock pyproject.toml
	$(call install,requirements-dev.lock)
	@touch $(VENV)/runtime

define install
	@$(or $(PYTHON),false) $(RECENT) || { echo "需要 Python 3.11 或更新的版本，装在别处的请写明：make PYTHON=/路径/python3" >&2; exit 1; }
	@echo "Installing from $(1), once ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $(1)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
endef
