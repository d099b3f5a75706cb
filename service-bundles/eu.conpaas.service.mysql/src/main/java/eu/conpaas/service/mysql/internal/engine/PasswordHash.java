package eu.conpaas.service.mysql.internal.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The form in which the server keeps a password ({@code mysql_native_password}, which every client knows): two rounds of SHA-1. Neither the password
 * nor what a client sends to sign in follows from it.
 */
public final class PasswordHash {
    /** Fewest characters of a password. */
    public static final int SHORTEST = 8;
    private static final Pattern FORM = Pattern.compile("\\*[0-9A-F]{40}");

    private PasswordHash() {
    }

    /** {@code *} and 40 hexadecimal digits. */
    public static String of(String password) {
        byte[] once = sha1(password.getBytes(StandardCharsets.UTF_8));
        return "*" + HexFormat.of().withUpperCase().formatHex(sha1(once));
    }

    /** Whether a text has the form of a hash. */
    public static boolean isHash(String text) {
        return text != null && FORM.matcher(text).matches();
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
