# Télé-demande : `make demo` pour essayer, `make test` pour tout vérifier.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
.PHONY: demo demo-reset test bench bench-mail lint format requirements messages help

PORT ?= 8000
VAR_DIR ?= $(CURDIR)/.var
PYTHON ?= python3
BIN := .venv/bin
export PORT VAR_DIR

demo: .venv/ok-demo ## démarrer la démonstration sur http://127.0.0.1:8000 (PORT=… pour un autre port)
	@DEMO=1 exec $(BIN)/python manage.py demo

demo-reset: ## effacer les données de la démonstration (dossier .var) et la démarrer à neuf
	@$(PYTHON) .ci/reset.py "$(VAR_DIR)"
	@exec $(MAKE) --no-print-directory demo

test: .venv/ok-dev ## tout vérifier (PARTS="lint sqlite" pour choisir, ARGS="-k recherche" pour pytest)
	@PATH="$(CURDIR)/$(BIN):$$PATH" exec $(BIN)/python .ci/test.py --parts "$(PARTS)" --pytest="$(ARGS)"

bench: .venv/ok-dev ## mesurer les pages sur PostgreSQL (TICKETS="1000 100000" par défaut, JSON=fichier)
	@PATH="$(CURDIR)/$(BIN):$$PATH" exec $(BIN)/python -m tests.bench --tickets "$(or $(TICKETS),1000 100000)" \
		--seconds "$(or $(BENCH_SECONDS),6)" $(if $(JSON),--json "$(JSON)")

bench-mail: .venv/ok-dev ## mesurer la boîte d’envoi : pannes, débit, mémoire, retard (ARGS="faults --notifications 2000")
	@PATH="$(CURDIR)/$(BIN):$$PATH" exec $(BIN)/python -m tests.bench.mail $(ARGS)

lint: .venv/ok-dev ## relire le code : style, gabarits, architecture, secrets
	@PATH="$(CURDIR)/$(BIN):$$PATH" exec $(BIN)/python .ci/test.py --parts lint

format: .venv/ok-dev ## mettre en forme le code
	@$(BIN)/ruff check --quiet --fix-only . ; exec $(BIN)/ruff format .

requirements: .venv/ok-dev ## recalculer les dépendances figées (requirements/*.txt)
	@exec $(BIN)/python .ci/lock.py

messages: .venv/ok-dev ## refaire les catalogues français et anglais, et dire ce qui reste à traduire (demande GNU gettext)
	@exec $(BIN)/python .ci/messages.py

help: ## afficher cette aide
	@echo "Télé-demande"
	@sed -n 's/^\([a-z-]*\):.* ## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

# One stamp per set: the environment is completed again only when the locked requirements change.
.venv/ok-demo: requirements/demo.txt
	@$(PYTHON) .ci/install.py demo

.venv/ok-dev: requirements/dev.txt
	@$(PYTHON) .ci/install.py dev
