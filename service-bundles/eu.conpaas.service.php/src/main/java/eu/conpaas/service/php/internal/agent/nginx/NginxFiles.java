package eu.conpaas.service.php.internal.agent.nginx;

import eu.conpaas.service.php.internal.Roles;
import eu.conpaas.service.php.internal.agent.Place;
import eu.conpaas.service.php.internal.doc.PairDoc;
import java.io.IOException;
import java.util.Map;

/**
 * Configurations of nginx. None of them names a release: which one a request is for travels in a header that only proxies can set, so that
 * nothing is reloaded when another becomes active.
 */
final class NginxFiles {
    /** Path that answers 200 as long as the engine works. */
    static final String HEALTH = "/.conpaas/health";
    private static final String DOT_FILES = "location ~ (^|/)\\.(?!well-known(/|$)) { return 404; }";
    private final Place place;
    private final String key;

    NginxFiles(Place place, String key) {
        if (!key.matches("[A-Za-z0-9_-]{8,}")) {
            throw new IllegalArgumentException("the key between the engines has characters in it that are not letters, digits, _ or -");
        }
        this.place = place;
        this.key = key;
    }

    /** Static files; what it has not goes back to the proxy, which asks a backend. */
    String web() throws IOException {
        return fill("""
                {head}
                  map $http_x_conpaas_proxy $proxy { "~^(?<known>[0-9a-fA-F.:]+:{handon})$" $known; default ""; }
                  server {
                    {server}
                    listen {address}:{port} backlog=1024;
                    location = {health} { access_log off; return 200 "ok\\n"; }
                    {dots}
                    location ~* \\.(php[0-9]?|phtml|phar|phps)(/|$) { try_files /.conpaas/none @backend; }
                    location / { try_files $uri @backend; }
                    location @backend {
                      if ($proxy = "") { return 404; }
                      proxy_http_version 1.1;
                      proxy_set_header Host $http_host;
                      proxy_set_header Connection "";
                      proxy_buffer_size 32k;
                      proxy_buffers 16 16k;
                      proxy_read_timeout 3600s;
                      proxy_pass http://$proxy;
                    }
                  }
                }
                """, Map.of("name", "web", "port", Integer.toString(Roles.WEB_PORT), "handon", Integer.toString(Roles.HAND_ON)));
    }

    /** PHP of one pair: files, indexes of folders, path info, and the front controller for everything else. */
    String backend(PairDoc pair) throws IOException {
        int limit = Limits.seconds(pair);
        return fill("""
                {head}
                  client_max_body_size {body};
                  client_body_timeout 60s;
                  server {
                    {server}
                    listen {address}:{port} backlog=1024;
                    index index.html index.php;
                    location = {health} {
                      access_log off;
                      fastcgi_param SCRIPT_NAME /ping;
                      fastcgi_param SCRIPT_FILENAME /ping;
                      fastcgi_param REQUEST_METHOD GET;
                      fastcgi_pass unix:{healthsocket};
                    }
                    {dots}
                    location ~* [^/]\\.php(/|$) {
                      fastcgi_split_path_info ^(.+?\\.[Pp][Hh][Pp])(/.*)?$;
                      set $info $fastcgi_path_info;
                      try_files $fastcgi_script_name @front;
                      fastcgi_param PATH_INFO $info;
                      fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
                      fastcgi_param SCRIPT_NAME $fastcgi_script_name;
                      fastcgi_param QUERY_STRING $query_string;
                      fastcgi_param REQUEST_METHOD $request_method;
                      fastcgi_param CONTENT_TYPE $content_type;
                      fastcgi_param CONTENT_LENGTH $content_length;
                      fastcgi_param REQUEST_URI $request_uri;
                      fastcgi_param DOCUMENT_URI $document_uri;
                      fastcgi_param DOCUMENT_ROOT $document_root;
                      fastcgi_param SERVER_PROTOCOL $server_protocol;
                      fastcgi_param REQUEST_SCHEME $http_x_forwarded_proto;
                      fastcgi_param GATEWAY_INTERFACE CGI/1.1;
                      fastcgi_param SERVER_SOFTWARE ConPaaS;
                      fastcgi_param REMOTE_ADDR $remote_addr;
                      fastcgi_param REMOTE_PORT $remote_port;
                      fastcgi_param SERVER_ADDR $server_addr;
                      fastcgi_param SERVER_PORT $http_x_forwarded_port;
                      fastcgi_param SERVER_NAME $host;
                      fastcgi_param REDIRECT_STATUS 200;
                      fastcgi_param HTTP_PROXY "";
                      fastcgi_param HTTP_X_CONPAAS_KEY "";
                      fastcgi_param HTTP_X_CONPAAS_PROXY "";
                      fastcgi_buffer_size 32k;
                      fastcgi_buffers 16 16k;
                      fastcgi_read_timeout {timeout}s;
                      fastcgi_send_timeout {timeout}s;
                      fastcgi_pass unix:{socket};
                    }
                    location ~* \\.(phtml|phar|phps|php[0-9])(/|$) { return 404; }
                    location / { try_files $uri $uri/ @front; }
                    location @front {
                      if (!-f $document_root/index.php) { return 404; }
                      rewrite ^(.*)$ /index.php?q=$1 last;
                    }
                  }
                }
                """, Map.of("name", "backend-" + pair.slot(), "port", Integer.toString(pair.port()),
                "body", pair.settings().get("post_max_size"), "socket", place.socket("php-" + pair.slot()).toString(),
                "healthsocket", place.socket("health-" + pair.slot()).toString(), "timeout", Integer.toString(limit)));
    }

