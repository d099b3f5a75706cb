package eu.conpaas.service.php.internal;

import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.agent.Place;
import eu.conpaas.service.web.doc.EnginesDoc;
import java.io.IOException;
import java.util.Map;

/** Configuration of PHP-FPM. Every setting is sent, so that defaults are in force too. */
final class FpmFile {
    /** Seconds that a request waits for the session store: longer than the manager's node takes to be replaced. */
    private static final int PATIENCE = 75;

    private FpmFile() {
    }

    static String of(Place place, EnginesDoc pair) throws IOException {
        int seconds = Limits.seconds(pair);
        int locks = (seconds + 5) * 50;
        StringBuilder text = new StringBuilder("""
                [global]
                error_log = %1$s/php-%2$d.log
                pid = %3$s/php-%2$d.pid
                daemonize = no
                process_control_timeout = %4$ds
                [health]
                listen = %5$s
                listen.mode = 0600
                pm = static
                pm.max_children = 1
                ping.path = /ping
                [php]
                listen = %6$s
                listen.mode = 0600
                listen.backlog = 1024
                pm = dynamic
                pm.max_children = %7$d
                pm.start_servers = %8$d
                pm.min_spare_servers = 2
                pm.max_spare_servers = %7$d
                pm.max_requests = 10000
                request_terminate_timeout = %9$ds
                request_slowlog_timeout = 5s
                slowlog = %1$s/php-%2$d-slow.log
                clear_env = no
                catch_workers_output = no
                security.limit_extensions = .php
                """.formatted(place.folder("log"), pair.slot(), place.folder("run"), seconds + 2, place.socket("health-" + pair.slot()),
                place.socket("php-" + pair.slot()), pair.children(), Math.min(3, pair.children()), seconds + 1));
        pair.settings().forEach((name, value) -> value(text, name, value));
        value(text, "allow_url_fopen", "Off");
        value(text, "allow_url_include", "Off");
        value(text, "enable_dl", "Off");
        value(text, "expose_php", "Off");
        value(text, "error_log", place.log("php-errors.log").toString());
        value(text, "sys_temp_dir", place.folder("tmp").toString());
        value(text, "upload_tmp_dir", place.folder("tmp").toString());
        value(text, "session.save_handler", "redis");
        value(text, "session.save_path", "tcp://" + place.address() + ":" + Roles.SESSIONS_DOOR + "?auth=" + pair.sessions() + "&timeout=5&read_timeout=" + PATIENCE);
        value(text, "redis.session.locking_enabled", "1");
        value(text, "redis.session.lock_expire", Integer.toString(seconds));
        value(text, "redis.session.lock_wait_time", "20000");
        value(text, "redis.session.lock_retries", Integer.toString(locks));
        text.append("php_value[session.gc_maxlifetime] = 1440\n");
        return text.toString();
    }

    /** Files of a release never change but those the application writes itself, which must be seen at once on all nodes. */
    static Map<String, String> fixed() {
        return Map.of("opcache.validate_timestamps", "1", "opcache.revalidate_freq", "0", "opcache.use_cwd", "1", "opcache.enable", "1");
    }

    private static void value(StringBuilder text, String name, String value) {
        if (value.indexOf('"') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\\') >= 0 || value.indexOf('$') >= 0) {
            throw new IllegalArgumentException(name + " cannot be '" + value + "'");
        }
        text.append("php_admin_value[").append(name).append("] = \"").append(value).append("\"\n");
    }
}
