package eu.conpaas.service.mysql.internal.agent.clone;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals or opens the frames of one stream with ChaCha20-Poly1305: the cipher's text, then {@value #TAG} bytes of tag; the nonce of a frame is its number.
 * For one thread.
 */
interface Frames extends AutoCloseable {
    /** Bytes that a sealed frame is longer. */
    int TAG = 16;

    /**
     * The next frame, sealed or opened.
     *
     * @param bytes  holds it from its beginning on
     * @param length of it
     * @throws IOException if it is not the stream's next frame, or not of this key
     */
    byte[] next(byte[] bytes, int length) throws IOException;

    @Override
    void close();

    /** Nonce of the frame of this number. */
    static byte[] nonce(long number) {
        return ByteBuffer.allocate(12).putInt(0).putLong(number).array();
    }

    /** By the library that the database server itself uses, which is many times as fast as our JVMs with their quick compiler; by the JDK where it cannot be used. */
    static Frames of(boolean seal, byte[] key) {
        try {
            return new LibraryFrames(seal, key);
        } catch (RuntimeException | LinkageError e) {
            Logger log = LoggerFactory.getLogger(Frames.class);
            log.info("libcrypto cannot be used ({}): copies are slower", e.getMessage());
            return new JdkFrames(seal, key);
        }
    }
}
