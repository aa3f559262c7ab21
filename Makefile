# make run    set everything up, read fixtures/reports, publish the dataset under outputs/
# make test   set everything up, run all checks and tests
# make check  linter and type checker alone
# make bench  the measurements of tests/bench (minutes; rewrites tests/bench/README.md)
# make lock   resolve the packages again (needs uv)
# make tables write pipeline/prefect.sql again, after another Prefect was locked
# make clean  forget the set-up and what was published

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REPORTS ?= fixtures/reports
OUT ?= outputs
BENCH ?=

.PHONY: fixtures run test bench check setup tesseract lock tables clean

run: $(VENV)/.run-ready tesseract
	$(BIN)/hasila run $(REPORTS) --out $(OUT)

test: $(VENV)/.test-ready tesseract check
	$(BIN)/python -m pytest

bench: $(VENV)/.test-ready tesseract
	$(BIN)/python -m tests.bench $(BENCH)

check: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/mypy

setup: $(VENV)/.test-ready tesseract

# The lock files are complete, so --no-deps: pip has nothing to resolve and every file is checked by hash.
$(VENV)/.run-ready: requirements.lock pyproject.toml .ci/link
	@.ci/python $(PYTHON) $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements.lock
	@.ci/link $(VENV)
	@touch $@

$(VENV)/.test-ready: requirements-dev.lock $(VENV)/.run-ready
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

tesseract:
	@.ci/tesseract

lock:
	uv pip compile pyproject.toml --extra test --extra fixtures --python-version 3.11 \
		--generate-hashes --no-header --output-file requirements-dev.lock
	uv pip compile pyproject.toml --constraint requirements-dev.lock --python-version 3.11 \
		--generate-hashes --no-header --output-file requirements.lock

tables: $(VENV)/.test-ready
	.ci/prefect-tables $(VENV)

# The PDFs come out byte-equal; needs the fixtures extra, Chromium and LibreOffice.
fixtures:
	$(BIN)/python -m fixtures.make

clean:
	rm -rf $(VENV) outputs/editions outputs/latest outputs/shelf outputs/journal outputs/.state
