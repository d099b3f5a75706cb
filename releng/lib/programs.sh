# Compiles the programs of tests/ (demo, benchmarks, load generator) against the products' libraries. Sets PROGRAMS, their class path.

programs_compile() {
  local classes="$ROOT/.cache/programs" libs stamp sources
  libs=$(find "$ROOT/releng/eu.conpaas.product.cli/target/products/conpaas/lib" \
    "$ROOT/releng/eu.conpaas.product.director/target/products/conpaas-director/bundles" \( -path '*/conpaas/lib/*.jar' -o -name '*sqlite*.jar' \) | paste -sd:)
  sources=$(find "$ROOT"/tests/eu.conpaas.tests.{load,browser,demo,system,bench}/src/main -type f | LC_ALL=C sort)
  # shellcheck disable=SC2086
  stamp=$({ cat $sources; cat "$ROOT/releng/eu.conpaas.product.cli/target/products/conpaas/.fingerprint"; } | sha256sum)
  if [ "$(cat "$classes/.stamp" 2>/dev/null)" != "$stamp" ]; then
    rm -rf "$classes"; mkdir -p "$classes"
    # shellcheck disable=SC2046
    "$JAVA_HOME/bin/javac" -nowarn -proc:none --release 25 -cp "$libs" -d "$classes" $(printf '%s\n' $sources | grep '\.java$')
    cp -r "$ROOT"/tests/eu.conpaas.tests.load/src/main/resources/. "$classes/"
    printf '%s' "$stamp" >"$classes/.stamp"
  fi
  PROGRAMS="$classes:$libs"
}
