#!/usr/bin/env bash
# Holds Shopbell against a WhatsApp client of other authors, installed under DIR:
#
#   judge.sh DIR
#
# Exit status 1 where they disagree, or where Node is missing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=$1
for command in node npm; do
  command -v "$command" >/dev/null 2>&1 ||
    { echo "judge: $command is missing. The judge is written for Node 20.19 or newer (https://nodejs.org); Shopbell itself needs none." >&2; exit 1; }
done
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || a === 20 && b >= 19 ? 0 : 1)' ||
  { echo "judge: Node $(node --version) is too old: 20.19 or newer is needed." >&2; exit 1; }

mkdir -p "$dir"
cp "$here/package.json" "$here/package-lock.json" "$here/judge.mjs" "$dir/"
npm ci --prefix "$dir" --no-audit --no-fund --loglevel=error
exec go run ./packaging/judge "$dir" judge.mjs
