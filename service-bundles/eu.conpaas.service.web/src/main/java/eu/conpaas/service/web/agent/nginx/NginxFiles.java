package eu.conpaas.service.web.agent.nginx;

import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.agent.Place;
import java.io.IOException;
import java.util.Map;

/**
 * Configurations of nginx. None of them names a release: which one a request is for travels in a header that only proxies can set, so that
 * nothing is reloaded when another becomes active.
 */
public final class NginxFiles {
    /** Path that answers 200 as long as the engine works. */
    public static final String HEALTH = "/.conpaas/health";
    private static final String DOT_FILES = "location ~ (^|/)\\.(?!well-known(/|$)) { return 404; }";
    private final Place place;
    private final String key;

    public NginxFiles(Place place, String key) {
        if (!key.matches("[A-Za-z0-9_-]{8,}")) {
            throw new IllegalArgumentException("the key between the engines has characters in it that are not letters, digits, _ or -");
        }
        this.place = place;
        this.key = key;
    }

    /**
     * Static files; what it has not goes back to the proxy, which asks a backend.
     *
     * @param files   path below a release of what is served, or an empty text
     * @param dynamic regular expression of paths that are a backend's even where there is a file
     */
    public String web(String files, String dynamic) throws IOException {
        return fill("""
                {head}
                  map $http_x_conpaas_proxy $proxy { "~^(?<known>[0-9a-fA-F.:]+:{handon})$" $known; default ""; }
                  server {
                    {server}
                    listen {address}:{port} backlog=1024;
                    location = {health} { access_log off; return 200 "ok\\n"; }
                    {dots}
                    location ~* {dynamic} { try_files /.conpaas/none @backend; }
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
                """, Map.of("name", "web", "dynamic", dynamic, "files", files, "port", Integer.toString(Roles.WEB_PORT), "handon", Integer.toString(Roles.HAND_ON)));
    }

    /**
     * A configuration out of a template: {@code {head}} begins it, {@code {server}} begins a server, {@code {dots}} hides files whose names begin with
     * a dot; the rest are paths, addresses and the given values, of which {@code name} is that of the engine on this node.
     */
    public String fill(String template, Map<String, String> values) throws IOException {
        String name = values.get("name");
        String text = template
                .replace("{head}", """
                        worker_processes 1;
                        pcre_jit on;
                        daemon off;
                        pid {run}/{name}.pid;
                        error_log {log}/{name}-error.log warn;
                        events { worker_connections 4096; }
                        http {
                          include /etc/nginx/mime.types;
                          default_type application/octet-stream;
                          log_format timed '$msec $request_time $status $body_bytes_sent $remote_addr $request_method "$request_uri" $http_x_conpaas_version';
                          access_log {log}/{name}-access.log timed buffer=32k flush=1s;
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
                            root "{releases}/$release{files}";
                            disable_symlinks if_not_owner from=$document_root;""")
                .replace("{files}", values.getOrDefault("files", "")).replace("{run}", place.folder("run").toString()).replace("{log}", place.folder("log").toString())
                .replace("{temp}", place.folder("tmp").toString()).replace("{releases}", place.releases().toString())
                .replace("{health}", HEALTH).replace("{dots}", DOT_FILES).replace("{address}", place.address()).replace("{key}", key);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{" + value.getKey() + "}", value.getValue());
        }
        return text;
    }
}
