# Shopbell. "make run" and "make test" install what is missing and need nothing else but Go.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

setup := packaging/setup
bin   := build/bin
# migrated_fynedo: as FyneApp.toml says for the program itself. no_animations: a picture does not depend on the moment.
tags  := migrated_fynedo,no_animations
lint  := $(bin)/golangci-lint
fuzztime ?= 1m

.PHONY: help run build test test-core test-long test-window lint fmt fuzz licences bench bench-inbox judge package clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: compile ## open Shopbell on the sandbox shop (with no display: a one-minute tour, pictures in build/run)
	$(setup)/run.sh $(bin)/shopbell build/run

build: compile ## the desktop and shopbelld into build/bin

.PHONY: compile
compile:
	$(setup)/need.sh compile
	mkdir -p $(bin)
	go build -trimpath -tags migrated_fynedo -o $(bin)/shopbell .
	CGO_ENABLED=0 go build -trimpath -o $(bin)/shopbelld ./core/cmd/shopbelld

test: ## every test with the race detector, the window test included; under 20 minutes from a cold cache
	$(setup)/need.sh window
	go test -race -timeout 15m -tags $(tags) ./...
	$(MAKE) --no-print-directory test-window

test-window: ## the test that drives the real window, on a virtual display
	$(setup)/need.sh window
	$(setup)/display.sh go test -race -count=1 -timeout 5m -tags $(tags),window ./app/windowtest/... ./app/clipboard

test-core: ## what has no screen, without cgo and without the race detector: a minute or two, for while you work
	CGO_ENABLED=0 go test ./core/... ./walls/...

test-long: ## the full kills and the soak, then each fuzz target for $(fuzztime): about half an hour
	$(setup)/need.sh window
	SHOPBELL_LONG=1 go test -race -count=1 -timeout 90m -tags $(tags) ./...
	$(MAKE) --no-print-directory test-window
	$(MAKE) --no-print-directory fuzz

fuzz: ## each fuzz target for $(fuzztime); fuzztime=30s make fuzz for a quick one
	$(setup)/fuzz.sh $(fuzztime)

licences: ## gather anew the licences of what is built in, after go.mod has changed
	go generate ./assets/licences

bench: ## the spine under load beside a plain reference bot
	go run ./bench/spine

bench-inbox: ## the window over a large shop beside a small one; -short for a tenth: go run ./bench/inbox -short
	go run ./bench/inbox

judge: ## what we send, sign and simulate, held against a client of other authors (needs Node 20; checks only)
	packaging/judge/judge.sh build/judge

package: ## an archive for Linux and a program for Windows, started once each, with their sums, in build/package
	$(setup)/need.sh package
	packaging/bundle/bundle.sh build/package

lint: $(lint) ## gofmt, go vet, golangci-lint
	$(setup)/need.sh compile
	@unformatted=$$(git ls-files '*.go' | xargs gofmt -l); \
	  if [ -n "$$unformatted" ]; then echo "not gofmt'ed:"; echo "$$unformatted"; exit 1; fi
	go vet -tags $(tags) ./...
	go vet -tags $(tags),window ./app/windowtest/... ./app/clipboard
	$(lint) run

# The linter is pinned in a module of its own, so that its three hundred dependencies stay out of go.mod.
$(lint): tools/go.mod tools/go.sum
	mkdir -p $(bin)
	CGO_ENABLED=0 go build -C tools -o ../$(lint) github.com/golangci/golangci-lint/v2/cmd/golangci-lint

fmt: ## gofmt every Go file of the repository
	git ls-files '*.go' | xargs gofmt -w

clean: ## remove build/ (not Go's own caches)
	rm -rf build
