#!/usr/bin/env bash
# ./conpaas bench [NAME...]: run by ./conpaas once the products are built and the engines installed (ROOT and JAVA_HOME are set).
set -euo pipefail
[ "$(id -u)" = 0 ] || { echo "bench needs root: the yardstick sets up network namespaces by hand." >&2; exit 2; }
. "$ROOT/releng/lib/programs.sh"
programs_compile
echo "$(nproc) processors, $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo), Linux $(uname -r), $("$JAVA_HOME/bin/java" -version 2>&1 | head -n 1)"
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -Dconpaas.root="$ROOT" -cp "$PROGRAMS" eu.conpaas.tests.bench.Bench "$ROOT/.cache/bench" "$@"
