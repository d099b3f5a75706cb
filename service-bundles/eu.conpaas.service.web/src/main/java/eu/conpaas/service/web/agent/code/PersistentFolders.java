package eu.conpaas.service.web.agent.code;

import eu.conpaas.service.archive.Unpacker;
import eu.conpaas.service.web.agent.Place;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;

/**
 * Folders an application writes to. Each lies once in the folder the service's nodes share (in the node's own where there is none) and is
 * linked into every release; what a release brings for it is added if it is not there yet, and never overwrites.
 */
final class PersistentFolders {
    private final Place place;

    PersistentFolders(Place place) {
        this.place = place;
    }

    /** Puts the folders into a tree that is not in use yet. */
    void put(Path tree, List<String> paths) throws IOException {
        for (String path : paths) {
            Path inTree = tree.resolve(path);
            Path kept = place.files().resolve(path);
            place.user().folder(kept);
            if (Files.isDirectory(inTree, LinkOption.NOFOLLOW_LINKS)) {
                seed(inTree, kept);
            }
            Unpacker.delete(inTree);
            parents(tree, inTree.getParent());
            Files.createSymbolicLink(inTree, kept);
            place.user().give(inTree);
        }
    }

    private void parents(Path tree, Path folder) throws IOException {
        if (!folder.equals(tree) && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            parents(tree, folder.getParent());
            Files.deleteIfExists(folder);
            place.user().folder(folder);
        }
    }

    private void seed(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                place.user().folder(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                add(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Other nodes may be doing the same: a file appears whole, and the first one stays. */
    private void add(Path file, Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path temporary = target.resolveSibling("." + UUID.randomUUID() + ".tmp");
        try {
            Files.copy(file, temporary, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
            place.user().give(temporary);
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            if (!target.toString().equals(e.getFile())) {
                throw e;
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
