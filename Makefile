# make run    the app on http://localhost:8501, data in your user data directory
# make test   every check and every test, browser and PostgreSQL included
# make quick  lint, types, contracts, and the tests that need no browser, server or office program and do not take long
# make setup  only .venv, with the `groundwork` command in it

PYTHON ?= python3
BIN := .venv/bin
# Several test processes share the cores; threads within them would only get in each other's way.
export OPENBLAS_NUM_THREADS ?= 1
# They and the servers that they start import the same files hundreds of times: what was compiled is kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run setup test quick check format lock texts migration calls bench pictures clean

run: .venv/app
	$(BIN)/groundwork serve

setup: .venv/app

.venv/app: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

test: .venv/app .venv/chromium .venv/office .venv/caddy .venv/java check
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

# What is left out by its folder is not even collected: to import it takes as long as many a test.
quick: .venv/app check
	$(BIN)/python -m pytest --quiet --numprocesses 2 --ignore=tests/app --ignore=tests/browser -m "not server and not office and not long"

check: .venv/app
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Debian's package where we may install it; otherwise the browser tool's own way.
.venv/chromium: .venv/app
	@command -v chromium >/dev/null 2>&1 \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
	|| $(BIN)/playwright install --with-deps chromium \
	|| $(BIN)/playwright install chromium
	touch $@

# LibreOffice calculates the exported workbooks and draws the slides and memos in the tests. Debian's packages where
# we may install them.
OFFICE := /usr/lib/libreoffice/program
OFFICE_PARTS := $(addprefix $(OFFICE)/,libsclo.so libswlo.so libsdlo.so)

.venv/office: .venv/app
	@{ command -v soffice >/dev/null 2>&1 && { [ ! -d $(OFFICE) ] || ls $(OFFICE_PARTS) >/dev/null 2>&1; }; } \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui libreoffice-writer-nogui libreoffice-impress-nogui >/dev/null; } \
	|| { echo "The tests calculate workbooks and draw slides and memos with LibreOffice: please install its Calc, Writer and Impress, so that soffice is on the path."; exit 1; }
	touch $@

# The proxy of compose.yaml, for the test of two replicas behind it.
.venv/caddy: .venv/app
	@command -v caddy >/dev/null 2>&1 \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends caddy >/dev/null; } \
	|| { echo "The tests put two replicas behind Caddy: please install it, so that caddy is on the path."; exit 1; }
	touch $@

# What Spark runs on, for the test that a profile is the same there.
.venv/java: .venv/app
	@command -v java >/dev/null 2>&1 \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null; } \
	|| { echo "The tests profile a table on a local Spark: please install a Java runtime (17 or newer), so that java is on the path."; exit 1; }
	touch $@

format: .venv/app
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# After a new text: add it to the catalogues, where a translator fills it in.
texts: .venv/app
	$(BIN)/python -m tests.texts

# After a change of db/models.py: make migration NAME="add a colour". Read what it writes before you commit it.
migration: .venv/app
	$(BIN)/python -m db.migrations.new "$(NAME)"
	$(BIN)/ruff check --fix --quiet db/migrations/versions
	$(BIN)/ruff format --quiet db/migrations/versions

# Names, versions and hashes for every platform; no addresses. What a server needs (Dockerfile) is a part of it, in the
# same versions.
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --no-header

lock: .venv/app
	$(COMPILE) --group dev --upgrade --output-file requirements.lock pyproject.toml
	$(COMPILE) --group build --constraint requirements.lock --output-file requirements-server.lock pyproject.toml

# Thousands of calls of the API, made of its own OpenAPI document. The tests make some hundreds.
calls: .venv/app
	GROUNDWORK_API_CALLS=6500 $(BIN)/python -m pytest --quiet --capture=no tests/app/api/test_openapi.py -k whatever

bench: .venv/app .venv/chromium
	$(BIN)/python -m tests.bench

# The README's pictures, of today's pages.
pictures: .venv/app .venv/chromium
	$(BIN)/python -m tests.pictures

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
