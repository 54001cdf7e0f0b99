#!/usr/bin/env bash
# Runs every fuzz target of the project in turn, each for the given time:
#
#   fuzz.sh 1m
#
# What a target finds is kept by Go in testdata/fuzz beside the test; commit it
# together with the fix. Exit status: 1 as soon as one target fails.
set -euo pipefail

time=${1:-1m}
while IFS= read -r dir; do
  while IFS= read -r target; do
    echo "== $target in $dir for $time"
    CGO_ENABLED=0 go test -run '^$' -fuzz "^${target}\$" -fuzztime "$time" "./$dir" </dev/null
  done < <(grep -hoE '^func Fuzz[A-Za-z0-9_]+' "$dir"/*_test.go | sed 's/^func //')
done < <(git ls-files '*_test.go' | xargs grep -lE '^func Fuzz' | xargs -n 1 dirname | sort -u)
