package eu.conpaas.service.git.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The server's own key. It is worked out from a secret that the director made once for the life of the service, so that every manager of the service has
 * the same one and nothing has to be stored.
 */
final class HostKey {
    private static final String PURPOSE = "conpaas git host key";

    private HostKey() {
    }

    /** The key of the service that has this secret. */
    static KeyPair of(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] seed = mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8));
            PrivateKey key = SecurityUtils.generateEDDSAPrivateKey(KeyPairProvider.SSH_ED25519, seed);
            return new KeyPair(SecurityUtils.recoverEDDSAPublicKey(key), key);
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException("this product cannot make Ed25519 keys", e);
        }
    }

    /** As ssh shows it: {@code SHA256:…}. */
    static String fingerprint(KeyPair key) {
        return KeyUtils.getFingerPrint(key.getPublic());
    }
}
