package eu.conpaas.node.internal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The log of the node process: a file that starts anew after {@value #LIMIT} bytes, with the one before kept. */
final class NodeLog extends OutputStream {
    private static final long LIMIT = 4L << 20;
    private final Path file;
    private OutputStream out;
    private long size;

    private NodeLog(Path file) throws IOException {
        this.file = file;
        open();
    }

    /** Leads all output of this process there. */
    static void take(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        PrintStream stream = new PrintStream(new NodeLog(file), true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
    }

    private void open() throws IOException {
        out = new FileOutputStream(file.toFile(), true);
        size = Files.size(file);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (size > LIMIT) {
            out.close();
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            open();
        }
        out.write(bytes, offset, length);
        size += length;
    }
}
