# The commands of the collection. Each sets itself up: nothing but Python 3.11 or newer and make
# needs to be there. `make` alone lists them.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3.14 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
BIN := .venv/bin
# Two stamps: what the lock names is there; and the project, which changes more often, is too.
PACKAGES := .venv/ready
READY := .venv/project
# JupyterLab asks nobody for news or updates: nothing here needs the internet.
LAB_SETTINGS := .venv/share/jupyter/lab/settings/overrides.json
OFFLINE := {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}
SITE := build/site
BUNDLE := build/offline
# What the bundle carries besides wheels and book: what is needed to work, and nothing of git's.
COLLECTION := README.md OFFLINE.md TEACHING.md CONTRIBUTING.md LICENSE Makefile pyproject.toml \
	requirements.lock environment.yml data docs notebooks src tests tools
NOTEBOOKS := $(sort $(wildcard notebooks/0*.ipynb))
SOLUTIONS := $(sort $(wildcard notebooks/exercises/solutions/*.ipynb))

# The kernel is this environment's, whatever else is installed for the user; hashing is fixed so
# that the order of a set is the same in every run.
export JUPYTER_PREFER_ENV_PATH := 1
export PYTHONHASHSEED := 0
export PYDEVD_DISABLE_FILE_VALIDATION := 1
unexport JUPYTER_PATH PYTHONPATH

# A bundle brings its packages along in a folder (`make offline-bundle`): no index is asked then.
ifneq ($(wildcard wheels),)
export PIP_NO_INDEX := 1
export PIP_FIND_LINKS := wheels
endif

.PHONY: help lab workbook test test-offline browser site offline-bundle notebooks exercises check-setup lint lock states picture timing compare reading measure mutants clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed 's/:.*##/:/' | sort

lab: $(READY) ## open the collection in JupyterLab
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb \
		$(if $(filter 0,$(shell id -u)),--allow-root)

workbook: $(READY) ## map REPORT= (a file or a folder; TOGETHER=1: into one), and write a workbook beside it
	@test -n "$(REPORT)" || { echo 'Which report? For example: make workbook REPORT="my report.docx"'; exit 1; }
	@$(BIN)/python -m helpers "$(REPORT)" $(if $(DELIBERATIONS),--deliberations "$(DELIBERATIONS)") \
		$(if $(RECOMMENDATIONS),--recommendations "$(RECOMMENDATIONS)") \
		$(if $(TOGETHER),--together) $(if $(BRIEF),--brief) $(if $(AGAINST),--against "$(AGAINST)")

test: $(READY) ## run everything: unit tests, doctests, data checks, every notebook
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "not browser and not offline" --nbval \
		tests src notebooks

test-offline: $(READY) ## make the bundle and install from it with no index at hand (needs the internet)
	$(BIN)/python -m pytest -m offline tests

browser: $(READY) ## run every notebook in JupyterLab in a real browser (needs Chromium)
	$(BIN)/python -m pytest -m browser tests

site: $(READY) ## make the book: pages with navigation and search that need no Python
	$(BIN)/python tools/make_site.py "$(SITE)"

offline-bundle: site ## put all that is needed without the internet into build/offline
	rm -rf "$(BUNDLE)"
	mkdir -p "$(BUNDLE)/wheels"
	cp -R $(COLLECTION) "$(BUNDLE)"
	find "$(BUNDLE)" \( -name __pycache__ -o -name .ipynb_checkpoints -o -name "*.egg-info" \) \
		-prune -exec rm -r {} +
	cp -R "$(SITE)" "$(BUNDLE)/book"
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes \
		--requirement requirements.lock --dest "$(BUNDLE)/wheels"
	@echo "Copy the folder $(BUNDLE) to a stick; OFFLINE.md in it says what to do with it"

notebooks: $(READY) ## run every notebook and store its results in it
	$(BIN)/jupyter nbconvert --execute --to notebook --inplace \
		--ExecutePreprocessor.record_timing=False $(NOTEBOOKS)

exercises: $(READY) ## run the solutions and make the learners' notebooks from them
	$(BIN)/jupyter nbconvert --execute --to notebook --inplace \
		--ExecutePreprocessor.record_timing=False $(SOLUTIONS)
	$(BIN)/python -c "from helpers.teaching.exercises import write_learners_notebooks; write_learners_notebooks()"

check-setup: $(READY) ## check that this machine is ready for the lessons
	$(BIN)/python tools/check_setup.py

lint: $(READY) ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

states: $(READY) ## make the table of States from its sources
	$(BIN)/python tools/make_states.py

picture: $(READY) ## draw the README's picture anew
	$(BIN)/python -c "from helpers import mapping_matrix, read_report; \
	from helpers.figures import plot_matrix; \
	plot_matrix(mapping_matrix(read_report())).figure.savefig('data/figures/mapping.png')"

timing: $(READY) ## time the mapping and the lessons
	$(BIN)/python tools/time_mapping.py
	$(BIN)/python tools/time_notebooks.py

# The models live in an environment of their own: nothing that tests run in is changed.
compare: $(READY) ## compare with models, which it installs (several gigabytes); REPORTS= is a folder, REVIEWS= names files to rank
	"$(PYTHON)" -m venv build/compare
	build/compare/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	build/compare/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation -e ".[model]"
	build/compare/bin/python tools/compare_model.py
	build/compare/bin/python tools/measure_links.py "$(or $(REPORTS),../shared/reports)"
	$(if $(REVIEWS),build/compare/bin/python tools/compare_ranking.py $(REVIEWS))

reading: $(READY) ## measure how much of real reports is read right; REPORTS= is a folder of them with their truth
	$(BIN)/python tools/measure_reading.py "$(REPORTS)"

measure: $(READY) ## measure how many names and links are right; REPORTS= is a folder of the other documents
	$(BIN)/python tools/measure_names.py "$(or $(REPORTS),../shared/reports)"
	$(BIN)/python tools/measure_links.py "$(or $(REPORTS),../shared/reports)"

mutants: $(READY) ## change MODULE= (linking/links) in many ways; show what no test minds
	$(BIN)/python tools/mutants.py $(MODULE)

lock: $(READY) ## write requirements.lock anew, with today's versions
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --upgrade --fork-strategy fewest --no-annotate --custom-compile-command "make lock" \
		--quiet --output-file requirements.lock

clean: ## take away what the commands have made
	rm -rf .venv build src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# --clear: without it a second try with another Python would keep the first one.
$(PACKAGES): requirements.lock
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer was found. Install it, or name it: make PYTHON=/path/to/python"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is not a Python 3.11 or newer. Name one: make PYTHON=/path/to/python"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	"$(PYTHON)" -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(READY): $(PACKAGES) pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p $(dir $(LAB_SETTINGS))
	@echo '$(OFFLINE)' > $(LAB_SETTINGS)
	@touch $@
