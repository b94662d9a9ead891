# Two commands do all the set-up: `make run` (the main job, on the synthetic organisation) and `make test`.
# They need Python 3.11 or later, pip and make, nothing else.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PACK   ?= 2020-21-q3

.PHONY: run test verify lab check bench clean

run: $(VENV)/installed extracts/demo/SYNTHETIC.txt
	$(BIN)/cafcass-reports run $(PACK)

# Written anew where the demo itself has changed: papers ask for what it holds today.
extracts/demo/SYNTHETIC.txt: $(wildcard cafcass_reports/extracts/demo/*.py) | $(VENV)/installed
	$(BIN)/cafcass-reports demo extracts/demo

lab: $(VENV)/installed extracts/demo/SYNTHETIC.txt
	$(BIN)/jupyter lab notebooks

test: $(VENV)/tested-with
	$(BIN)/pytest -n 2 --dist loadgroup --no-loadscope-reorder

check: $(VENV)/tested-with
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What needs a browser, Java or LibreOffice; installs them on Debian and Ubuntu.
verify: $(VENV)/tested-with check
	./.ci/install-verifiers
	$(BIN)/pytest -m verify

# Compares with papermill and nbconvert, and writes docs/benchmarks.md; wants a quiet machine for more than an hour.
bench: $(VENV)/tested-with
	$(BIN)/python -m benchmarks.routes
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.late_row
	$(BIN)/python -m benchmarks.soak

$(VENV)/installed: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/tested-with: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV) outputs extracts/demo
