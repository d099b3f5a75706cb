package eu.conpaas.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A result sent as a file.
 *
 * @param name        file name offered to the client, or null to offer none (shown inline)
 * @param contentType media type
 * @param size        bytes, or -1 if unknown
 * @param content     writes it; called once
 */
public record Download(String name, String contentType, long size, Content content) {
    /** Writes the bytes. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Content that never changes and of which a part can be asked for, so that a client whose connection broke goes on where it was. */
    public interface Ranged extends Content {
        /** Names the content: other content has another tag. No quotes in it. */
        String tag();

        /** Writes so many bytes from an offset on; both are within {@link Download#size()}. */
        void writeTo(OutputStream out, long offset, long length) throws IOException;
    }

    /** @throws IOException if there is no such file */
    public static Download of(Path file, String name) throws IOException {
        return new Download(name, "application/octet-stream", Files.size(file), out -> Files.copy(file, out));
    }

    public static Download of(byte[] bytes, String name, String contentType) {
        return new Download(name, contentType, bytes.length, out -> out.write(bytes));
    }

    /** The stream is closed after sending. */
    public static Download of(InputStream in, long size, String name) {
        return new Download(name, "application/octet-stream", size, out -> {
            try (in) {
                in.transferTo(out);
            }
        });
    }
}
