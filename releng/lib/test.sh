# ./conpaas test: all tests in one Maven run, the products between the unit tests and the whole-system tests.

run_tests() {
  local long=false seed=${CONPAAS_SEED:-$(date +%s)} part="" arg status=0 start=$SECONDS names="" tests="" core=""
  for arg in "$@"; do
    case $arg in
      --long) long=true ;;
      --seed=*) seed=${arg#--seed=} ;;
      --part=[1-9]*/[1-9]*) part=${arg#--part=} ;;
      eu.conpaas.*) names="$names,:$arg"; tests="$tests,${arg//.//}/**" ;;
      *) die "test knows --long, --part=K/N, --seed=NUMBER and names of bundles, not '$arg'" 2 ;;
    esac
  done
  # of single bundles: these (without the console's libraries where they do not matter), what they need, the logging fragment that every closure needs, and the program that Java backends run
  local only=()
  case $names in "" | *console* | *borders*) ;; *) core=-Dconpaas.core ;; esac
  [ -z "$names" ] || only=(-pl ":eu.conpaas.log,:eu.conpaas.engine.tomcat$names" -am "-Dtest=${tests#,}" -Dsurefire.failIfNoSpecifiedTests=false)
  # shellcheck disable=SC2086
  need_engines $BROWSER
  need_maven
  # Tests of the whole system, asked for alone, need the products; else Maven makes them on the way.
  case $names in
    *:eu.conpaas.tests.console* | *:eu.conpaas.tests.borders*) build_products node director cli console ;;
    *:eu.conpaas.tests.*) build_products node director cli ;;
  esac
  clean_classes
  rm -rf "$ROOT"/*/eu.conpaas.*/target/surefire-reports
  mkdir -p "$LOGS"
  say "Testing with seed $seed (again with --seed=$seed); all output in .cache/log/test.log"
  run_maven verify -fae "-Dconpaas.long=$long" "-Dconpaas.seed=$seed" "-Dconpaas.part=$part" $core "${only[@]}" 2>&1 </dev/null | tee "$LOGS/test.log" | test_progress || status=1
  say "Tests took $((SECONDS - start)) s"
  count_tests || status=1
  return $status
}

# The lines of a Maven run that say how the tests go
test_progress() {
  grep --line-buffered -E '^\[(INFO|WARNING|ERROR)\] Tests run:.* -- in |^\[ERROR\]   |^\[INFO\] BUILD|FAILURE!|^\[ERROR\] Failed|^seed ' || true
}

# Adds up all reports; the closing line is read by machines too.
count_tests() {
  find "$ROOT" -path '*/target/surefire-reports/TEST-*.xml' -exec grep -h -m 1 '<testsuite ' {} + 2>/dev/null \
    | grep -oE ' (tests|errors|failures|skipped)="[0-9]+"' | tr -d '"' \
    | awk -F= '{ n[$1] += $2 } END { bad = n[" errors"] + n[" failures"]
        printf "%d passed, %d failed, %d skipped\n", n[" tests"] - bad - n[" skipped"], bad, n[" skipped"]
        exit bad > 0 || n[" tests"] == 0 }'
}
