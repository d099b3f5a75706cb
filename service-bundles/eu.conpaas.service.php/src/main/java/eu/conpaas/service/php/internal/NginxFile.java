package eu.conpaas.service.php.internal;

import eu.conpaas.service.web.agent.Place;
import eu.conpaas.service.web.agent.nginx.NginxFiles;
import eu.conpaas.service.web.doc.EnginesDoc;
import java.io.IOException;
import java.util.Map;

/** Configuration of the nginx that stands before a PHP-FPM. */
final class NginxFile {
    private NginxFile() {
    }

    /** Files, indexes of folders, path info, and the front controller for everything else. */
    static String of(Place place, String key, EnginesDoc pair) throws IOException {
        int limit = Limits.seconds(pair);
        return new NginxFiles(place, key).fill("""
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
}
