# `make help` lists what can be made. Only python3 (3.11 or later) and make have to be there before.
PYTHON ?= python3
# Not taken from the environment, where shells and hosts set HOST and PORT for themselves.
HOST =
PORT =
CONTENT =

BIN = .venv/bin
INSTALLED = .venv/.installed
EXTRAS = index,dev

ifneq ($(CONTENT),)
export ASKPOST_CONTENT = $(CONTENT)
endif

.PHONY: help install serve test lint bench bench-index soak reloads kills fuzz contract release-check screenshots sites docusaurus fuzz-posts clean

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

install: $(INSTALLED) ## make .venv and install askpost into it

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "askpost needs Python 3.11 or later; name one with: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt --editable '.[$(EXTRAS)]'
	@touch $@

serve: install ## install, index the posts, and serve on http://127.0.0.1:8000 (CONTENT, HOST and PORT change that)
	@# Posts that cannot be read are reported; what could be indexed, or was before, is served.
	-@$(BIN)/askpost index
	@exec $(BIN)/askpost serve $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

test: install ## install, and run the tests in JOBS (2) processes; those that are skipped are listed with the reason
	$(BIN)/python -m pytest -r s -n $(or $(JOBS),2) --dist loadfile

lint: install ## check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: install ## measure indexing, and time, throughput, start and memory at three sizes, beside txtai and Haystack
	$(BIN)/python -m tests.benchmarks.indexing
	$(BIN)/python -m tests.benchmarks.widget
	$(BIN)/python -m tests.benchmarks

bench-index: install ## of that, only indexing a blog of 1,000 posts: full, unchanged, one edit
	$(BIN)/python -m tests.benchmarks.indexing

soak: install ## MINUTES (5) of mixed load at RATE (20) requests a second, with new generations all the while
	$(BIN)/python -m tests.load.soak --minutes $(or $(MINUTES),5) --rate $(or $(RATE),20)

reloads: install ## new generations under load, TIMES (100)
	$(BIN)/python -m tests.load.reloads --times $(or $(TIMES),100)

screenshots: install ## make the pictures in docs/ (needs Chromium)
	$(BIN)/python -m tests.service.widget.screenshots docs

sites: install ## install MkDocs Material, for the tests of sites that generators built (Jekyll and Hugo: apt)
	$(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt mkdocs-material

docusaurus: ## install Docusaurus for those tests: 270 MB from npm
	mkdir -p build/sites/docusaurus
	cp tests/sites/docusaurus/package.json build/sites/docusaurus
	npm install --prefix build/sites/docusaurus --no-audit --no-fund --loglevel error

kills: install ## builds killed at random moments, TIMES (50)
	$(BIN)/python -m tests.load.kills --times $(or $(TIMES),50)

fuzz: install ## what no client should send, REQUESTS (100,000)
	$(BIN)/python -m tests.load.fuzz --requests $(or $(REQUESTS),100000)

contract: install ## made-up requests against the API's own description, EXAMPLES (1,000) a route
	CONTRACT_EXAMPLES=$(or $(EXAMPLES),1000) $(BIN)/python -m pytest tests/service/test_contract.py

release-check: install ## build the wheel, and index, serve and test with it in an empty environment
	$(BIN)/python -m tests.release

fuzz-posts: install ## broken posts for the parser, for MINUTES (5)
	$(BIN)/python -m tests.index.parse.fuzz $(or $(MINUTES),5)

clean: ## remove the environment, the index and what tools have left
	rm -rf .venv .askpost .mypy_cache .ruff_cache .pytest_cache .hypothesis
