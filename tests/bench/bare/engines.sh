# Nodes and engines of bare.sh, by hand. Names and addresses come from the folder, so that several can stand side by side.
id=$(printf '%s' "$dir" | cksum | cut -d' ' -f1); net=$((id % 200 + 20)); tag=$(printf 'bb%06x' $((id % 16777216)))
addr() { echo "10.90.$net.$1"; }
inside() { ip netns exec "$tag$1" "${@:2}"; }
runtime() { printf '%s\n' "$1" | perl -MIO::Socket::UNIX -e '
  my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die "$ARGV[0]: $!\n"; print $s scalar <STDIN>; shutdown $s, 1; print while <$s>' "$dir/proxy/admin.sock"; }
current() { runtime "show map $dir/proxy/version.map" | awk '$2 == "current" { print $3 }'; }

net_up() {
  command -v haproxy nginx php-fpm8.2 redis-server >/dev/null || { echo "bare.sh: haproxy, nginx, php-fpm8.2 and redis-server are needed" >&2; exit 1; }
  bridge_up
}
bridge_up() { ip link add "$tag" type bridge; ip addr add "$(addr 254)/24" dev "$tag"; ip link set "$tag" up; }
node_down() { # name, last number of the address
  local p; p=$(ip netns pids "$tag$1"); [ -z "$p" ] || kill -9 $p 2>/dev/null || true
  ip netns del "$tag$1"; ip link del "$tag.$2" 2>/dev/null || true
}
node_up() { # name, last number of the address
  ip netns add "$tag$1"
  ip link add "$tag.$2" type veth peer name eth0 netns "$tag$1"
  ip link set "$tag.$2" master "$tag" up
  ip -n "$tag$1" addr add "$(addr "$2")/24" dev eth0
  ip -n "$tag$1" link set lo up; ip -n "$tag$1" link set eth0 up
  mkdir -p "$dir/$1/code" "$dir/$1/tmp"; echo "$2" > "$dir/$1/number"; chown -R www-data: "$dir/$1/tmp"
}
net_down() {
  local f p
  for f in "$dir"/*/*.pid; do
    p=$(cat "$f" 2>/dev/null) && kill -9 "$p" 2>/dev/null || true
  done
  for f in $(ip netns list | awk '{ print $1 }' | grep "^$tag" || true); do
    p=$(ip netns pids "$f"); [ -z "$p" ] || kill -9 $p 2>/dev/null || true
    ip netns del "$f"
  done
  ip link del "$tag" 2>/dev/null || true
}
# Archives travel encrypted, between those who hold the key, and are checked: to the store and from there to the nodes.
store_up() {
  mkdir -p "$dir/store/archives"; chown -R www-data: "$dir/store/archives"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=store -addext "subjectAltName=IP:$(addr 2)" \
    -keyout "$dir/store/key.pem" -out "$dir/store/cert.pem" 2>/dev/null
  { nginx_common store; cat <<CONF
  server {
    listen $(addr 2):8443 ssl; ssl_certificate $dir/store/cert.pem; ssl_certificate_key $dir/store/key.pem;
    ssl_client_certificate $dir/store/cert.pem; ssl_verify_client on;
    root $dir/store/archives; dav_methods PUT;
  }
}
CONF
  } > "$dir/store/nginx.conf"
  inside store nginx -e "$dir/store/nginx.log" -c "$dir/store/nginx.conf"
}
https() { curl -sSf --cacert "$dir/store/cert.pem" --cert "$dir/store/cert.pem" --key "$dir/store/key.pem" "$@"; }
upload() { # archive, version: the sum is what the nodes check against
  case $1 in *.war) unzip -tqq "$1" ;; *) tar -tf "$1" >/dev/null ;; esac
  sum=$(sha256sum < "$1" | cut -d' ' -f1); https -T "$1" "https://$(addr 2):8443/$2"
}
fetch() { # node, version
  inside "$1" bash -c "$(declare -f https addr); net=$net dir=$dir; https -o $dir/$1/code/$2.archive https://$(addr 2):8443/$2"
  echo "$sum  $dir/$1/code/$2.archive" | sha256sum --quiet -c -
}
place() { # node, version
  mkdir -p "$dir/$1/code/$2"; fetch "$1" "$2"
  tar -xf "$dir/$1/code/$2.archive" -C "$dir/$1/code/$2"; chmod a+rx "$dir/$1/code/$2"; rm "$dir/$1/code/$2.archive"
}
nginx_common() { cat <<CONF
user www-data; worker_processes 1; daemon on; pid $dir/$1/nginx.pid; error_log $dir/$1/nginx.log;
events { worker_connections 1024; }
http {
  include /etc/nginx/mime.types; keepalive_timeout 300s; keepalive_requests 100000; client_max_body_size 1g;
  access_log $dir/$1/access.log combined buffer=32k flush=1s; set_real_ip_from $(addr 1); real_ip_header X-Forwarded-For;
  client_body_temp_path $dir/$1/tmp/a; proxy_temp_path $dir/$1/tmp/b; fastcgi_temp_path $dir/$1/tmp/c; uwsgi_temp_path $dir/$1/tmp/d; scgi_temp_path $dir/$1/tmp/e;
CONF
}
web_up() {
  { nginx_common "$1"; cat <<CONF
  server { listen $(addr "$(cat "$dir/$1/number")"):8081; root $dir/$1/code/\$http_x_version; location ~ /\\. { return 404; } }
}
CONF
  } > "$dir/$1/nginx.conf"
  inside "$1" nginx -e "$dir/$1/nginx.log" -c "$dir/$1/nginx.conf"
}
backend_up() {
  cat > "$dir/$1/fpm.conf" <<CONF
[global]
pid = $dir/$1/fpm.pid
error_log = $dir/$1/fpm.log
daemonize = yes
[www]
user = www-data
group = www-data
listen = $dir/$1/fpm.sock
listen.owner = www-data
pm = dynamic
pm.max_children = 5
pm.start_servers = 1
pm.min_spare_servers = 1
pm.max_spare_servers = 5
pm.max_requests = 0
php_admin_value[session.save_handler] = redis
php_admin_value[session.save_path] = tcp://$(addr 2):6379
CONF
  { nginx_common "$1"; cat <<CONF
  server {
    listen $(addr "$(cat "$dir/$1/number")"):8080; root $dir/$1/code/\$http_x_version; index index.php index.html;
    location = /alive { access_log off; return 200; }
    location ~ /\\. { return 404; }
    location / { try_files \$uri \$uri/ /index.php?q=\$uri&\$args; }
    location ~ ^(.+\\.php)(/.*)?\$ {
      fastcgi_split_path_info ^(.+\\.php)(/.*)?\$;
      include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME \$document_root\$fastcgi_script_name; fastcgi_param PATH_INFO \$fastcgi_path_info;
      fastcgi_pass unix:$dir/$1/fpm.sock;
    }
  }
}
CONF
  } > "$dir/$1/nginx.conf"
  inside "$1" php-fpm8.2 -y "$dir/$1/fpm.conf"
  inside "$1" nginx -e "$dir/$1/nginx.log" -c "$dir/$1/nginx.conf"
}
redis_up() {
  inside store setpriv --reuid www-data --regid www-data --clear-groups redis-server --bind "$(addr 2)" --protected-mode no --daemonize yes \
    --pidfile "$dir/store/tmp/redis.pid" --dir "$dir/store/tmp" --save '' --logfile "$dir/store/tmp/redis.log"
}
proxy_head() { cat <<CONF
global
  daemon
  pidfile $dir/proxy/haproxy.pid
  stats socket $dir/proxy/admin.sock mode 600 level admin
  maxconn 4000
  user www-data
  group www-data
defaults
  mode http
  timeout connect 5s
  timeout client 310s
  timeout server 310s
  timeout http-keep-alive 300s
  timeout queue 120s
  option redispatch
  retries 3
CONF
}
proxy_up() { # backends, version
  echo "current $2" > "$dir/proxy/version.map"
  { proxy_head; cat <<CONF
frontend site
  bind $(addr 1):80
  http-request set-header X-Forwarded-For %[src]
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Version %[str(current),map($dir/proxy/version.map)]
  acl static path_end .txt .css .js .png .jpg .gif .ico .svg .html
  use_backend web if static
  default_backend php
backend web
  server web $(addr 1):8081
backend php
  balance roundrobin
  retry-on conn-failure empty-response
  option httpchk GET /alive
  default-server check inter 500ms fall 2 rise 1 maxconn 5
CONF
    for k in $(seq 1 "$1"); do echo "  server b$k $(addr $((k + 9))):8080"; done
  } > "$dir/proxy/haproxy.cfg"
  inside proxy haproxy -D -f "$dir/proxy/haproxy.cfg"
}
ask() { # path: the answer of the site, by bash itself so that no process start is measured
  exec 3<>"/dev/tcp/$(addr 1)/80" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: bare\r\n\r\n' "$1" >&3; cat <&3; exec 3>&-
} 2>/dev/null
until_serves() { # node, version: asked through the proxy, until that backend has answered with it
  local address i answer; address=$(addr "$(cat "$dir/$1/number")")
  for i in $(seq 1 1000); do
    answer=$(ask "${page:-/info.php}" || true)
    case $answer in *"\"address\":\"$address\""*"\"version\":\"$2\""*) return ;; esac
    sleep 0.01
  done
  echo "bare.sh: $1 does not serve version $2" >&2; exit 1
}
