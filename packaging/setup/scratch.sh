# shellcheck shell=bash
# Sourced by scripts that start a program of their own. It gives them $scratch, a
# folder that goes when they end; the process whose id they put into $running ends
# with them, and a function end_more of theirs is called after that.
scratch=$(mktemp -d)
running=""
finish() {
  if [ -n "$running" ]; then
    kill "$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || true
  fi
  if declare -F end_more >/dev/null; then end_more; fi
  rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
