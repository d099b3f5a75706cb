# What the user sees: one line per stage with its seconds; the output of a stage goes to a log file.

LOGS="$ROOT/.cache/log"

say() { printf '%s\n' "$*" >&2; }

# die TEXT [CODE]
die() { say "conpaas: $1"; exit "${2:-1}"; }

# stage NAME TEXT COMMAND...: runs a command quietly; when it fails, shows the end of its output and where all of it is
stage() {
  local name=$1 text=$2 start=$SECONDS log="$LOGS/$1.log"; shift 2
  mkdir -p "$LOGS"
  printf '%s ... ' "$text" >&2
  if "$@" >"$log" 2>&1 </dev/null; then
    say "$((SECONDS - start)) s"
  else
    say "failed after $((SECONDS - start)) s"
    grep -E '^\[ERROR\]' "$log" | grep -v -E 'Help 1|full (stack|debug)|-rf :|^\[ERROR\] $' | head -n 40 >&2 || tail -n 40 "$log" >&2
    die "$name failed; all of its output is in ${log#"$PWD"/}"
  fi
}
