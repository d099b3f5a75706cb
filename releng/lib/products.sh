# Makes the products out of what Maven gathered: bundles, an own runtime (jlink), prepared framework state, AOT cache,
# start script. Needs JAVA_HOME (a JDK 25) and ROOT (the source folder).

# What a runtime holds: all of Java SE, because Tomcat runs users' applications on it (4 MiB more than we need ourselves).
# jdk.unsupported: sun.misc; jdk.crypto.ec: TLS; jdk.charsets: encodings that applications may ask for; jdk.xml.dom: the console's style sheets.
RUNTIME_MODULES=java.se,jdk.charsets,jdk.crypto.ec,jdk.management,jdk.net,jdk.unsupported,jdk.xml.dom,jdk.zipfs

# Small, and quick to start: one compiler, one collector thread, no performance data file. The AOT cache is mapped where it was
# made for, so that its pages stay clean and all nodes of a machine share them (15 MiB less for each).
JVM_COMMON="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:+UseCompactObjectHeaders -XX:-UsePerfData -Xss512k -XX:ReservedCodeCacheSize=48m --enable-native-access=ALL-UNNAMED"
# The log goes to the standard error stream, one line per event.
LOG="-Dorg.slf4j.simpleLogger.showDateTime=true -Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd/HH:mm:ss.SSS -Dorg.slf4j.simpleLogger.showThreadName=false -Dorg.slf4j.simpleLogger.log.org.eclipse.jetty=warn"
# A small young generation: what is thrown away is swept early, instead of making the heap grow until it must be.
JVM_NODE="-Xms12m -Xmx96m -Xmn6m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40"
JVM_DIRECTOR="-Xms16m -Xmx96m -Xmn8m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 -XX:-ShrinkHeapInSteps"
JVM_CONSOLE="-Xms32m -Xmx512m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:-UsePerfData -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED $LOG"
JVM_CLI="-Xms16m -Xmx128m -Dorg.slf4j.simpleLogger.defaultLogLevel=error"

product_dir() { echo "$ROOT/releng/eu.conpaas.product.$1/target/products/$2"; }

# runtime DIR: a copy of the jlinked runtime, which is made once per JDK (hard links: three products, one file on disk)
product_runtime() {
  local key jdk="$ROOT/.cache/runtime"
  key=$(printf '%s %s' "$("$JAVA_HOME/bin/java" -version 2>&1)" "$RUNTIME_MODULES" | sha256sum | cut -c1-16)
  if [ ! -x "$jdk-$key/bin/java" ]; then
    rm -rf "$jdk"-* "$ROOT/.cache/runtime.new"
    "$JAVA_HOME/bin/jlink" --add-modules "$RUNTIME_MODULES" --strip-java-debug-attributes --no-header-files --no-man-pages \
      --output "$ROOT/.cache/runtime.new"
    mv "$ROOT/.cache/runtime.new" "$jdk-$key"
  fi
  cp -al "$jdk-$key" "$1" 2>/dev/null || cp -a "$jdk-$key" "$1"
}

# product_osgi NAME FOLDER JVM-OPTIONS: a headless OSGi product
product_osgi() {
  local name=$1 opts="$JVM_COMMON $3 $LOG" dir new
  dir=$(product_dir "$name" "$2"); new=$dir.new
  rm -rf "$new"; mkdir -p "$new/bin" "$new/lib" "$new/configuration"
  product_runtime "$new/runtime"
  "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 "$ROOT/releng/tools/Assemble.java" \
    "$ROOT/releng/eu.conpaas.product.$name/target/repository/plugins" "$new/bundles"
  mv "$new/bundles/org.eclipse.osgi.jar" "$new/bundles/eu.conpaas.launch.jar" "$new/lib/"
  [ "$name" != node ] || product_engines "$new/engines"
  product_script "$new/bin/$2" "$opts -Dosgi.classcertificate.support=false" \
    lib/org.eclipse.osgi.jar:lib/eu.conpaas.launch.jar eu.conpaas.launch.Main
  rm -rf "$dir"; mv "$new" "$dir"
  product_train "$dir" "$2"
}

