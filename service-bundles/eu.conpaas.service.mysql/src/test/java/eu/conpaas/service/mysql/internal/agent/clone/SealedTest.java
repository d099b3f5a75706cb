package eu.conpaas.service.mysql.internal.agent.clone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealedTest {
    private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final String OTHER = KEY.replace('1', '2');

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] sent(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Sealed.send(new ByteArrayInputStream(bytes), out, KEY);
        return out.toByteArray();
    }

    private static byte[] received(byte[] stream, String key) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Sealed.receive(new ByteArrayInputStream(stream), out, key);
        return out.toByteArray();
    }

    @Test
    void whatIsSentIsReceived() throws IOException {
        for (int length : new int[] {0, 1, 15, 16, 17, 1 << 18, (1 << 18) + 1, 1_000_000}) {
            assertArrayEquals(random(length), received(sent(random(length)), KEY), length + " bytes");
        }
    }

    @Test
    void aChangedByteAnotherKeyAndACutAreNoticed() throws IOException {
        byte[] stream = sent(random(300_000));
        assertThrows(IOException.class, () -> received(stream, OTHER));
        assertThrows(IOException.class, () -> received(Arrays.copyOf(stream, stream.length - 20), KEY));
        for (int at : new int[] {4, 1000, (1 << 18) + 3, (1 << 18) + 10, stream.length - 1}) {
            byte[] changed = stream.clone();
            changed[at] ^= 1;
            assertThrows(IOException.class, () -> received(changed, KEY), "byte " + at);
        }
    }

    @Test
    void framesMayNotBeExchanged() throws IOException {
        byte[] one = random(100);
        try (Frames seal = new JdkFrames(true, HexFormat.of().parseHex(KEY)); Frames open = new LibraryFrames(false, HexFormat.of().parseHex(KEY))) {
            seal.next(one, one.length);
            byte[] second = seal.next(one, one.length);
            assertThrows(IOException.class, () -> open.next(second, second.length));
        }
    }

    @Test
    void libraryAndJdkSpeakTheSame() throws IOException {
        byte[] key = HexFormat.of().parseHex(KEY);
        try (Frames library = assertInstanceOf(LibraryFrames.class, Frames.of(true, key)); Frames jdk = new JdkFrames(true, key);
                Frames open = new LibraryFrames(false, key)) {
            for (int length : new int[] {5, 0, 70_000, 16}) {
                byte[] plain = random(length);
                byte[] frame = library.next(plain, length);
                assertArrayEquals(jdk.next(plain, length), frame);
                assertArrayEquals(plain, open.next(frame, frame.length));
                assertEquals(length + Frames.TAG, frame.length);
            }
        }
    }

    @Test
    void aLargeStreamNeedsLittleMemory() throws IOException {
        long[] count = {0};
        Sealed.send(new java.io.InputStream() {
            private int left = 64 << 20;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int n = Math.min(length, left);
                left -= n;
                return n == 0 ? -1 : n;
            }
        }, new OutputStream() {
            @Override
            public void write(int b) {
                count[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                count[0] += length;
            }
        }, KEY);
        assertEquals((64L << 20) + 257 * (4 + Frames.TAG), count[0]);
    }
}
