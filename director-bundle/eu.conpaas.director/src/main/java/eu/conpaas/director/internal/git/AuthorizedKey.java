package eu.conpaas.director.internal.git;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;

/**
 * A public key of somebody who may use the repository.
 *
 * @param type    such as {@code ssh-ed25519}
 * @param blob    the key, base64 without line breaks
 * @param comment what the user calls it, may be empty
 */
public record AuthorizedKey(String type, String blob, String comment) {
    private static final int RSA_LEAST = 2048;
    private static final int RSA_MOST = 16384;
    private static final int ED25519_BYTES = 32;
    private static final int LONGEST_COMMENT = 100;
    /** Curve to the bytes of an uncompressed point on it. */
    private static final Map<String, Integer> CURVES = Map.of("nistp256", 65, "nistp384", 97, "nistp521", 133);
    private static final Set<String> TYPES = Set.of("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521");
    private static final String NEXT = "Upload a public key as ssh-keygen writes it (id_ed25519.pub): ed25519, ecdsa, or rsa of " + RSA_LEAST + " bits or more.";

    /**
     * Reads a file of keys, one a line; empty lines and those that begin with {@code #} are skipped.
     *
     * @throws ApiException INVALID_ARGUMENT if any line is something else, or there is none
     */
    static List<AuthorizedKey> read(String text) {
        List<AuthorizedKey> keys = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String stripped = line.strip();
            if (stripped.contains("PRIVATE KEY")) {
                throw bad("this is a private key, which nobody else should have");
            }
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                keys.add(line(stripped, number));
            }
        }
        if (keys.isEmpty()) {
            throw bad("there is no key in the file");
        }
        return keys;
    }

    private static AuthorizedKey line(String line, int number) {
        String[] words = line.split("[ \t]+", 3);
        if (!TYPES.contains(words[0]) || words.length < 2) {
            boolean options = !TYPES.contains(words[0]) && TYPES.stream().anyMatch(t -> line.contains(" " + t + " "));
            throw bad("line " + number + (options ? " has options before the key, which are not supported"
                    : " holds no key of a kind that is accepted"));
        }
        try {
            byte[] key = Base64.getDecoder().decode(words[1]);
            check(words[0], key, number);
            String comment = words.length < 3 ? "" : words[2].strip().replaceAll("\\p{Cntrl}", "?");
            return new AuthorizedKey(words[0], Base64.getEncoder().encodeToString(key), comment.substring(0, Math.min(LONGEST_COMMENT, comment.length())));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw bad("line " + number + " holds a key that is damaged");
        }
    }

    private static void check(String type, byte[] key, int number) {
        ByteBuffer in = ByteBuffer.wrap(key);
        if (!new String(field(in), StandardCharsets.US_ASCII).equals(type)) {
            throw bad("line " + number + " holds a key that is not of the kind it says");
        }
        boolean right = switch (type) {
            case "ssh-ed25519" -> field(in).length == ED25519_BYTES;
            case "ssh-rsa" -> rsa(field(in), field(in), number);
            default -> ecdsa(type, new String(field(in), StandardCharsets.US_ASCII), field(in));
        };
        if (!right || in.hasRemaining()) {
            throw bad("line " + number + " holds a key that is damaged");
        }
    }

    private static boolean rsa(byte[] exponent, byte[] modulus, int number) {
        int bits = new BigInteger(modulus).bitLength();
        if (bits < RSA_LEAST || bits > RSA_MOST) {
            throw bad("line " + number + " holds an rsa key of " + bits + " bits");
        }
        BigInteger e = new BigInteger(exponent);
        return new BigInteger(modulus).signum() > 0 && e.bitLength() <= 64 && e.compareTo(BigInteger.valueOf(3)) >= 0 && e.testBit(0);
    }

    private static boolean ecdsa(String type, String curve, byte[] point) {
        return type.endsWith(curve) && CURVES.containsKey(curve) && point.length == CURVES.get(curve) && point[0] == 4;
    }

    private static byte[] field(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] field = new byte[length];
        in.get(field);
        return field;
    }

    /** {@code <type> <base64>}: what makes it this key and no other. */
    public String key() {
        return type + " " + blob;
    }

    /** As in the file it came in. */
    public String line() {
        return comment.isEmpty() ? key() : key() + " " + comment;
    }

    /** {@code SHA256:…} as ssh-keygen prints it. */
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(blob));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ApiException bad(String why) {
        return new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:" + why + ".", NEXT);
    }
}
