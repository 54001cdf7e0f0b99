#!/usr/bin/env bash
# Starts a package on a virtual display, on the sandbox shop, until its window
# stands and its desk is open:
#
#   try.sh linux ARCHIVE.tar.xz | try.sh windows PROGRAM.exe
#
# Exit status 1 where it does not come up within two minutes; 0 with a word about
# it where this machine cannot start it at all.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
system=$1
package=$(cd "$(dirname "$2")" && pwd)/${2##*/}

if [ -z "${TRY_ON_DISPLAY:-}" ]; then # once more, on a display of its own
  TRY_ON_DISPLAY=yes exec "$here/../setup/display.sh" "$here/try.sh" "$system" "$package"
fi
# shellcheck source=packaging/setup/scratch.sh
. "$here/../setup/scratch.sh"
cd "$scratch"

case $system in
  linux)
    tar -xJf "$package"
    start=("$(find . -type f -path '*/bin/*' | head -n 1)" --data "$scratch/data")
    ;;
  windows)
    wine=$(command -v wine) ||
      { echo "package: ${package##*/} was built and never started: there is no wine here." >&2; exit 0; }
    cp "$package" Shopbell.exe
    export WINEPREFIX=$scratch/wine WINEDEBUG=-all WINEDLLOVERRIDES="bcryptprimitives=n;mscoree,mshtml="
    end_more() { wineserver -k 2>/dev/null || true; }
    "$wine" wineboot --init >/dev/null 2>&1
    # Wine 8 lacks the library that a Go program's random numbers come from; it is
    # looked for among the system's own only.
    x86_64-w64-mingw32-gcc -shared -O2 -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" "$here/bcryptprimitives.c" -ladvapi32
    start=("$wine" Shopbell.exe --data "Z:$scratch/data")
    ;;
  *) echo "usage: try.sh linux|windows PACKAGE" >&2; exit 2 ;;
esac

"${start[@]}" --sandbox >started.log 2>&1 &
running=$!
for _ in $(seq 240); do
  if xdotool search --onlyvisible --name '^Shopbell' >/dev/null 2>&1 && [ -s data/sandbox/shop.db ]; then
    echo "package: ${package##*/} starts, shows its window and opens the sandbox shop."
    exit 0
  fi
  kill -0 "$running" 2>/dev/null || break
  sleep 0.5
done
echo "package: ${package##*/} did not show its window:" >&2
tail -n 20 started.log >&2
exit 1
