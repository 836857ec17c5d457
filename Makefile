# govtables: from annual reports to Parquet to a report of notebooks.
# `make` does everything, `make test` checks everything, `make help` lists the rest.

# Interpreters to try, in this order; name another with `make PYTHON=/path/to/python`.
PYTHON := python3.11 python3
READY  := .venv/ready
RUN    := PATH="$(CURDIR)/.venv/bin:$$PATH"
# A kernel warns when other users of the machine could listen to it; root, as in a container, has to be allowed.
KERNEL := --KernelManager.transport_encryption=auto $(if $(filter 0,$(shell id -u)),--allow-root)

# Jupyter, IPython and Matplotlib read nothing but the environment's own settings, kernels and caches,
# so that a reader's personal set-up cannot change an output.
export JUPYTER_DATA_DIR   := $(CURDIR)/.venv/share/jupyter
export JUPYTER_CONFIG_DIR := $(CURDIR)/.venv/etc/jupyter
export IPYTHONDIR         := $(CURDIR)/.venv/ipython
export MPLCONFIGDIR       := $(CURDIR)/.venv/matplotlib
export PYTHONNOUSERSITE   := 1
export PYTHONUTF8         := 1
# Python 3.11 freezes its standard modules, about which the kernel's debugger would warn.
export PYDEVD_DISABLE_FILE_VALIDATION := 1
unexport PYTHONDONTWRITEBYTECODE JUPYTER_PATH JUPYTER_CONFIG_PATH MPLBACKEND PYTHONHOME PYTHONPATH PYTHONWARNINGS PYTEST_ADDOPTS

# Every shell has a LANG; only one that is given to make says which edition of the site comes first.
ifeq ($(origin LANG),command line)
FIRST := $(LANG)
unexport LANG
else
FIRST := $(or $(GOVTABLES_LANG),en)
endif
REPORT := report
export DATA REPORT TITLE PAGES REPORTS MOST  # as they are, so that no shell reads them
TESTS  := govtables tests notebooks
LOCKED := notebooks distributed export fetch office pdf site test bench

.PHONY: all setup ocr data site report test lab notebooks words bench fuzz stress lock clean help
.DELETE_ON_ERROR:

all: site ## Set up, build the data, run the notebooks, render the report (the default)

setup: $(READY) ## Make the environment .venv with the locked packages

ocr: .venv/ocr ## Add what reads scans to the environment

data: $(READY) ## Read data/raw into data/parquet
	@echo "data: data/raw -> data/parquet"
	@$(RUN) govtables build data/raw data/parquet

# What is said while a site is made, and in its downloads, is in the language of its first edition.
site report: export GOVTABLES_LANG = $(FIRST)
# A notebook that fails is published with its error, and fails the target.
say_ready = if [ $$failed = 0 ]; then echo "The report is ready: $(1)/index.html"; \
    else echo "$(1)/index.html is made, but a notebook stopped, as said above; $(1)/status.html names it" >&2; exit 1; fi
