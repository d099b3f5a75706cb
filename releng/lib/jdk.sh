# Finds a JDK 25 or newer with jlink; sets JAVA_HOME.

JDK_LEVEL=25

jdk_fits() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/jlink" ] || return 1
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  [ -n "$version" ] && [ "$version" -ge $JDK_LEVEL ]
}

find_jdk() {
  local dir java
  java=$(command -v javac || true)
  for dir in "${JAVA_HOME:-}" ${java:+"$(dirname "$(dirname "$(readlink -f "$java")")")"} \
      /usr/lib/jvm/* /opt/*jdk* "$HOME"/.sdkman/candidates/java/current; do
    if [ -n "$dir" ] && jdk_fits "$dir"; then
      JAVA_HOME=$(cd "$dir" && pwd -P)
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}

need_jdk() {
  find_jdk && return
  local package="openjdk-$JDK_LEVEL-jdk-headless"
  if package_known "$package"; then
    install_packages "$package" "ConPaaS is built with Java $JDK_LEVEL"
    find_jdk && return
  fi
  die "A JDK $JDK_LEVEL (or newer, with jlink) is needed, and this Debian release has no package $package.
Install one of any vendor, then name it in JAVA_HOME or put it under /usr/lib/jvm." 3
}
