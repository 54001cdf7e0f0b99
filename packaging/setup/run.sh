#!/usr/bin/env bash
# "make run" once the program is built: opens Shopbell on the sandbox shop.
#
#   run.sh SHOPBELL DIR [ARG...]
#
# On a machine with a display the window stays until it is closed. With none, the
# tour runs on a virtual display and leaves its pictures in DIR.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
shopbell=$1
pictures=$2
shift 2

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
  exec "$shopbell" --sandbox "$@"
fi
echo "run: no display here. Shopbell runs on a virtual one for about a minute; pictures go to $pictures" >&2
"$here/need.sh" window
exec "$here/display.sh" "$here/tour.sh" "$shopbell" "$pictures" "$@"
