# Builds the products, each only when what goes into it has changed.

# What each product is made of (folders of the source tree).
product_sources() {
  local common="pom.xml .mvn targetplatform releng/pom.xml releng/lib/products.sh releng/tools/Assemble.java releng/eu.conpaas.product.$1"
  local rpc="bundles/eu.conpaas.api bundles/eu.conpaas.pki bundles/eu.conpaas.rpc bundles/eu.conpaas.client bundles/eu.conpaas.log"
  case $1 in
    cli) echo "$common $rpc bundles/eu.conpaas.cli service-bundles" ;;
    node) echo "$common $rpc bundles/eu.conpaas.service bundles/eu.conpaas.launch agent-bundle service-bundles engines" ;;
    console) echo "$common $(product_sources director) bundles/eu.conpaas.console.model bundles/eu.conpaas.console bundles/eu.conpaas.console.desktop" ;;
    director) echo "$common $(product_sources node) bundles/eu.conpaas.cloud bundles/eu.conpaas.cloud.local director-bundle" ;;
  esac
}

# A digest of the names and contents of a product's sources (unit tests are no part of a product).
fingerprint() {
  (cd "$ROOT" && "$JAVA_HOME/bin/java" -version 2>&1
    # shellcheck disable=SC2046
    find $(product_sources "$1") -type f ! -path '*/target/*' ! -path '*/src/test/*' ! -name '*.md' ! -name '.polyglot.*' \
      ! -name .tycho-consumer-pom.xml ! -name pom.tycho ! -path '*/lib/slf4j-simple.jar' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-32
}

product_folder() { case $1 in node) product_dir node conpaas-node ;; director) product_dir director conpaas-director ;; cli) product_dir cli conpaas ;; console) product_dir console conpaas-console ;; esac; }

product_fresh() { [ "$(cat "$(product_folder "$1")/.fingerprint" 2>/dev/null)" = "$(fingerprint "$1")" ]; }

# build_products NAME...
build_products() {
  local name stale=""
  need_jdk
  for name in "$@"; do product_fresh "$name" || stale="$stale $name"; done
  [ -n "$stale" ] || return 0
  need_maven
  clean_classes
  export CONPAAS_PRODUCTS="$stale "
  stage build "Building the products:$stale (the first time downloads the libraries)" \
    run_maven verify -Dmaven.test.skip=true $(without_console "$stale")
}

# What Maven is told when the console is not among the products: its bundles and libraries are left alone.
without_console() {
  case " $1 " in
    *" console "*) ;;
    *) echo "-Dconpaas.core -pl !:eu.conpaas.console.model,!:eu.conpaas.console,!:eu.conpaas.console.desktop" ;;
  esac
}

# Classes of deleted sources would stay and be packed.
clean_classes() { rm -rf "$ROOT"/*/eu.conpaas.*/target/classes "$ROOT"/*/eu.conpaas.*/target/test-classes; }

# Called by Maven for each product once its bundles are gathered; makes those in CONPAAS_PRODUCTS, or all.
product_assemble() {
  case $1 in eu.conpaas.product.*) ;; *) return 0 ;; esac
  local name=${1#eu.conpaas.product.} print
  case ${CONPAAS_PRODUCTS:- $name } in *" $name "*) ;; *) return 0 ;; esac
  print=$(fingerprint "$name")
  if product_fresh "$name"; then
    echo "The product $name is up to date."
    return 0
  fi
  "product_$name"
  echo "$print" >"$(product_folder "$name")/.fingerprint"
}

products_tell() {
  local name
  for name in node director cli; do say "$(product_folder "$name" | sed "s|^$PWD/||")"; done
}
