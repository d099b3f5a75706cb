package eu.conpaas.service.git.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;

/** Writes objects into packs that need nothing outside themselves. */
final class Packs {
    private Packs() {
    }

    /**
     * Writes all objects that lead from some commits and tags and not from others.
     *
     * @return SHA-256 (hex) of the file, or null if there are no such objects (then there is nothing in it)
     */
    static String write(Repository git, Set<ObjectId> from, Set<ObjectId> without, Path file) throws IOException {
        MessageDigest digest = sha256();
        try (PackWriter writer = new PackWriter(config(git), git.newObjectReader())) {
            writer.setThin(false);
            writer.setUseBitmaps(false);
            writer.setUseCachedPacks(false);
            writer.setDeltaBaseAsOffset(true);
            writer.preparePack(NullProgressMonitor.INSTANCE, from, without);
            if (writer.getObjectCount() == 0) {
                return null;
            }
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
                writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Differences that are there are used, none is looked for: a manager has little memory and better things to do. */
    static PackConfig config(Repository git) {
        PackConfig config = new PackConfig(git);
        config.setDeltaCompress(false);
        config.setThreads(1);
        return config;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
