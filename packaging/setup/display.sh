#!/usr/bin/env bash
# Runs a command on a virtual display of its own, 1280x800, and ends the display with it:
#
#   display.sh COMMAND [ARG...]
#
# The display number is chosen by Xvfb itself, so that several may run at once, and it
# stays as it is when one program has left and the next has not come. A
# session bus is given along where there is one (tray and notifications want it).
# Exit status: that of the command.
set -euo pipefail

[ $# -gt 0 ] || { echo "usage: display.sh COMMAND [ARG...]" >&2; exit 2; }

# shellcheck source=packaging/setup/scratch.sh
. "$(dirname "${BASH_SOURCE[0]}")/scratch.sh"

Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -noreset 3>"$scratch/number" 2>"$scratch/log" &
running=$!

# 30 s: a loaded machine may take several before the server listens.
for _ in $(seq 150); do
  [ -s "$scratch/number" ] && break
  kill -0 "$running" 2>/dev/null || { echo "display: Xvfb ended:" >&2; cat "$scratch/log" >&2; exit 1; }
  sleep 0.2
done
[ -s "$scratch/number" ] || { echo "display: Xvfb did not get ready within 30 s" >&2; exit 1; }

DISPLAY=":$(cat "$scratch/number")"
export DISPLAY
unset WAYLAND_DISPLAY
# Mesa renders in software here; say so rather than let it look for a card.
export LIBGL_ALWAYS_SOFTWARE=1

if [ -z "${DBUS_SESSION_BUS_ADDRESS:-}" ] && command -v dbus-run-session >/dev/null 2>&1; then
  dbus-run-session -- "$@"
else
  "$@"
fi
