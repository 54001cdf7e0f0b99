#!/usr/bin/env bash
# Says which system packages are missing for a purpose, and installs them.
#
#   need.sh compile    what compiling the desktop needs (C compiler, OpenGL and X11 headers)
#   need.sh window     the same, and a virtual display with what drives a real window on it
#   need.sh package    the same as window, and what builds the Windows program and tries it
#   need.sh go         nothing but the Go toolchain: enough for shopbelld
#
# Nothing is installed that is there already; nothing is asked. Exit 1 with the
# command to type when this machine's package manager is not one we know.
set -euo pipefail

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

go_needed=1.26

require_go() {
  command -v go >/dev/null 2>&1 ||
    fail "Go $go_needed or newer is missing. Install it from https://go.dev/dl/ and run the command again."
  local have
  have=$(go env GOVERSION)
  have=${have#go}
  if [ "$(printf '%s\n%s\n' "$go_needed" "$have" | sort -V | head -n 1)" != "$go_needed" ]; then
    fail "Go $have is too old: Shopbell needs $go_needed or newer (https://go.dev/dl/)."
  fi
}

# What a Debian or Ubuntu machine needs, as "package" or "package:command";
# with a command the package counts as present when the command is.
debian_compile=(gcc:gcc libc6-dev pkg-config:pkg-config libgl1-mesa-dev libx11-dev libxcursor-dev libxrandr-dev
  libxinerama-dev libxi-dev libxxf86vm-dev)
debian_window=(xvfb:Xvfb xdotool:xdotool openbox:openbox libgl1-mesa-dri x11-utils:xdpyinfo x11-apps:xwd
  imagemagick dbus dbus-x11:dbus-launch fonts-noto-color-emoji)
debian_package=(gcc-mingw-w64-x86-64:x86_64-w64-mingw32-gcc xz-utils:xz wine:wine)

debian_missing() {
  local entry package command
  for entry in "$@"; do
    package=${entry%%:*}
    command=""
    [ "$entry" != "$package" ] && command=${entry#*:}
    if [ -n "$command" ] && command -v "$command" >/dev/null 2>&1; then continue; fi
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf '%s\n' "$package"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    fail "Installing needs root and there is no sudo. As root, type: $*"
  fi
}

install_debian() {
  local missing
  mapfile -t missing < <(debian_missing "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing with apt-get: ${missing[*]}"
  as_root apt-get update -q >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
}

# The other managers are given the whole list: they leave out what is there.
install_elsewhere() {
  local purpose=$1
  if command -v dnf >/dev/null 2>&1; then
    local list=(gcc pkgconf mesa-libGL-devel libX11-devel libXcursor-devel libXrandr-devel libXinerama-devel
      libXi-devel libXxf86vm-devel)
    [ "$purpose" != compile ] && list+=(xorg-x11-server-Xvfb xdotool openbox xdpyinfo ImageMagick dbus-x11
      google-noto-color-emoji-fonts)
    [ "$purpose" = package ] && list+=(mingw64-gcc xz wine-core)
    say "installing with dnf: ${list[*]}"
    as_root dnf install -y -q "${list[@]}" >&2
  elif command -v pacman >/dev/null 2>&1; then
    local list=(gcc pkgconf libglvnd mesa libx11 libxcursor libxrandr libxinerama libxi libxxf86vm)
    [ "$purpose" != compile ] && list+=(xorg-server-xvfb xdotool openbox xorg-xdpyinfo imagemagick dbus noto-fonts-emoji)
    [ "$purpose" = package ] && list+=(mingw-w64-gcc xz wine)
    say "installing with pacman: ${list[*]}"
    as_root pacman -S --needed --noconfirm "${list[@]}" >&2
  elif [ "$(uname -s)" = Darwin ]; then
    [ "$purpose" = compile ] ||
      fail "macOS has no virtual X display; 'make run' opens the window on the screen, and the window test runs on Linux."
    xcode-select -p >/dev/null 2>&1 || fail "Apple's compiler is missing. Type: xcode-select --install"
  else
    fail "This machine's package manager is not known here. Needed for '$purpose': a C compiler, and the development" \
      "files of OpenGL, libX11, Xcursor, Xrandr, Xinerama, Xi and Xxf86vm$([ "$purpose" != compile ] &&
        printf '; Xvfb, xdotool, openbox, xdpyinfo, ImageMagick, dbus and an emoji font')$([ "$purpose" = package ] &&
        printf '; the mingw-w64 compiler, xz and wine')."
  fi
}

main() {
  local purpose=${1:-compile}
  require_go
  case $purpose in
    go) return 0 ;;
    compile | window | package) ;;
    *) fail "unknown purpose '$purpose': want go, compile, window or package" ;;
  esac
  if command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; then
    local list=("${debian_compile[@]}")
    [ "$purpose" != compile ] && list+=("${debian_window[@]}")
    [ "$purpose" = package ] && list+=("${debian_package[@]}")
    install_debian "${list[@]}"
  else
    install_elsewhere "$purpose"
  fi
}

main "$@"