    private String fill(String template, Map<String, String> values) throws IOException {
        String name = values.get("name");
        String text = template
                .replace("{head}", """
                        worker_processes 1;
                        daemon off;
                        pid {run}/{name}.pid;
                        error_log {log}/{name}-error.log warn;
                        events { worker_connections 4096; }
                        http {
                          include /etc/nginx/mime.types;
                          default_type application/octet-stream;
                          log_format timed '$msec $request_time $status $body_bytes_sent $remote_addr $request_method "$request_uri" $http_x_conpaas_version';
                          access_log {log}/{name}-access.log timed;
                          client_body_temp_path {temp}/{name}-body;
                          proxy_temp_path {temp}/{name}-proxy;
                          fastcgi_temp_path {temp}/{name}-fastcgi;
                          uwsgi_temp_path {temp}/{name}-uwsgi;
                          scgi_temp_path {temp}/{name}-scgi;
                          server_tokens off;
                          sendfile on;
                          tcp_nopush on;
                          keepalive_timeout 3600s;
                          keepalive_requests 1000000;
                          absolute_redirect off;
                          gzip on;
                          gzip_vary on;
                          gzip_proxied any;
                          gzip_min_length 1000;
                          gzip_types text/css text/plain text/xml application/javascript application/json application/xml image/svg+xml;
                          set_real_ip_from 0.0.0.0/0;
                          set_real_ip_from ::/0;
                          real_ip_header X-Real-IP;
                          map $http_x_conpaas_version $release { "~^(?<r>[A-Za-z0-9][A-Za-z0-9~-]*)$" $r; default ".none"; }
                          map $uri $open { {health} 1; default 0; }
                          map $http_x_conpaas_key $trusted { "{key}" 1; default $open; }""")
                .replace("{server}", """
                        if ($trusted = 0) { return 403; }
                            root "{releases}/$release";
                            disable_symlinks if_not_owner from=$document_root;""")
                .replace("{run}", place.folder("run").toString()).replace("{log}", place.folder("log").toString())
                .replace("{temp}", place.folder("tmp").toString()).replace("{releases}", place.releases().toString())
                .replace("{health}", HEALTH).replace("{dots}", DOT_FILES).replace("{address}", place.address()).replace("{key}", key);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{" + value.getKey() + "}", value.getValue());
        }
        return text;
    }
}
