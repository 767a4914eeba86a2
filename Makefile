# Everything runs from .venv; a second run of any target costs seconds.
PYTHON ?= python3
RUN := .venv/bin/python
OUT ?= out
TEAM := datasets/team.zh.csv
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /: /'

.PHONY: help demo lab test lint unit nbval browser browser-ready notebooks pictures soak bench clean

demo: .venv/core  ## set up, then the check-up of the sample team of twelve
	$(RUN) -m coursekit checkup $(TEAM) --today 2026-03-02 --target 60万 --out $(OUT)/demo --yes

lab: .venv/core  ## the course in JupyterLab, in the folder ./course
	$(RUN) -m coursekit lab course

test: lint unit nbval browser  ## everything that must pass

lint: .venv/dev
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

unit: .venv/dev
	sh tools/libreoffice.sh
	$(RUN) -m pytest -n 2 --dist worksteal -q

nbval: .venv/dev  ## saved outputs of every notebook against fresh ones
	state=$$(mktemp -d) && COURSEKIT_STATE=$$state $(RUN) -m pytest -q -n 2 --dist loadscope \
	  --nbval --nbval-sanitize-with tests/nbval.cfg --nbval-cell-timeout=60 --ignore-glob='*/trainer/*' \
	  notebooks exercises; \
	  code=$$?; rm -rf "$$state"; exit $$code

browser: .venv/dev browser-ready
	$(RUN) -m pytest -q tests/browser

browser-ready:
	sh tools/chromium.sh

notebooks: .venv/dev  ## build lessons, exercise pages and reports from their sources
	$(RUN) tools/build.py

pictures: .venv/dev browser-ready  ## the pictures of the READMEs
	$(RUN) tools/pictures.py

soak: .venv/dev  ## long random runs
	$(RUN) -m pytest -q tests/soak
	HYPOTHESIS_PROFILE=fresh $(RUN) -m pytest -q -n 2 --dist worksteal

bench: .venv/dev browser-ready  ## figures of speed
	for script in tests/bench/bench_*.py; do echo "== $$script"; $(RUN) $$script || exit 1; done

# set-up: two stamps, the main job's needs and the developer's
.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo "This Python lacks venv. On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	touch $@

.venv/core: .venv/python pyproject.toml constraints.txt
	$(RUN) -m pip install -q -c constraints.txt -e .
	$(RUN) -m compileall -q coursekit || true
	touch $@

.venv/dev: .venv/core
	$(RUN) -m pip install -q -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf .venv $(OUT) dist
