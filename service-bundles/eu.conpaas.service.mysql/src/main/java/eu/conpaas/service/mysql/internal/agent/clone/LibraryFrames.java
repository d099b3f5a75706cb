package eu.conpaas.service.mysql.internal.agent.clone;

import static java.lang.foreign.MemorySegment.NULL;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** Frames by OpenSSL's libcrypto, through the calls of its EVP interface. */
final class LibraryFrames implements Frames {
    private static final int GET_TAG = 0x10;
    private static final int SET_TAG = 0x11;
    private static final int KEY = 32;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment context;
    private final MemorySegment key;
    private final MemorySegment nonce;
    private final MemorySegment tag;
    private final MemorySegment written;
    private final boolean seal;
    private MemorySegment from;
    private MemorySegment to;
    private long number;

    /** The library's functions, looked up once. */
    @SuppressWarnings("restricted")
    private static final class Library {
        private static final SymbolLookup SYMBOLS = SymbolLookup.libraryLookup("libcrypto.so.3", Arena.global());
        private static final MethodHandle CIPHER = function("EVP_chacha20_poly1305", ADDRESS);
        private static final MethodHandle NEW = function("EVP_CIPHER_CTX_new", ADDRESS);
        private static final MethodHandle FREE = link("EVP_CIPHER_CTX_free", FunctionDescriptor.ofVoid(ADDRESS));
        private static final MethodHandle INIT = function("EVP_CipherInit_ex", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
        private static final MethodHandle UPDATE = function("EVP_CipherUpdate", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
        private static final MethodHandle FINAL = function("EVP_CipherFinal_ex", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
        private static final MethodHandle CONTROL = function("EVP_CIPHER_CTX_ctrl", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);

        private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
            return link(name, FunctionDescriptor.of(result, arguments));
        }

        private static MethodHandle link(String name, FunctionDescriptor descriptor) {
            return Linker.nativeLinker().downcallHandle(SYMBOLS.findOrThrow(name), descriptor);
        }
    }

    /** @throws RuntimeException if there is no such library */
    LibraryFrames(boolean seal, byte[] secret) {
        if (secret.length != KEY) {
            throw new IllegalArgumentException("a key has " + KEY + " bytes");
        }
        this.seal = seal;
        context = (MemorySegment) call(() -> Library.NEW.invoke());
        key = arena.allocateFrom(JAVA_BYTE, secret);
        nonce = arena.allocate(12);
        tag = arena.allocate(TAG);
        written = arena.allocate(JAVA_INT);
    }

    private interface Invocation {
        Object run() throws Throwable;
    }

    private static Object call(Invocation invocation) {
        try {
            return invocation.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IOException if the function says that it failed */
    private static void must(Invocation invocation) throws IOException {
        if ((int) call(invocation) != 1) {
            throw new IOException("the stream is not whole: it is not of this key or was changed on its way");
        }
    }

    @Override
    public byte[] next(byte[] bytes, int length) throws IOException {
        int text = seal ? length : length - TAG;
        if (text < 0) {
            throw new IOException("the stream is not whole: a frame is too short");
        }
        room(Math.max(1, text));
        MemorySegment.copy(bytes, 0, from, JAVA_BYTE, 0, text);
        MemorySegment.copy(Frames.nonce(number++), 0, nonce, JAVA_BYTE, 0, 12);
        must(() -> Library.INIT.invoke(context, (MemorySegment) call(() -> Library.CIPHER.invoke()), NULL, key, nonce, seal ? 1 : 0));
        if (!seal) {
            MemorySegment.copy(bytes, text, tag, JAVA_BYTE, 0, TAG);
            must(() -> Library.CONTROL.invoke(context, SET_TAG, TAG, tag));
        }
        if (text > 0) {
            must(() -> Library.UPDATE.invoke(context, to, written, from, text));
        }
        // the cipher works on bytes one by one and has nothing left to put anywhere, but wants to be told where
        must(() -> Library.FINAL.invoke(context, from, written));
        byte[] frame = new byte[seal ? text + TAG : text];
        MemorySegment.copy(to, JAVA_BYTE, 0, frame, 0, text);
        if (seal) {
            must(() -> Library.CONTROL.invoke(context, GET_TAG, TAG, tag));
            MemorySegment.copy(tag, JAVA_BYTE, 0, frame, text, TAG);
        }
        return frame;
    }

    private void room(int size) {
        if (from == null || from.byteSize() < size) {
            from = arena.allocate(size);
            to = arena.allocate(size);
        }
    }

    @Override
    public void close() {
        call(() -> {
            Library.FREE.invoke(context);
            return null;
        });
        key.fill((byte) 0);
        arena.close();
    }
}
