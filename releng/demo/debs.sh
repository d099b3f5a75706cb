# Sourced by the scripts that make demo archives from Debian's packages.

# debs FOLDER PACKAGE...: downloads what is not in FOLDER yet, so that a second run needs no network; nothing is installed.
debs() {
  local folder=$1 p tmp; shift
  mkdir -p "$folder"
  for p in "$@"; do
    compgen -G "$folder/${p}_*.deb" >/dev/null && continue
    tmp=$(mktemp -d)
    ( cd "$tmp" && apt-get -qq -o APT::Sandbox::User="$(id -un)" download "$p" ) \
      || { rm -rf "$tmp"; echo "cannot download Debian package $p; run apt-get update and try again" >&2; return 1; }
    mv "$tmp/${p}"_*.deb "$folder/"; rm -rf "$tmp"
  done
}

# pack SITE OUT: makes a gzipped tar of the folder, readable to all and written whole or not at all.
pack() {
  chmod -R u+rwX,go+rX,go-w "$1"
  mkdir -p "$(dirname "$2")"
  tar --sort=name --owner=0 --group=0 --numeric-owner -C "$1" -czf "$2.part" .
  mv "$2.part" "$2"
}
