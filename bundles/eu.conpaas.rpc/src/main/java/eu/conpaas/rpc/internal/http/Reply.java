package eu.conpaas.rpc.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

import eu.conpaas.rpc.Progress;

/** An answer whose body has not been read yet. */
public final class Reply {
    private static final int LARGEST = 64 << 20;
    private static final int ERROR = 400;
    private static final int BUFFER = 32 << 10;
    private final ClassicHttpResponse response;
    private final Deadline deadline;
    private final Progress progress;

    Reply(ClassicHttpResponse response, Deadline deadline, Progress progress) {
        this.response = response;
        this.deadline = deadline;
        this.progress = progress;
    }

    public int status() {
        return response.getCode();
    }

    /** A header's value, or null. */
    public String header(String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** Whether it is a failure, or a JSON value rather than a file. */
    public boolean isJsonAnswer() {
        String type = header("Content-Type");
        return status() >= ERROR || type != null && type.startsWith("application/json") && header("Content-Disposition") == null;
    }

    /** The whole body. */
    public byte[] bytes() throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream in = entity.getContent()) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("the answer is larger than " + LARGEST + " bytes");
            }
            return bytes;
        }
    }

    /** The body as a stream; whoever reads it touches the deadline. */
    InputStream stream() throws IOException {
        return response.getEntity() == null ? InputStream.nullInputStream() : response.getEntity().getContent();
    }

    void touch() {
        deadline.touch();
    }

    public long copyTo(OutputStream out) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return 0;
        }
        long done = 0;
        long total = entity.getContentLength();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = entity.getContent()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                try {
                    out.write(buffer, 0, n);
                } catch (IOException e) {
                    throw new LocalException(e);
                }
                done += n;
                deadline.touch();
                progress.moved(done, total);
            }
        }
        return done;
    }

    /** The fault is on this side (disk full, say), not the network's. */
    static final class LocalException extends IOException {
        private static final long serialVersionUID = 1L;

        LocalException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
