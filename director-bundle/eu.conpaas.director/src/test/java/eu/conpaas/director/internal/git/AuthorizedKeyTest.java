package eu.conpaas.director.internal.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which lines are keys. */
class AuthorizedKeyTest {
    private static final byte[] POINT = new byte[65];
    private static final String ED25519 = key("ssh-ed25519", bytes("ssh-ed25519"), new byte[32]);

    static {
        POINT[0] = 4;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String key(String type, byte[]... fields) {
        ByteBuffer out = ByteBuffer.allocate(5000);
        for (byte[] field : fields) {
            out.putInt(field.length).put(field);
        }
        byte[] key = new byte[out.position()];
        out.flip().get(key);
        return type + " " + Base64.getEncoder().encodeToString(key);
    }

    private static String rsa(int bits, long exponent) {
        return key("ssh-rsa", bytes("ssh-rsa"), BigInteger.valueOf(exponent).toByteArray(), BigInteger.ONE.shiftLeft(bits - 1).setBit(0).toByteArray());
    }

    private static void refused(String text, String why) {
        String said = assertThrows(ApiException.class, () -> AuthorizedKey.read(text)).error().cause();
        assertTrue(said.contains(why), said);
    }

    @Test
    void keysOfTheUsualKindsAreTaken() {
        String ecdsa = key("ecdsa-sha2-nistp256", bytes("ecdsa-sha2-nistp256"), bytes("nistp256"), POINT);
        List<AuthorizedKey> keys = AuthorizedKey.read("# mine\n\n" + ED25519 + " ada@example.org laptop\n" + ecdsa + "\r\n" + rsa(2048, 65537) + "  x \n");
        assertEquals(List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"), keys.stream().map(AuthorizedKey::type).toList());
        assertEquals("ada@example.org laptop", keys.getFirst().comment());
        assertEquals(ED25519 + " ada@example.org laptop", keys.getFirst().line());
        assertTrue(keys.getFirst().fingerprint().matches("SHA256:[A-Za-z0-9+/]{43}"));
    }

    @Test
    void anythingElseIsRefused() {
        refused("", "no key");
        refused("# nothing\n", "no key");
        refused("hello", "no key of a kind");
        refused("ssh-ed25519", "no key of a kind");
        refused("ssh-dss AAAA x", "no key of a kind");
        refused("command=\"rm -rf /\" " + ED25519, "options");
        refused("no-pty,from=\"10.0.0.1\" " + ED25519, "options");
        refused("cert-authority " + ED25519, "options");
        refused("ssh-ed25519-cert-v01@openssh.com AAAA", "no key of a kind");
        refused("-----BEGIN OPENSSH PRIVATE KEY-----\nabc", "private key");
        refused("ssh-ed25519 !!!", "damaged");
        refused("ssh-ed25519 " + ED25519.split(" ")[1].substring(0, 40), "damaged");
        refused(key("ssh-ed25519", bytes("ssh-ed25519"), new byte[31]), "damaged");
        refused(key("ssh-ed25519", bytes("ssh-ed25519"), new byte[32], new byte[1]), "damaged");
        refused(key("ssh-ed25519", bytes("ssh-rsa"), new byte[32]), "not of the kind");
        refused(key("ecdsa-sha2-nistp384", bytes("ecdsa-sha2-nistp384"), bytes("nistp256"), POINT), "damaged");
        refused(rsa(1024, 65537), "1024 bits");
        refused(rsa(2048, 2), "damaged");
        refused(ED25519 + "\n" + rsa(1024, 65537), "line 2");
    }
}
