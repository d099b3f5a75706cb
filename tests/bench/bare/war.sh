#!/usr/bin/env bash
# The yardstick of Java hosting: Tomcats as their makers ship them behind HAProxy, set up by hand, each node a network namespace on a bridge;
# versions by Tomcat's own parallel deployment, asked of its manager. Nothing of ConPaaS is in it. Needs root, TOMCAT (an unpacked Tomcat)
# and JAVA_HOME. Every command prints what it measured, in seconds, as its last line.
#
#   war.sh up DIR N WAR           a proxy, N Tomcats, an archive store; prints seconds until all Tomcats serve; address in DIR/address
#   war.sh store DIR WAR V        a version comes into the store; prints seconds
#   war.sh activate DIR V         the version goes to every node, begins beside the old one; prints seconds until all Tomcats serve it
#   war.sh down DIR               ends everything and removes it
set -euo pipefail
cmd=${1:?see the head of this file}; dir=$(realpath -m "${2:?folder}")
here=$(cd "$(dirname "$0")" && pwd); . "$here/engines.sh"
now() { date +%s.%N; }
since() { echo "$1 $(now)" | awk '{ printf "%.3f\n", $2 - $1 }'; }
page=/info.jsp; password=by-hand

tomcat_up() { # node
  local base="$dir/$1/tomcat"
  mkdir -p "$base"/conf/Catalina/site "$base"/{webapps,temp,work,logs}
  cp "$TOMCAT"/conf/{web.xml,context.xml} "$base/conf/"
  cat > "$base/conf/server.xml" <<CONF
<Server port="-1">
  <Service name="Catalina">
    <Connector port="8080" address="$(addr "$(cat "$dir/$1/number")")" maxThreads="25" keepAliveTimeout="300000" maxKeepAliveRequests="-1"/>
    <Engine name="Catalina" defaultHost="site">
      <Realm className="org.apache.catalina.realm.MemoryRealm" pathname="conf/tomcat-users.xml"/>
      <Host name="site" appBase="webapps" unpackWARs="true" autoDeploy="false" undeployOldVersions="true">
        <Valve className="org.apache.catalina.valves.AccessLogValve" directory="logs" prefix="access" pattern="combined"/>
      </Host>
    </Engine>
  </Service>
</Server>
CONF
  echo "<tomcat-users><user username='admin' password='$password' roles='manager-script'/></tomcat-users>" > "$base/conf/tomcat-users.xml"
  echo "<Context docBase='$TOMCAT/webapps/manager' privileged='true'/>" > "$base/conf/Catalina/site/manager.xml"
  chown -R www-data: "$base"
  inside "$1" setpriv --reuid www-data --regid www-data --clear-groups -- "$JAVA_HOME/bin/java" -Xmx128m -XX:+UseSerialGC -Djava.awt.headless=true \
    -Dcatalina.home="$TOMCAT" -Dcatalina.base="$base" -Djava.io.tmpdir="$base/temp" --enable-native-access=ALL-UNNAMED \
    -cp "$TOMCAT/bin/bootstrap.jar:$TOMCAT/bin/tomcat-juli.jar" org.apache.catalina.startup.Bootstrap start > "$dir/$1/tomcat.log" 2>&1 &
  echo $! > "$dir/$1/tomcat.pid"
}
manager() { inside "$1" curl -sf -u "admin:$password" "http://$(addr "$(cat "$dir/$1/number")"):8080/manager/text/$2"; }
begin() { # node, version: zeros in front, because Tomcat orders versions as texts
  mv "$dir/$1/code/$2.archive" "$dir/$1/code/$2.war"
  manager "$1" "deploy?path=/&version=$(printf '%06d' "$2")&war=file:$dir/$1/code/$2.war" | grep -q '^OK'
}
war_proxy_up() { # backends
  { proxy_head; cat <<CONF
frontend site
  bind $(addr 1):80
  http-request set-header X-Forwarded-For %[src]
  http-request set-header X-Forwarded-Proto http
  default_backend tomcats
backend tomcats
  balance roundrobin
  retry-on conn-failure empty-response
  default-server check inter 500ms fall 2 rise 1 maxconn 25
CONF
    for k in $(seq 1 "$1"); do echo "  server b$k $(addr $((k + 9))):8080"; done
  } > "$dir/proxy/haproxy.cfg"
  inside proxy haproxy -D -f "$dir/proxy/haproxy.cfg"
}

case $cmd in
up)
  n=${3:?number of backends}; archive=$(realpath "${4:?archive}")
  mkdir -p "$dir"; chmod 755 "$dir"; net_up
  started=$(now)
  node_up proxy 1; node_up store 2; store_up; upload "$archive" 1
  for k in $(seq 1 "$n"); do node_up "b$k" $((k + 9)); fetch "b$k" 1; tomcat_up "b$k"; done
  war_proxy_up "$n"
  addr 1 > "$dir/address"; echo "$n" > "$dir/backends"
  for k in $(seq 1 "$n"); do until manager "b$k" list >/dev/null; do sleep 0.1; done; begin "b$k" 1; done
  for k in $(seq 1 "$n"); do until_serves "b$k" 1; done
  since "$started" ;;
store)
  archive=$(realpath "${3:?archive}"); version=${4:?version}
  started=$(now)
  upload "$archive" "$version"; echo "$sum" > "$dir/sum.$version"
  since "$started" ;;
activate)
  version=${3:?version}; n=$(cat "$dir/backends"); sum=$(cat "$dir/sum.$version")
  started=$(now)
  for k in $(seq 1 "$n"); do { fetch "b$k" "$version"; begin "b$k" "$version"; } & done; wait
  for k in $(seq 1 "$n"); do until_serves "b$k" "$version"; done
  since "$started" ;;
down) net_down; rm -rf "$dir" ;;
*) echo "unknown command $cmd" >&2; exit 2 ;;
esac
