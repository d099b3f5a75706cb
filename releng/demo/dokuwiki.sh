#!/usr/bin/env bash
# Makes a self-contained DokuWiki archive for a PHP service out of Debian's packages: they are downloaded and unpacked, not
# installed; links become files; configuration and libraries move into the archive, so that nothing outside it is referred to.
#
#   dokuwiki.sh OUT.tar.gz [TAGLINE]     admin's password on standard input; needs no root, only Debian's package lists
#
# In the archive: dot-folders, which the PHP service never hands out (.conf configuration, .libs libraries, .seed first pages), and
# the wiki itself. What people write goes to .data, which is to be a persistent path of the service.
set -euo pipefail
export LC_ALL=C
out=$(realpath -m "${1:?usage: dokuwiki.sh OUT.tar.gz [TAGLINE] < password}")
tagline=${2:-DokuWiki on a PHP service of ConPaaS}
case $tagline in *[!A-Za-z0-9\ .,:-]*) echo "dokuwiki.sh: the tag line may hold letters, digits, blanks and .,:-" >&2; exit 2 ;; esac
IFS= read -r password || true
[ -n "$password" ] || { echo "dokuwiki.sh: give the admin's password on standard input" >&2; exit 2; }
. "$(dirname "$0")/debs.sh"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
packages=(dokuwiki libjs-jquery libjs-jquery-cookie libjs-jquery-ui libphp-simplepie php-geshi php-phpseclib)

debs=$(dirname "$out")/debs
debs "$debs" "${packages[@]}"
# each package to a folder of its own: Debian joins them by links that an unpacked tree does not have
for p in "${packages[@]}"; do dpkg-deb -x "$debs/${p}"_*.deb "$work/$p"; done

