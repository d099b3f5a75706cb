#!/usr/bin/env bash
# The yardstick of cloning: a MariaDB master and replicas cloned from it by hand, each node a network namespace on a bridge.
# Nothing of ConPaaS is in it. Needs root. Every command prints what it measured, in seconds, as its last line.
#
#   clone.sh up DIR MEGABYTES   a master with a table of that size
#   clone.sh clone DIR          a replica from nothing, copied while the master runs, encrypted on the way; seconds until it follows. It ends then
#   clone.sh down DIR           ends everything and removes it
set -euo pipefail
cmd=${1:?see the head of this file}; dir=$(realpath -m "${2:?folder}")
here=$(cd "$(dirname "$0")" && pwd); . "$here/engines.sh"
now() { date +%s.%N; }
since() { echo "$1 $(now)" | awk '{ printf "%.3f\n", $2 - $1 }'; }
as_engine() { setpriv --reuid mysql --regid mysql --clear-groups -- "$@"; }

server_up() { # node, id
  cat > "$dir/$1/my.cnf" <<CONF
[mysqld]
datadir = $dir/$1/data
socket = $dir/$1/tmp/s.sock
pid-file = $dir/$1/tmp/mariadbd.pid
tmpdir = $dir/$1/tmp
bind-address = $(addr "$(cat "$dir/$1/number")")
server-id = $2
log-bin = binlog
log-slave-updates = 1
sync-binlog = 1
gtid-strict-mode = 1
performance-schema = 0
innodb-buffer-pool-size = 64M
innodb-log-file-size = 48M
skip-name-resolve
CONF
  inside "$1" setpriv --reuid mysql --regid mysql --clear-groups -- mariadbd --defaults-file="$dir/$1/my.cnf" > "$dir/$1/log" 2>&1 &
  until sql "$1" 'SELECT 1' >/dev/null 2>&1; do sleep 0.05; done
}
sql() { mariadb --no-defaults --socket="$dir/$1/tmp/s.sock" --user=root --batch --skip-column-names -e "$2"; }

case $cmd in
up)
  megabytes=${3:?megabytes}
  mkdir -p "$dir"; chmod 755 "$dir"; bridge_up; node_up master 1; echo 0 > "$dir/replicas"; chown mysql: "$dir/master/tmp"
  install -d -o mysql "$dir/master/data"
  as_engine mariadb-install-db --no-defaults --datadir="$dir/master/data" --skip-test-db --auth-root-authentication-method=socket > /dev/null
  started=$(now)
  server_up master 1
  sql master "CREATE USER repl@'%' IDENTIFIED BY 'by hand'; GRANT REPLICATION SLAVE ON *.* TO repl@'%'; CREATE DATABASE d;
    CREATE TABLE d.t (id BIGINT PRIMARY KEY, w VARCHAR(1100)); USE d; INSERT INTO t SELECT seq, REPEAT(MD5(RAND()), 32) FROM seq_1_to_$((megabytes * 1024))"
  since "$started" ;;
clone)
  k=$(( $(cat "$dir/replicas") + 1 )); echo "$k" > "$dir/replicas"; r=replica$k; n=$((k + 1)) # an address of its own: others remember the last one's place
  node_up "$r" "$n"; chown mysql: "$dir/$r/tmp"; install -d -o mysql "$dir/$r/data"
  started=$(now)
  key=$(openssl rand -hex 32)
  crypt() { openssl enc -aes-256-ctr -K "$key" -iv 00000000000000000000000000000000 "$@"; }
  inside "$r" perl -MIO::Socket::INET -e '
    my $l = IO::Socket::INET->new(LocalAddr => $ARGV[0], LocalPort => 4444, Listen => 1, ReuseAddr => 1) or die "$!\n"; my $c = $l->accept;
    while (sysread $c, my $part, 262144) { print $part }' "$(addr "$n")" | crypt -d | as_engine mbstream -x -C "$dir/$r/data" & receiver=$!
  until inside "$r" ss -ltn | grep -q ':4444'; do sleep 0.02; done
  mariadb-backup --no-defaults --backup --stream=mbstream --datadir="$dir/master/data" --socket="$dir/master/tmp/s.sock" --user=root --target-dir="$dir/master/tmp" 2> "$dir/master/backup.log" \
    | crypt | inside master bash -c 'cat > "/dev/tcp/$1/4444"' copy "$(addr "$n")"
  wait "$receiver"
  as_engine mariadb-backup --no-defaults --prepare --target-dir="$dir/$r/data" 2> "$dir/$r/prepare.log"
  server_up "$r" "$n"
  sql "$r" "SET GLOBAL gtid_slave_pos = '$(awk '{ print $3 }' "$dir/$r/data/xtrabackup_binlog_info")';
    CHANGE MASTER TO MASTER_HOST = '$(addr 1)', MASTER_USER = 'repl', MASTER_PASSWORD = 'by hand', MASTER_USE_GTID = slave_pos; START SLAVE"
  until [ "$(sql "$r" 'SELECT @@global.gtid_slave_pos')" = "$(sql master 'SELECT @@global.gtid_binlog_pos')" ] \
    && sql "$r" 'SHOW SLAVE STATUS\G' | grep -q 'Waiting for master to send event'; do sleep 0.05; done
  took=$(since "$started")
  kill -9 "$(cat "$dir/$r/tmp/mariadbd.pid")"; node_down "$r" "$n"; rm -rf "$dir/$r"
  echo "$took" ;;
down) node_down master 1; net_down; rm -rf "$dir" ;;
*) echo "unknown command $cmd" >&2; exit 2 ;;
esac