# product_engines DIR: programs that nodes run beside the bundles, with class paths of their own
product_engines() {
  mkdir -p "$1"
  cp -a "$ROOT/engines/tomcat/target/tomcat" "$1/"
  chmod -R a+rX "$1"
}

# Seconds after which a training run is given up; it takes about ten.
TRAIN_LIMIT=180

# product_train DIR NAME [ARG...]: builds the framework's state and the AOT cache, in the product's final place
product_train() {
  local dir=$1 name=$2 code=0; shift 2
  local log=$dir/train.log
  CONPAAS_JVM="-XX:AOTCacheOutput=$dir/lib/$name.aot -Dconpaas.train=true" timeout -k 10 "$TRAIN_LIMIT" "$dir/bin/$name" "$@" >"$log" 2>&1 || code=$?
  if [ $code -ne 0 ]; then
    cat "$log" >&2
    case $code in
      124 | 137) echo "The training run of $name did not end within $TRAIN_LIMIT s and was stopped. Its log: $log" >&2 ;;
      *) echo "The training run of $name failed with code $code. Its log: $log" >&2 ;;
    esac
    return 1
  fi
  rm -f "$log"
}

# product_script FILE JVM-OPTIONS CLASSPATH MAIN: a start script that becomes the JVM, whatever folder it lies in
product_script() {
  local cp=""; local IFS=:
  for jar in $3; do cp="$cp:\$home/$jar"; done
  unset IFS
  cat >"$1" <<SCRIPT
#!/bin/sh
self=\$0
while [ -h "\$self" ]; do
  link=\$(readlink "\$self")
  case \$link in /*) self=\$link ;; *) self=\$(dirname "\$self")/\$link ;; esac
done
home=\$(cd "\$(dirname "\$self")/.." && pwd -P) || exit 1
case " \$CONPAAS_JVM" in *AOTCacheOutput*) aot= ;; *) aot=-XX:AOTCache=\$home/lib/$(basename "$1").aot ;; esac
export MALLOC_ARENA_MAX=2
exec "\$home/runtime/bin/java" \$aot $2 \$CONPAAS_JVM \\
  -Dconpaas.home="\$home" -cp "${cp#:}" $4 "\$@"
SCRIPT
  chmod 755 "$1"
}

product_node() { product_osgi node conpaas-node "$JVM_NODE"; }

# The director carries the node product: as a file to serve and unpacked for the local cloud.
product_director() {
  product_osgi director conpaas-director "$JVM_DIRECTOR" || return 1
  local dir node
  dir=$(product_dir director conpaas-director); node=$(product_dir node conpaas-node)
  mkdir -p "$dir/node"
  tar -C "$(dirname "$node")" --owner=0 --group=0 --numeric-owner -cf - conpaas-node | gzip -3 >"$dir/node/conpaas-node.tar.gz"
  cp -al "$node" "$dir/node/conpaas-node" 2>/dev/null || cp -a "$node" "$dir/node/conpaas-node"
}

# The command line has no framework: a class path, and the descriptors of the services for its help.
product_cli() {
  local dir new id service
  dir=$(product_dir cli conpaas); new=$dir.new
  rm -rf "$new"; mkdir -p "$new/bin" "$new/descriptors"
  product_runtime "$new/runtime"
  "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 "$ROOT/releng/tools/Assemble.java" \
    "$ROOT/releng/eu.conpaas.product.cli/target/repository/plugins" "$new/lib"
  # the fragment carries slf4j-simple as a jar in a jar, which only a framework can read
  (cd "$new/lib" && "$JAVA_HOME/bin/jar" xf eu.conpaas.log.jar lib/slf4j-simple.jar && mv lib/slf4j-simple.jar . && rm -r lib eu.conpaas.log.jar)
  while read -r service; do
    id=$(sed -n 's/^ *"id": *"\([a-z0-9_-]*\)".*/\1/p' "$service" | head -n 1)
    cp "$service" "$new/descriptors/$id.json"
  done < <(find "$ROOT"/service-bundles/*/src/main/resources -name service.json 2>/dev/null)
  product_script "$new/bin/conpaas" "$JVM_COMMON $JVM_CLI" "$(cd "$new" && ls lib/*.jar | paste -sd:)" eu.conpaas.cli.Main
  rm -rf "$dir"; mv "$new" "$dir"
  if [ -f "$ROOT/bundles/eu.conpaas.cli/src/main/java/eu/conpaas/cli/Main.java" ]; then
    product_train "$dir" conpaas help
  fi
}

# The console is an Eclipse workbench on the plain framework; like the director it carries the node product. It keeps its own state in the user's folder.
product_console() {
  local name=console dir new node
  dir=$(product_dir console conpaas-console); new=$dir.new; node=$(product_dir node conpaas-node)
  rm -rf "$new"; mkdir -p "$new/bin" "$new/lib" "$new/configuration" "$new/node"
  product_runtime "$new/runtime"
  "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 "$ROOT/releng/tools/Assemble.java" \
    "$ROOT/releng/eu.conpaas.product.$name/target/repository/plugins" "$new/bundles"
  mv "$new/bundles/org.eclipse.osgi.jar" "$new/lib/"
  console_configuration "$new" >"$new/configuration/config.ini"
  cp -a "$(product_dir director conpaas-director)/node/conpaas-node.tar.gz" "$new/node/"
  cp -al "$node" "$new/node/conpaas-node" 2>/dev/null || cp -a "$node" "$new/node/conpaas-node"
  console_script >"$new/bin/conpaas-console"
  chmod 755 "$new/bin/conpaas-console"
  rm -rf "$dir"; mv "$new" "$dir"
}

# console_configuration DIR: which bundles there are and which are started; fragments and what is started when it is needed are not
console_configuration() {
  local jar start list=""
  for jar in "$1"/bundles/*.jar; do
    case $(basename "$jar" .jar) in
      org.eclipse.equinox.common | org.eclipse.equinox.event | org.apache.felix.scr) start=@2:start ;;
      org.eclipse.core.runtime) start=@start ;;
      eu.conpaas.director | eu.conpaas.cloud.local | eu.conpaas.service.*) start=@5:start ;;
      *) start="" ;;
    esac
    list="$list${list:+,}reference:file:../bundles/$(basename "$jar")$start"
  done
  cat <<INI
osgi.bundles=$list
osgi.bundles.defaultStartLevel=4
osgi.framework=file:lib/org.eclipse.osgi.jar
eclipse.application=eu.conpaas.console.desktop.application
eclipse.product=eu.conpaas.console.desktop.product
osgi.instance.area.default=@user.home/.conpaas/console
INI
}

# The console's start script. The framework's state and an archive of classes, made when the first console ends, are kept beside the user's settings.
console_script() {
  cat <<SCRIPT
#!/bin/sh
self=\$0
while [ -h "\$self" ]; do
  link=\$(readlink "\$self")
  case \$link in /*) self=\$link ;; *) self=\$(dirname "\$self")/\$link ;; esac
done
home=\$(cd "\$(dirname "\$self")/.." && pwd -P) || exit 1
state=\${CONPAAS_HOME:-\$HOME/.conpaas}
mkdir -p "\$state/console" || exit 1
export MALLOC_ARENA_MAX=2 SWT_GTK4=0
exec "\$home/runtime/bin/java" $JVM_CONSOLE \$CONPAAS_JVM \\
  -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile="\$state/console/classes.jsa" -Xlog:cds=off -Xlog:cds+dynamic=off \\
  -Dconpaas.home="\$home" -Dconpaas.config="\$state" \\
  -Dosgi.install.area="file:\$home/" -Dosgi.sharedConfiguration.area="file:\$home/configuration/" -Dosgi.configuration.cascaded=true \\
  -Dosgi.configuration.area="\$state/console/configuration" -Dosgi.instance.area="\$state/console/workspace" -Dosgi.classcertificate.support=false \\
  -cp "\$home/lib/org.eclipse.osgi.jar" org.eclipse.core.runtime.adaptor.EclipseStarter "\$@"
SCRIPT
}
