package eu.conpaas.director.internal.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id, in the usual text form {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}. */
final class Passwords {
    /** Of the costs that are commonly held to be equal in strength the one with the least memory: what a hash took stays with the heap for long. */
    private static final int MEMORY_KIB = 7 * 1024;
    private static final int PASSES = 5;
    private static final int LANES = 1;
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Each hash takes some MiB for a moment; a flood of sign-ins must not take the director's whole heap. */
    private static final Semaphore AT_ONCE = new Semaphore(1);

    private Passwords() {
    }

    static String hash(String password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        Base64.Encoder text = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + text.encodeToString(salt) + "$"
                + text.encodeToString(compute(password, salt, MEMORY_KIB, PASSES, LANES));
    }

    static boolean matches(String password, String stored) {
        String[] parts = stored.split("\\$");
        int[] cost = Arrays.stream(parts[3].split(",")).mapToInt(p -> Integer.parseInt(p.substring(2))).toArray();
        byte[] salt = Base64.getDecoder().decode(parts[4]);
        return MessageDigest.isEqual(Base64.getDecoder().decode(parts[5]), compute(password, salt, cost[0], cost[1], cost[2]));
    }

    private static byte[] compute(String password, byte[] salt, int memory, int passes, int lanes) {
        AT_ONCE.acquireUninterruptibly();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory).withIterations(passes).withParallelism(lanes).withSalt(salt).build());
            byte[] hash = new byte[32];
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
            return hash;
        } finally {
            AT_ONCE.release();
        }
    }
}
