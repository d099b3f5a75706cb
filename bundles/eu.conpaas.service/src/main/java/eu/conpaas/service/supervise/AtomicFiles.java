package eu.conpaas.service.supervise;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** Writes files so that a reader, or a crash, meets either the old or the new content. Only the owner may read them. */
public final class AtomicFiles {
    private AtomicFiles() {
    }

    /** Writes a file of the user's; does nothing if it has this content already. @return whether it was written */
    public static boolean write(Path file, byte[] content, EngineUser owner) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) == content.length && Arrays.equals(Files.readAllBytes(file), content)) {
            return false;
        }
        owner.folder(file.getParent());
        Path temporary = Files.createTempFile(file.getParent(), ".new-", null, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(content));
            channel.force(true);
        }
        owner.give(temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    /** Writes a text file of this process's own. */
    public static boolean write(Path file, String content) throws IOException {
        return write(file, content.getBytes(StandardCharsets.UTF_8), EngineUser.SELF);
    }
}