site: data ## Run the notebooks and render them, with all that belongs to them, to site/
	@echo "site: running the notebooks (those whose inputs changed)"
	@failed=0; $(RUN) python -m publish.execute notebooks/*.ipynb --out build/notebooks --lang en zh || failed=1; \
	    echo "site: rendering" && \
	    $(RUN) python -m publish.site build/notebooks data/parquet site --lang "$(FIRST)" --raw data/raw && \
	    $(call say_ready,site)

report: $(READY) ## The same for reports of your own: make report DATA=my-reports [REPORT=report] [TITLE=...] [PAGES=200] [LANG=zh] [REPORTS=a,b] [MOST=30]
	@$(RUN) python -m publish.dataset "$$DATA" "$$REPORT/data" --pages="$$PAGES" --reports="$$REPORTS" --most="$$MOST"
	@failed=0; $(RUN) python -m publish.execute notebooks/*.ipynb --out "$$REPORT/notebooks" --data "$$REPORT/data" \
	    --reports="$$REPORTS" --most="$$MOST" --lang en zh || failed=1; \
	    $(RUN) python -m publish.site "$$REPORT/notebooks" "$$REPORT/data" "$$REPORT/site" --own="$$TITLE" --pages="$$PAGES" --lang "$(FIRST)" --raw "$$DATA" && \
	    $(call say_ready,$$REPORT/site)

# Examples on pages of docs/ are tests of one file, which bear the names of their pages.
pages = $(filter docs% %.md,$(TESTS))
chosen = $(if $(pages),tests/whole/test_docs.py -k "$(shell echo $(pages) | sed 's/ / or /g')",$(TESTS))
# Cells of one notebook must stay in one worker, hence loadfile; tests/conftest.py tells the order of the files.
test: $(READY) ## Run the tests, the examples in the docs and the notebooks, outputs compared strictly; or some: make test TESTS=...
	@$(RUN) python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --nbval --nbval-current-env $(chosen)

lab: data ## Open the notebooks in JupyterLab
	@$(RUN) jupyter lab --notebook-dir notebooks $(KERNEL)

notebooks: data ## For authors: re-run the notebooks in place, top to bottom
	@$(RUN) python -m publish.execute notebooks/*.ipynb

words: $(READY) ## For authors: bring the catalogues of the Chinese edition up to the prose, and say what is to be translated
	@$(RUN) python tools/catalogues.py

bench: $(READY) ## Measure accuracy and speed
	@$(RUN) python benchmarks/accuracy.py
	@$(RUN) python benchmarks/accuracy.py --format docx xlsx pdf $(if $(wildcard .venv/ocr),scan)
	@$(RUN) python benchmarks/errors.py
	@$(RUN) python benchmarks/damage.py --formats || echo "damage: some damages are read in silence, as said above"
	@$(RUN) python benchmarks/prose.py
	@$(RUN) python benchmarks/prose.py tests/prose/sentences_held_out.csv
	@$(RUN) python benchmarks/issuers.py
	@$(RUN) python benchmarks/speed.py

fuzz: $(READY) ## Feed harmful documents to the package: make fuzz [INPUTS=1000] [SEED=1]
	@failed=0; for target in $(filter-out fuzz/harness.py,$(wildcard fuzz/*.py)); do \
	    $(RUN) python $$target --inputs $(or $(INPUTS),1000) --seed $(or $(SEED),1) || failed=1; done; exit $$failed

stress: $(READY) ## Kill, read beside and rival what writes datasets: make stress [KILLS=200] [SEED=1]
	@$(RUN) python benchmarks/stress.py --kills $(or $(KILLS),200) --seed $(or $(SEED),1)

lock: $(READY) ## For maintainers: take the newest packages into requirements.lock and environment.yml
	@$(RUN) uv pip compile pyproject.toml $(addprefix --extra ,$(LOCKED)) --group build --universal --python-version 3.11 --upgrade \
	    --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --quiet --output-file requirements.lock
	@$(RUN) uv pip compile pyproject.toml --extra ocr --constraint requirements.lock --universal --python-version 3.11 --upgrade \
	    --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --quiet --output-file requirements-ocr.lock
	@echo uv | $(RUN) uv pip compile - --universal --python-version 3.11 --upgrade \
	    --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --quiet --output-file requirements-uv.lock
	@$(RUN) python tools/pin.py requirements.lock environment.yml
	@echo "lock: done; 'make test' installs it and tests with it"

clean: ## Remove all that can be made again, the environment too
	@rm -rf .venv site report build dist *.egg-info .pytest_cache
	@find . -name __pycache__ -o -name .ipynb_checkpoints | xargs rm -rf

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

# The interpreter behind a virtual environment counts, because .venv is about to be replaced.
find_python = for p in $(PYTHON); do \
    $$p -c 'import ensurepip, sys, venv; sys.version_info < (3, 11) and sys.exit(1); print(sys._base_executable)' \
    2>/dev/null && break; done

# uv installs in seconds what takes pip a minute; where it cannot be had, or fails, pip does the same work.
install = index=$${PIP_INDEX_URL:-$$(.venv/bin/pip config get global.index-url 2>/dev/null)}; \
	if [ -n "$$index" ] && [ -z "$$UV_DEFAULT_INDEX" ]; then export UV_DEFAULT_INDEX="$$index"; fi; \
	.venv/bin/uv pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes -r $(1) || \
	{ echo "set-up: uv failed, so pip installs them (a minute or two)" && \
	    .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $(1); }

.venv/packages: requirements.lock requirements-uv.lock
	@base=$$($(find_python)); \
	if [ -z "$$base" ]; then \
	    echo "No usable Python among: $(PYTHON). Install Python 3.11 or newer with its venv module" >&2; \
	    echo "(Debian, Ubuntu: apt install python3.11 python3.11-venv), or name one: make PYTHON=/path/to/python" >&2; \
	    exit 1; \
	fi; \
	echo "set-up: environment .venv with $$("$$base" -V)"; \
	rm -rf .venv && "$$base" -m venv .venv
	@echo "set-up: locked packages (once; 1.1 GB on disk)"
	@.venv/bin/pip install -qq --disable-pip-version-check --require-hashes -r requirements-uv.lock || true
	@$(call install,requirements.lock)
	@touch $@

# Matplotlib's list of fonts is made here, since making it writes to stderr, which no notebook may.
$(READY): .venv/packages pyproject.toml
	@echo "set-up: govtables itself"
	@.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@.venv/bin/python -c 'import matplotlib.font_manager' 2>/dev/null
	@touch $@

.venv/ocr: $(READY) requirements-ocr.lock
	@echo "set-up: locked packages for scans (once; 0.3 GB on disk)"
	@$(call install,requirements-ocr.lock)
	@touch $@
