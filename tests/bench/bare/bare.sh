#!/usr/bin/env bash
# The yardstick of the benchmarks: the engines of a PHP service set up by hand in the topology 1/0/N, each node a network namespace
# on a bridge. Nothing of ConPaaS is in it. Needs root. Every command prints what it measured, in seconds, as its last line.
#
#   bare.sh up DIR N ARCHIVE     proxy+web node, N backends, session store; prints seconds until all backends serve; address in DIR/address
#   bare.sh deploy DIR ARCHIVE V a new version: to every node, unpacked, switched; prints seconds until all backends serve it
#   bare.sh add DIR ARCHIVE      one more backend from nothing; prints seconds until it serves
#   bare.sh down DIR             ends everything and removes it
set -euo pipefail
cmd=${1:?see the head of this file}; dir=$(realpath -m "${2:?folder}")
here=$(cd "$(dirname "$0")" && pwd); . "$here/engines.sh"
now() { date +%s.%N; }
since() { echo "$1 $(now)" | awk '{ printf "%.3f\n", $2 - $1 }'; }

case $cmd in
up)
  n=${3:?number of backends}; archive=$(realpath "${4:?archive}")
  mkdir -p "$dir"; chmod 755 "$dir"; net_up
  started=$(now)
  node_up proxy 1; node_up store 2; store_up; upload "$archive" 1
  place proxy 1; web_up proxy
  for k in $(seq 1 "$n"); do node_up "b$k" $((k + 9)); place "b$k" 1; backend_up "b$k"; done
  redis_up; proxy_up "$n" 1
  addr 1 > "$dir/address"; echo "$n" > "$dir/backends"
  for k in $(seq 1 "$n"); do until_serves "b$k" 1; done
  since "$started" ;;
deploy)
  archive=$(realpath "${3:?archive}"); version=${4:?version}; n=$(cat "$dir/backends")
  started=$(now)
  upload "$archive" "$version"
  place proxy "$version" & for k in $(seq 1 "$n"); do place "b$k" "$version" & done; wait
  runtime "set map $dir/proxy/version.map current $version" >/dev/null
  for k in $(seq 1 "$n"); do until_serves "b$k" "$version"; done
  since "$started" ;;
add)
  archive=$(realpath "${3:?archive}"); k=$(( $(cat "$dir/backends") + 1 )); version=$(current)
  started=$(now)
  sum=$(sha256sum < "$archive" | cut -d' ' -f1)
  node_up "b$k" $((k + 9)); place "b$k" "$version"; backend_up "b$k"
  runtime "add server php/b$k $(addr $((k + 9))):8080 check inter 500ms fall 2 rise 1 maxconn 5" >/dev/null
  runtime "enable health php/b$k" >/dev/null; runtime "enable server php/b$k" >/dev/null
  echo "$k" > "$dir/backends"
  until_serves "b$k" "$version"
  since "$started" ;;
down) net_down; rm -rf "$dir" ;;
*) echo "unknown command $cmd" >&2; exit 2 ;;
esac
