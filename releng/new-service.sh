#!/usr/bin/env bash
# ./conpaas new-service NAME: a service bundle made from the smallest one there is, helloworld, and added to the products.
set -euo pipefail
. "$ROOT/releng/lib/say.sh"

name=${1:-}
[ $# -eq 1 ] || die "Usage: ./conpaas new-service NAME" 2
[[ $name =~ ^[a-z][a-z0-9]{1,29}$ ]] || die "A service's name is 2 to 30 lower-case letters and digits, beginning with a letter; '$name' is not." 2
case " abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if
 implements import instanceof int interface long native new package private protected public return short static strictfp super switch
 synchronized this throw throws transient try void volatile while true false null internal " in
  *[[:space:]]"$name"[[:space:]]*) die "'$name' is a word of the Java language and cannot name a package." 2 ;;
esac
model="$ROOT/service-bundles/eu.conpaas.service.helloworld"
bundle="eu.conpaas.service.$name"
target="$ROOT/service-bundles/$bundle"
[ ! -e "$target" ] || die "There is a service '$name' already: ${target#"$ROOT"/}." 2
title="${name^}"

trap 'rm -rf "$target"' ERR
mkdir "$target"
(cd "$model" && tar -cf - META-INF build.properties src) | tar -C "$target" -xf -
find "$target" -depth -name '*helloworld*' -execdir bash -c 'mv "$1" "${1//helloworld/$2}"' _ {} "$name" \;
find "$target" -depth -name '*HelloWorld*' -execdir bash -c 'mv "$1" "${1//HelloWorld/$2}"' _ {} "$title" \;
grep -rlE 'helloworld|HelloWorld|Hello World' "$target" | xargs sed -i "s/helloworld/$name/g; s/HelloWorld/$title/g; s/Hello World/$title/g"
cat >"$target/README.md" <<README
# $bundle

The service \`$name\`. Write here what it gives its users, what it needs, an example, how it is tested and what its limits are.

| File | What it says |
|---|---|
| \`service.json\` | everything the rest of the system knows of the service: roles, ports, packages, methods, commands |
| \`${title}Type\` | the door: descriptor, planner, manager, agent |
| \`${title}Manager\` | what each node is configured with, and the service's own methods |
| \`${title}Agent\` | which daemons run, with which files, when they are ready, what they can be asked |

Test it alone: \`./conpaas test $bundle\`.
README
for product in director node; do
  sed -i "s|^\( *\)<plugin id=\"eu.conpaas.service.helloworld\"/>|&\n\1<plugin id=\"$bundle\"/>|" \
    "$ROOT/releng/eu.conpaas.product.$product/$product.product"
done
trap - ERR

say "Made service-bundles/$bundle, a copy of the smallest service under a new name, and added it to the products."
say "Begin with its service.json, then read docs/service-author.md. Its tests:  ./conpaas test $bundle"
say "All of it:  ./conpaas build && ./conpaas cli help $name"
