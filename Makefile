# Needs Python >= 3.11 and git; uv is taken from the PATH, or installed into .tools with its hash checked.
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := $(UV) run --frozen --no-sync

.PHONY: reports test types units check-slow format bench sentences pictures lab-pictures clean

reports: .venv/.ready
	$(RUN) weltoffen run beispiel

# a command started by a test finds the libraries compiled: else each compiles pandas anew, for seconds
units check-slow: export PYTHONDONTWRITEBYTECODE =

test: .venv/.ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) lint-imports --no-cache
	@$(MAKE) --no-print-directory -j 2 types units

# beside the tests, which wait for processes and browsers now and then
types: .venv/.ready
	$(RUN) mypy

units: .venv/.ready
	$(RUN) pytest -n auto

# kills, full disks and failing system calls, random studies of the day (Linux, as root, needs strace)
check-slow: .venv/.ready
	$(RUN) pytest -m slow -n auto --dist=load

format: .venv/.ready
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

bench: .venv/.ready
	$(RUN) python benchmarks/clean_and_score.py
	$(RUN) python benchmarks/large_survey.py
	$(RUN) python benchmarks/large_survey.py 1000000 36
	$(RUN) python benchmarks/reports.py selfcheck
	$(RUN) python benchmarks/reports.py frozen
	$(RUN) python benchmarks/kernels.py
	$(RUN) python benchmarks/lab.py
	$(RUN) python benchmarks/lab_in_browser.py
	$(RUN) python benchmarks/growth.py 60
	$(RUN) python benchmarks/archive.py 36 360
	$(RUN) python benchmarks/formats.py
	$(RUN) python benchmarks/cost_of_statistics.py
	$(RUN) python benchmarks/simulation.py
	$(RUN) python benchmarks/accessibility.py

# the list of all sentences, after one was changed
sentences: .venv/.ready
	$(RUN) python -m weltoffen_eval.display.sentence_list > docs/sentences.md

# the reports as pictures, to be looked at (needs Chromium)
pictures: .venv/.ready
	$(RUN) python tests/pictures.py

# the lab in docs/scoring.md, after it was changed (needs Chromium)
lab-pictures: .venv/.ready
	$(RUN) python tests/lab_pictures.py

clean:
	rm -rf .venv .tools

# made once, and again when the lock changes
.venv/.ready: uv.lock pyproject.toml $(UV)
	$(UV) sync --frozen
	touch $@

.tools/bin/uv: requirements-uv.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python >= 3.11 is needed")'
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	touch $@
