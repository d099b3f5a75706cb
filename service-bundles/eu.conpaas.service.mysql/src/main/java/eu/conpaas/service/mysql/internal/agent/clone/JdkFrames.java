package eu.conpaas.service.mysql.internal.agent.clone;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Frames by the JDK's cipher. */
final class JdkFrames implements Frames {
    private final int mode;
    private final SecretKeySpec key;
    private long number;

    JdkFrames(boolean seal, byte[] key) {
        this.mode = seal ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
        this.key = new SecretKeySpec(key, "ChaCha20");
    }

    @Override
    public byte[] next(byte[] bytes, int length) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
            cipher.init(mode, key, new IvParameterSpec(Frames.nonce(number++)));
            return cipher.doFinal(bytes, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IOException("the stream is not whole: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        // nothing is held
    }
}
