package eu.conpaas.director.internal.operation;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** Random values only one service's nodes know, made once for its life. Which is used for what is the service type's business. */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    private Secrets() {
    }

    static Map<String, String> make() {
        return Map.of("session", value(), "admin", value(), "internal", value());
    }

    private static String value() {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
