#!/usr/bin/env bash
# Shows Shopbell on a machine with no display: the sandbox customers write for a
# minute, pictures of the real window are kept, the summary is printed.
#
#   display.sh tour.sh SHOPBELL DIR [ARG...]
#
# Shopbell drives itself (--tour). It prints "shot NAME" when a picture is due and
# waits for the line "ok" on its standard input, so that the window stands still.
# Exit status: that of Shopbell, or 1 when a picture could not be taken.
set -euo pipefail

[ $# -ge 2 ] || { echo "usage: tour.sh SHOPBELL DIR [ARG...]" >&2; exit 2; }
shopbell=$1
pictures=$2
shift 2

mkdir -p "$pictures"
# shellcheck source=packaging/setup/scratch.sh
. "$(dirname "${BASH_SOURCE[0]}")/scratch.sh"

# ImageMagick's own import: another program of that name may come first in PATH.
import=/usr/bin/import
[ -x "$import" ] || import=$(command -v import) || { echo "tour: ImageMagick's import is missing" >&2; exit 1; }

shoot() {
  local name=$1 window=""
  window=$(xdotool search --onlyvisible --pid "$running" 2>/dev/null | tail -n 1) || window=""
  if [ -n "$window" ]; then
    "$import" -window "$window" "$pictures/$name.png"
  else
    "$import" -window root "$pictures/$name.png"
  fi
}

coproc TOUR { exec "$shopbell" --data "$scratch" --sandbox --tour "$pictures" "$@"; }
running=$TOUR_PID
exec {from}<&"${TOUR[0]}" {to}>&"${TOUR[1]}"

while IFS= read -r line <&"$from"; do
  case $line in
    "shot "*)
      name=${line#shot }
      name=${name%.png}
      case $name in *[!a-z0-9-]* | "") echo "tour: odd picture name '$name'" >&2; exit 1 ;; esac
      shoot "$name"
      echo "picture $pictures/$name.png"
      echo ok >&"$to"
      ;;
    *) printf '%s\n' "$line" ;;
  esac
done
exec {to}>&-

status=0
wait "$running" || status=$?
running=""
exit "$status"
