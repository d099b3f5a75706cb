package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.CloudException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Which network belongs to which installation of this machine: one small file per network in a folder all users share, holding the path
 * of its cloud's folder. The file appears with its content in one step, so of two directors that want a network only one gets it.
 * A claim whose folder is gone counts as free. The shared folder goes with the last claim.
 */
final class Claims {
    private static final Path PLACE = Path.of("/var/tmp/conpaas-networks");

    private final Path owner;

    /** @param owner the cloud's folder */
    Claims(Path owner) {
        this.owner = owner.toAbsolutePath().normalize();
    }

    /** Takes a network. @return whether it is ours, now or already */
    boolean take(String prefix) {
        Path claim = PLACE.resolve(prefix);
        try {
            Path mine = prepare();
            try {
                return link(claim, mine) || ours(claim) || discardAbandoned(claim) && link(claim, mine);
            } finally {
                Files.delete(mine);
            }
        } catch (IOException e) {
            throw new CloudException(CloudException.Kind.BAD_REQUEST, "cannot use " + PLACE + ", where networks are claimed: " + e.getMessage(), e);
        }
    }

    /** Gives a network back. */
    void release(String prefix) {
        Path claim = PLACE.resolve(prefix);
        try {
            if (ours(claim)) {
                Files.delete(claim);
            }
            Files.deleteIfExists(PLACE);
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            return; // others have claims, or had the same idea
        } catch (IOException e) {
            if (Files.exists(claim) && ours(claim)) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Writes our claim under a name nobody looks at, making the shared folder if it is not there. */
    private Path prepare() throws IOException {
        for (int tries = 0;; tries++) {
            Path mine = PLACE.resolve(".new-" + UUID.randomUUID());
            try {
                return Files.writeString(mine, owner.toString());
            } catch (NoSuchFileException e) {
                if (tries == 50) {
                    throw e;
                }
                makePlace();
            }
        }
    }

    private static void makePlace() throws IOException {
        try {
            Files.createDirectory(PLACE);
            Disk.common(PLACE);
        } catch (FileAlreadyExistsException e) {
            return; // another director was faster
        }
    }

    private static boolean link(Path claim, Path mine) throws IOException {
        try {
            Files.createLink(claim, mine);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private boolean ours(Path claim) {
        return owner.toString().equals(holder(claim));
    }

    private static String holder(Path claim) {
        try {
            return Files.readString(claim);
        } catch (IOException e) {
            return null; // given back just now, or another user's who hides it
        }
    }

    /** Moves an abandoned claim away. Of several that try, one succeeds; a claim that turns out to be a new one is put back. */
    private static boolean discardAbandoned(Path claim) throws IOException {
        String holder = holder(claim);
        if (holder == null || Files.exists(Path.of(holder))) {
            return false;
        }
        Path away = PLACE.resolve(".old-" + UUID.randomUUID());
        try {
            Files.move(claim, away, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            return false;
        }
        boolean abandoned = holder.equals(holder(away));
        if (!abandoned) {
            link(claim, away);
        }
        Files.delete(away);
        return abandoned;
    }
}
