#!/usr/bin/env bash
# Packages the program for Linux and for Windows, starts each package once, and
# writes their sums:
#
#   bundle.sh DIR
#
# The fyne command raises the build number in FyneApp.toml and builds beside the
# sources; so it is given a copy of the last commit, and the tree stays as it is.
# Exit status 1 where a package cannot be built, or does not show its window. A
# package that this machine cannot start is said to be untried.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
cd "$root"

version=$(sed -n 's/^ *Version = "\(.*\)"/\1/p' FyneApp.toml)
fyne=$root/build/bin/fyne
sources=$out/src
rm -rf "$sources" "$out"/Shopbell-* "$out"/SHA256SUMS
trap 'rm -rf "$sources"' EXIT

say() { printf 'package: %s\n' "$*"; }

mkdir -p "$(dirname "$fyne")" "$sources"
[ "$fyne" -nt tools/fyne/go.sum ] || CGO_ENABLED=0 go build -C tools/fyne -o "$fyne" fyne.io/tools/cmd/fyne
say "commit $(git rev-parse --short HEAD)"
git diff --quiet HEAD || say "what is not committed yet is left out"
git archive HEAD | tar -x -C "$sources"

export GOFLAGS="-trimpath ${GOFLAGS:-}"
package() { (cd "$sources" && CGO_ENABLED=1 "$fyne" package --release --tags migrated_fynedo "$@"); }

machine=$(go env GOHOSTARCH)
say "Linux ($machine)"
package --target linux
linux=$out/Shopbell-$version-linux-$machine.tar.xz
mv "$sources"/Shopbell.tar.xz "$linux"

say "Windows (amd64)"
GOARCH=amd64 CC=x86_64-w64-mingw32-gcc package --target windows
windows=$out/Shopbell-$version-windows-amd64.exe
mv "$sources"/Shopbell.exe "$windows"

cp "$sources/assets/licences/licences.txt" "$out/Shopbell-$version-licences.txt"

(cd "$out" && sha256sum "${linux##*/}" "${windows##*/}" "Shopbell-$version-licences.txt" >SHA256SUMS)
"$here/try.sh" linux "$linux"
"$here/try.sh" windows "$windows"
say "done, in $out:"
(cd "$out" && ls -l "${linux##*/}" "${windows##*/}" && cat SHA256SUMS)
