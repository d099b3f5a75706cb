#!/usr/bin/env bash
# ./conpaas demo [wordpress|dokuwiki|--stop]: run by ./conpaas once the products are built and the engines installed (ROOT and JAVA_HOME are set).
set -euo pipefail
folder=${CONPAAS_DEMO:-$ROOT/.cache/demo}; what=wordpress
for arg in "$@"; do
  case $arg in
    --stop) what=stop ;;
    wordpress | dokuwiki) what=$arg ;;
    *) echo "demo knows wordpress (the default), dokuwiki and --stop, not '$arg'" >&2; exit 2 ;;
  esac
done
. "$ROOT/releng/lib/programs.sh"
programs_compile
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$PROGRAMS" eu.conpaas.tests.demo.Demo "$ROOT" "$folder" "$what"
