# Sourced by the scripts beside it: installs the Debian packages that are missing, as root or through sudo.
# usage: need PACKAGE...

need() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "Installing: ${missing[*]}" >&2
  local root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  # A failing update (one mirror away) is no reason to give up: the lists at hand may do.
  "${root[@]}" apt-get -qq update >&2 || true
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install "${missing[@]}" >&2
}

if ! command -v swift >/dev/null; then
  echo "A Swift toolchain (6.1 or later) is needed: https://www.swift.org/install/linux/" >&2
  exit 69
fi
