#!/usr/bin/env bash
# Makes a self-contained WordPress archive for a PHP service out of Debian's packages: they are downloaded and unpacked, not
# installed; links become files, so that nothing outside the archive is referred to.
#
#   wordpress.sh OUT.tar.gz [TAGLINE]     needs no root, only Debian's package lists
#
# The database is told by environment variables (DB_HOST, DB_NAME, DB_USER, DB_PASSWORD), the keys of the login cookies are made
# here. What people upload goes to wp-content/uploads, which is to be a persistent path of the service.
set -euo pipefail
export LC_ALL=C
out=$(realpath -m "${1:?usage: wordpress.sh OUT.tar.gz [TAGLINE]}")
tagline=${2:-}
case $tagline in *[!A-Za-z0-9\ .,:-]*) echo "wordpress.sh: the tag line may hold letters, digits, blanks and .,:-" >&2; exit 2 ;; esac
. "$(dirname "$0")/debs.sh"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
packages=(wordpress wordpress-theme-twentytwentythree libjs-cropper libjs-underscore php-getid3)
debs=$(dirname "$out")/debs
debs "$debs" "${packages[@]}"
# one tree for all, since Debian joins the packages by relative links
for p in "${packages[@]}"; do dpkg-deb -x "$debs/${p}"_*.deb "$work/all"; done

site=$work/site; mkdir "$site"; wp=$work/all/usr/share/wordpress
rm "$wp/.htaccess" "$wp/wp-config.php" "$wp/wp-includes/certificates/ca-bundle.crt"
cp -rL "$wp"/. "$site/"
cp "$work/all/var/lib/wordpress/wp-content/index.php" "$site/wp-content/"
mkdir -p "$site/wp-content/uploads"
rm -f "$site/readme.html" "$site/wp-config-sample.php"

keys=$(dirname "$out")/wordpress.keys   # the same for all versions, or their users would be signed out
if [ ! -f "$keys" ]; then
  ( umask 077; for k in AUTH SECURE_AUTH LOGGED_IN NONCE; do for s in KEY SALT; do
      printf "define('%s_%s', '%s');\n" $k $s "$(od -An -tx1 -N32 /dev/urandom | tr -d ' \n')"
    done; done > "$keys" )
fi
{ cat <<'PHP'
<?php
foreach (array('DB_HOST', 'DB_NAME', 'DB_USER', 'DB_PASSWORD') as $name) {
    $value = getenv($name);
    if ($value === false || $value === '') {
        http_response_code(503);
        die("The variable $name is not set: give it to the PHP service, for instance DB_HOST as a reference to its MySQL service.");
    }
    define($name, $value);
}
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
PHP
  cat "$keys"
  cat <<'PHP'
$table_prefix = 'wp_';
// The address people use, so that the site follows its service.
define('WP_HOME', 'http://' . ($_SERVER['HTTP_HOST'] ?? 'localhost'));
define('WP_SITEURL', WP_HOME);
// Code comes as versions of the service, not by the application changing itself.
define('DISALLOW_FILE_MODS', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
// No calls to the outside: nodes need not have a way there.
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
// Shows which backend made a page.
if (isset($_SERVER['SERVER_ADDR']) && !headers_sent()) header('X-Backend: ' . $_SERVER['SERVER_ADDR']);
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
PHP
} > "$site/wp-config.php"
if [ -n "$tagline" ]; then
  mkdir -p "$site/wp-content/mu-plugins"
  cat > "$site/wp-content/mu-plugins/tagline.php" <<PHP
<?php
add_filter('pre_option_blogdescription', function () { return '$tagline'; });
PHP
fi
links=$(find "$site" -type l)
[ -z "$links" ] || { printf 'wordpress.sh: this would still lead out of the archive:\n%s\n' "$links" >&2; exit 1; }
pack "$site" "$out"
