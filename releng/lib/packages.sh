# Debian packages: says which and why, installs them without starting or enabling their services.

package_known() { command -v apt-cache >/dev/null && [ -n "$(apt-cache madison "$1" 2>/dev/null)" ]; }
package_there() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# The PHP release of this Debian: the one that is installed, else the one the metapackage names: 8.2, 8.4, ...
php_release() {
  local installed
  installed=$(find /usr/sbin -name 'php-fpm[0-9]*' 2>/dev/null | sed 's/.*php-fpm//' | sort -V | tail -n 1)
  [ -n "$installed" ] && { echo "$installed"; return; }
  apt-cache depends php-fpm 2>/dev/null | sed -n 's/.*Depends: php\([0-9.]*\)-fpm.*/\1/p' | head -n 1
}

# What the local cloud itself needs, and what each service's descriptor says its engines need.
engine_packages() {
  local release package
  release=$(php_release)
  for package in tini iproute2 util-linux curl $(descriptor_packages); do
    # php-redis and its like come for all releases in one; others have the release in their name
    case $package in
      php-redis) echo "$package" ;;
      php-*) echo "php${release:-}${package#php}" ;;
      *) echo "$package" ;;
    esac
  done | LC_ALL=C sort -u
}

descriptor_packages() {
  local file
  for file in "$ROOT"/service-bundles/*/src/main/resources/eu/conpaas/service/*/service.json; do
    { tr '\n' ' ' <"$file"; echo; } | sed -n 's/.*"debian" *: *\[\([^]]*\)\].*/\1/p' | tr ',' '\n' | tr -d '" '
  done
}

# missing_packages [NAME...]: of the engines and these
missing_packages() {
  local package
  for package in $(engine_packages) "$@"; do
    package_there "$package" || echo "$package"
  done
}

# need_engines [NAME...]: what the local cloud's nodes run, and more packages by name; on systems without dpkg the commands themselves are looked for.
need_engines() {
  local missing
  if ! command -v dpkg-query >/dev/null; then
    for missing in tini haproxy nginx redis-server ip unshare curl php; do
      PATH="$PATH:/usr/sbin:/sbin" command -v "$missing" >/dev/null || die "The command $missing is needed and this is not Debian: install it first." 3
    done
    return
  fi
  if [ -z "$(php_release)" ] || [ -n "$(missing_packages "$@")" ]; then
    [ -n "$(php_release)" ] || refresh_packages
    missing=$(missing_packages "$@" | tr '\n' ' ')
    [ -z "$missing" ] || install_packages "$missing" "the nodes of the local cloud run these engines${1:+, and a window or a browser looks at them}"
  fi
}

# The browser of the demo and the tests
BROWSER="chromium chromium-driver"

# What the console draws with; newer releases of Debian have another name for it
console_packages() { if package_known libgtk-3-0t64; then echo libgtk-3-0t64; else echo libgtk-3-0; fi; }

can_be_root() { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null; }

refresh_packages() { ! can_be_root || stage apt-update "Reading Debian's package lists" as_root env apt-get -q update; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# install_packages "NAME..." REASON
install_packages() {
  local names=$1 reason=$2
  say "Debian packages to install, because $reason: $names"
  say "(their system services will be neither started nor enabled)"
  if ! can_be_root; then
    die "You are not root and there is no sudo. Ask for: apt-get install --no-install-recommends $names" 3
  fi
  # shellcheck disable=SC2086
  apt-get -s install --no-install-recommends $names >/dev/null 2>&1 || refresh_packages
  [ "$(id -u)" = 0 ] || sudo -v
  # shellcheck disable=SC2086
  stage apt-install "Installing" as_root bash "$ROOT/releng/lib/install-packages" $names
}
