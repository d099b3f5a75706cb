# ./conpaas manifests: imports, exports and build.properties of the bundles, written from their code.

# The console's manifests are kept by hand: the workbench has packages that are split over bundles, which only Require-Bundle can name.
by_hand() { case $1 in */eu.conpaas.console*/* | */eu.conpaas.tests.console/*) return 0 ;; *) return 1 ;; esac; }
others() { local path; while read -r path; do by_hand "$path" || echo "$path"; done; }

# The jars of the target platform, for plain javac; fetched again when the target changes.
target_jars() {
  local target="$ROOT/targetplatform/targetplatform.target" print jars="$ROOT/.cache/jars"
  print=$(sha256sum <"$target" | cut -c1-32)
  [ "$(cat "$jars/.fingerprint" 2>/dev/null)" = "$print" ] && return
  rm -rf "$jars"; mkdir -p "$jars"
  {
    echo '<project><modelVersion>4.0.0</modelVersion><groupId>eu.conpaas</groupId><artifactId>jars</artifactId>'
    echo '<version>1</version><packaging>pom</packaging><dependencies>'
    sed -n '/<dependency>/,/<\/dependency>/p' "$target"
    echo '</dependencies></project>'
  } >"$jars/pom.xml"
  "$MVN" -q -B -f "$jars/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    -DexcludeTransitive=true "-DoutputDirectory=$jars"
  rm "$jars/pom.xml"
  echo "$print" >"$jars/.fingerprint"
}

compile_all() {
  local out="$ROOT/.cache/classes"
  rm -rf "$out"; mkdir -p "$out"
  find "$ROOT"/*/eu.conpaas.*/src/main/java -name '*.java' | others >"$ROOT/.cache/sources"
  "$JAVA_HOME/bin/javac" -proc:none -parameters -nowarn -d "$out" \
    -cp "$(printf '%s:' "$ROOT"/.cache/jars/*.jar)" "@$ROOT/.cache/sources"
}

write_manifests() {
  need_maven
  stage jars "Fetching the libraries" target_jars
  stage compile "Compiling" compile_all
  local bundles
  bundles=$(printf '%s\n' "$ROOT"/*/eu.conpaas.*/META-INF | others | xargs dirname | sort)
  # shellcheck disable=SC2086
  "$JAVA_HOME/bin/java" "$ROOT/releng/tools/Manifests.java" "$ROOT/.cache/classes" "$ROOT/.cache/jars" $bundles
}
