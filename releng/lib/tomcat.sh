# Fetches Tomcat as its makers ship it, for the yardstick of the benchmarks: the release that the Java service embeds. Sets TOMCAT.

need_tomcat() {
  local version
  version=$(sed -n 's:.*<tomcat.version>\(.*\)</tomcat.version>.*:\1:p' "$ROOT/engines/tomcat/pom.xml")
  TOMCAT="$ROOT/.cache/apache-tomcat-$version"
  export TOMCAT
  [ -d "$TOMCAT" ] && return
  need_maven
  stage tomcat "Fetching Tomcat $version" fetch_tomcat "$version"
}

fetch_tomcat() {
  local file="$ROOT/.cache/tomcat-$1.tar.gz"
  (cd "$ROOT/.cache" && "$MVN" -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    "-Dartifact=org.apache.tomcat:tomcat:$1:tar.gz" "-DoutputDirectory=$ROOT/.cache")
  tar -C "$ROOT/.cache" -xzf "$file"
  rm "$file"
  chmod -R a+rX "$ROOT/.cache/apache-tomcat-$1" # the engines are not root
}
