#!/usr/bin/env bash
# Makes a self-contained MediaWiki archive for a PHP service and the dump of its database for a MySQL service out of Debian's
# package, which is downloaded and unpacked, not installed. The dump is what MediaWiki's own installer writes into a MariaDB
# server that this script starts for it, on a socket in a temporary folder, and ends.
#
#   mediawiki.sh OUT.tar.gz OUT.sql     password of the user Admin (10 characters or more) on standard input; needs no root
#
# The wiki finds its database by the variables MYSQL_IP, which every PHP service beside a MySQL service has, and DB_PASSWORD. What
# people upload goes to images, which is to be a persistent path of the service. English only, no extensions.
set -euo pipefail
export LC_ALL=C
out=$(realpath -m "${1:?usage: mediawiki.sh OUT.tar.gz OUT.sql < password}")
dump=$(realpath -m "${2:?usage: mediawiki.sh OUT.tar.gz OUT.sql < password}")
IFS= read -r password || true
[ ${#password} -ge 10 ] || { echo "mediawiki.sh: give a password of 10 characters or more on standard input" >&2; exit 2; }
. "$(dirname "$0")/debs.sh"
work=$(mktemp -d); server=""
finish() { [ -z "$server" ] || { kill "$server" && wait "$server" || true; } 2>/dev/null; rm -rf "$work"; }
trap finish EXIT
packages=(mediawiki mediawiki-classes)
debs=$(dirname "$out")/debs
debs "$debs" "${packages[@]}"
for p in "${packages[@]}"; do dpkg-deb -x "$debs/${p}"_*.deb "$work/all"; done

site=$work/site; wiki=$work/all/usr/share/mediawiki; mkdir -p "$site/images" "$site/extensions"
for f in "$wiki"/*; do [ -L "$f" ] || [ "${f##*/}" = extensions-core ] || cp -rL "$f" "$site/"; done
find "$site/languages/i18n" "$site/skins" -path '*/i18n/*' -name '*.json' ! -name en.json ! -name exif -delete
touch "$site/images/README"

mkdir "$work/data"
mariadb-install-db --no-defaults --datadir="$work/data" --user="$(id -un)" --auth-root-authentication-method=normal >"$work/log" 2>&1 \
  || { cat "$work/log" >&2; exit 1; }
mariadbd --no-defaults --datadir="$work/data" --socket="$work/db.sock" --pid-file="$work/db.pid" --skip-networking --user="$(id -un)" >>"$work/log" 2>&1 &
server=$!
for ((i = 0; i < 300; i++)); do
  mariadb-admin --no-defaults --socket="$work/db.sock" --user=root ping >/dev/null 2>&1 && break
  kill -0 $server 2>/dev/null || { cat "$work/log" >&2; exit 1; }
  sleep 0.1
done
( umask 077; printf '%s' "$password" >"$work/password" )
php -d memory_limit=512M "$site/maintenance/install.php" --dbtype=mysql --dbserver="localhost:$work/db.sock" --dbname=wiki --dbuser=root --dbpass= \
  --installdbuser=root --installdbpass= --server=http://localhost --scriptpath= --confpath="$work" --passfile="$work/password" \
  "Wiki" Admin >>"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
mariadb-dump --no-defaults --socket="$work/db.sock" --user=root --single-transaction --databases wiki >"$dump.part"
mv "$dump.part" "$dump"
rm -rf "$site/maintenance" "$site/mw-config"

cat >"$site/LocalSettings.php" <<PHP
<?php
if (!defined('MEDIAWIKI')) exit;
\$wgSitename = 'Wiki';
// The address people use, so that the wiki follows its service.
\$wgServer = 'http://' . (\$_SERVER['HTTP_HOST'] ?? 'localhost');
\$wgScriptPath = '';
\$wgResourceBasePath = '';
foreach (array('MYSQL_IP', 'DB_PASSWORD') as \$name) {
    if (getenv(\$name) === false) {
        http_response_code(503);
        die("The variable \$name is not set: is there a MySQL service in the application, and does the manifest give DB_PASSWORD?");
    }
}
\$wgDBtype = 'mysql';
\$wgDBserver = getenv('MYSQL_IP');
\$wgDBname = 'wiki';
\$wgDBuser = 'mysqldb';
\$wgDBpassword = getenv('DB_PASSWORD');
\$wgDBTableOptions = 'ENGINE=InnoDB, DEFAULT CHARSET=binary';
// Caches and sessions are in the database, so that all backends share them.
\$wgMainCacheType = CACHE_DB;
\$wgSessionCacheType = CACHE_DB;
\$wgEnableUploads = true;
\$wgUploadDirectory = __DIR__ . '/images';
\$wgUploadPath = '/images';
\$wgSecretKey = '$(od -An -tx1 -N32 /dev/urandom | tr -d ' \n')';
\$wgLanguageCode = 'en';
wfLoadSkin('Vector');
PHP
links=$(find "$site" -type l)
[ -z "$links" ] || { printf 'mediawiki.sh: this would still lead out of the archive:\n%s\n' "$links" >&2; exit 1; }
pack "$site" "$out"