site=$work/site; wiki=$work/dokuwiki/usr/share/dokuwiki; state=$work/dokuwiki/var/lib/dokuwiki
mkdir -p "$site/lib" "$site/.conf" "$site/.libs" "$site/.seed/pages"
cp -r "$wiki"/{VERSION,doku.php,feed.php,index.php,inc,vendor} "$site/"
for f in "$wiki"/lib/*; do [ -L "$f" ] || cp -r "$f" "$site/lib/"; done
cp -r "$state"/lib/. "$site/lib/"
cp "$work"/dokuwiki/etc/dokuwiki/*.{php,conf,css} "$site/.conf/" 2>/dev/null || true   # the two links among them lead nowhere
cp -r "$state"/data/pages/. "$site/.seed/pages/"; cp -r "$state"/data/media "$site/.seed/"
cp -rL "$work/libphp-simplepie/usr/share/php/simplepie" "$work/php-phpseclib/usr/share/php/phpseclib" "$site/.libs/"
cp -rL "$work/php-geshi/usr/share/php-geshi" "$site/.libs/geshi"
js=usr/share/javascript; mkdir -p "$site/.libs/javascript/jquery-ui"
cp -rL "$work/libjs-jquery/$js/jquery" "$work/libjs-jquery-cookie/$js/jquery-cookie" "$site/.libs/javascript/"
cp -rL "$work/libjs-jquery-ui/$js/jquery-ui/jquery-ui.min.js" "$work/libjs-jquery-ui/$js/jquery-ui/ui" "$site/.libs/javascript/jquery-ui/"
find "$site" \( -name '*.gz' -o -name '*.brotli' -o -name '*.map' -o -name '.htaccess*' -o -name '*.xcf' \) -delete
rm -f "$site/.conf/plugins.local.php" "$site/.conf/"*.dist

# every absolute path becomes one relative to the file or to the wiki's root
sed -i "s#'/usr/share/javascript/#DOKU_INC.'.libs/javascript/#" "$site"/lib/exe/{js,jquery}.php
sed -i "s#'/usr/share/php/simplepie/#DOKU_INC.'.libs/simplepie/#" "$site/inc/load.php"
sed -i "s#'/usr/share/php-geshi/#DOKU_INC.'.libs/geshi/#" "$site/inc/parserutils.php"
sed -i -e "s#\(\$vendorDir \. \)\?'/usr/share/php-geshi/#__DIR__ . '/../../.libs/geshi/#" \
       -e "s#\(\$vendorDir \. \)\?'/usr/share/php/#__DIR__ . '/../../.libs/#" "$site"/vendor/composer/autoload_*.php
sed -i "s#'/var/lib/dokuwiki/data'#'./.data'#" "$site/.conf/dokuwiki.php"
sed -i "s#'/var/cache/simplepie'#'./.data/cache'#" "$site"/.libs/simplepie/{SimplePie.compiled.php,simplepie.inc,library/SimplePie.php}

cat > "$site/inc/preload.php" <<'PHP'
<?php
// Where things are in the archive; read before anything else.
if (!defined('DOKU_INC')) define('DOKU_INC', dirname(__DIR__) . '/');
if (!defined('DOKU_CONF')) define('DOKU_CONF', DOKU_INC . '.conf/');
// The demo shows which backend made a page.
if (isset($_SERVER['SERVER_ADDR'])) header('X-Backend: ' . $_SERVER['SERVER_ADDR']);
// The data folder is shared by all backends and outlives versions: fill it once.
if (!is_dir(DOKU_INC . '.data/tmp')) {
    foreach (explode(' ', 'pages attic media media_attic media_meta meta cache index locks log tmp') as $folder) {
        @mkdir(DOKU_INC . '.data/' . $folder, 0777, true);
    }
    $seed = new RecursiveIteratorIterator(new RecursiveDirectoryIterator(DOKU_INC . '.seed', FilesystemIterator::SKIP_DOTS),
        RecursiveIteratorIterator::SELF_FIRST);
    foreach ($seed as $file) {
        $target = DOKU_INC . '.data/' . $seed->getSubPathname();
        if ($file->isDir()) @mkdir($target, 0777, true);
        elseif (!file_exists($target)) @copy($file, $target);
    }
}
PHP
cat > "$site/.conf/local.php" <<'PHP'
<?php
$conf['title'] = 'ConPaaS demo wiki';
$conf['tagline'] = '@TAGLINE@';
$conf['license'] = '0';
$conf['useacl'] = 1;
$conf['superuser'] = '@admin';
$conf['disableactions'] = 'register,resendpwd,profile_delete';
$conf['updatecheck'] = 0;
$conf['savedir'] = './.data';
PHP
sed -i "s/@TAGLINE@/$tagline/" "$site/.conf/local.php"
cat > "$site/.conf/acl.auth.php" <<'PHP'
# acl.auth.php
# <?php exit()?>
*               @ALL          1
*               @user         8
PHP
{ printf '# users.auth.php\n# <?php exit()?>\n'
  PASSWORD=$password perl -e '
    open my $r, "<", "/dev/urandom" or die; read $r, my $b, 16; my @c = ("a".."z", "A".."Z", 0..9);
    my $salt = join "", map { $c[ord($_) % @c] } split //, $b;
    my $hash = crypt($ENV{PASSWORD}, "\$6\$$salt\$"); die "no SHA-512 crypt here\n" unless $hash =~ /^\$6\$/;
    print "admin:$hash:Administrator:admin\@example.org:admin,user\n"'
} > "$site/.conf/users.auth.php"
cat > "$site/.seed/pages/start.txt" <<'TXT'
====== It runs ======
This wiki is served by a **PHP service** of ConPaaS on a cloud of its own. Its pages are in a folder that all backends share,
so they outlive scaling, new versions, stop and start.

  * [[wiki:syntax|How to write pages]]
  * [[playground:playground|A page to play with]]
TXT

left=$(grep -rnE "'(/usr/share|/var/lib|/etc/dokuwiki|/var/cache)" "$site" --include='*.php' --include='*.inc' || true)
links=$(find "$site" -type l)
[ -z "$left$links" ] || { printf 'dokuwiki.sh: this would still lead out of the archive:\n%s\n%s\n' "$left" "$links" >&2; exit 1; }
pack "$site" "$out"
