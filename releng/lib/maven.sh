# Finds or fetches Maven; sets MVN. Tycho needs a newer one than Debian has: the Maven that is there fetches it.

MAVEN_LEAST=3.9.9
MAVEN_OURS=3.9.11

maven_version() { "$1" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p'; }

maven_fits() {
  local version
  version=$(maven_version "$1")
  case $version in 3.*) [ "$(printf '%s\n%s\n' "$MAVEN_LEAST" "$version" | sort -V | head -n 1)" = "$MAVEN_LEAST" ] ;; *) return 1 ;; esac
}

need_maven() {
  need_jdk
  MVN="$ROOT/.cache/apache-maven-$MAVEN_OURS/bin/mvn"
  [ -x "$MVN" ] && return
  if command -v mvn >/dev/null && maven_fits mvn; then
    MVN=mvn
    return
  fi
  command -v mvn >/dev/null || install_packages maven "ConPaaS is built with Maven"
  stage maven "Fetching Maven $MAVEN_OURS" fetch_maven
}

fetch_maven() {
  mkdir -p "$ROOT/.cache"
  (cd "$ROOT/.cache" && mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    "-Dartifact=org.apache.maven:apache-maven:$MAVEN_OURS:tar.gz:bin" "-DoutputDirectory=$ROOT/.cache")
  tar -C "$ROOT/.cache" -xzf "$ROOT/.cache/apache-maven-$MAVEN_OURS-bin.tar.gz"
  rm "$ROOT/.cache/apache-maven-$MAVEN_OURS-bin.tar.gz"
}

# run_maven ARG...: in the source folder, with output made for log files
run_maven() { (cd "$ROOT" && "$MVN" -B -Dstyle.color=never "$@"); }
