package eu.conpaas.service.mysql.internal.agent.clone;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bytes on their way between two nodes that know the same key: nobody else can read, change, cut off or make them up. ChaCha20-Poly1305, which our JVMs are quick at, in numbered frames; the
 * empty frame is the end. A key is good for one stream.
 */
final class Sealed {
    private static final int FRAME = 1 << 18;
    private static final int TAG = 16;

    private Sealed() {
    }

    /** @param key 32 bytes in hexadecimal */
    static void send(InputStream from, OutputStream to, String key) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        byte[] plain = new byte[FRAME];
        long number = 0;
        int length;
        do {
            length = from.readNBytes(plain, 0, FRAME);
            byte[] frame = crypt(Cipher.ENCRYPT_MODE, key, number++, plain, length);
            out.writeInt(frame.length);
            out.write(frame);
        } while (length > 0);
        out.flush();
    }

    /** @throws IOException if the stream is not whole, or not of this key */
    static void receive(InputStream from, OutputStream to, String key) throws IOException {
        DataInputStream in = new DataInputStream(from);
        for (long number = 0;; number++) {
            int length = in.readInt();
            if (length < TAG || length > FRAME + TAG) {
                throw new IOException("the stream is damaged");
            }
            byte[] plain = crypt(Cipher.DECRYPT_MODE, key, number, in.readNBytes(length), length);
            if (plain.length == 0) {
                return;
            }
            to.write(plain);
        }
    }

    private static byte[] crypt(int mode, String key, long number, byte[] bytes, int length) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
            byte[] nonce = ByteBuffer.allocate(12).putInt(0).putLong(number).array();
            cipher.init(mode, new SecretKeySpec(HexFormat.of().parseHex(key), "ChaCha20"), new IvParameterSpec(nonce));
            return cipher.doFinal(bytes, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IOException("the stream is not whole: " + e.getMessage(), e);
        }
    }
}
