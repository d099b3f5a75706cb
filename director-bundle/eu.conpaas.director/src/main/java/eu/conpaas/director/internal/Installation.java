package eu.conpaas.director.internal;

import java.security.SecureRandom;
import java.util.HexFormat;

import eu.conpaas.director.internal.store.Database;

/** The id that everything this director makes carries, made with its database. */
final class Installation {
    private static final String KEY = "installation";
    private static final int BYTES = 6;

    private Installation() {
    }

    static String id(Database database) {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return database.write(s -> {
            s.run("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING", KEY, HexFormat.of().formatHex(random));
            return s.one("SELECT value FROM meta WHERE key = ?", r -> r.text("value"), KEY).orElseThrow();
        });
    }
}
