package eu.conpaas.console.internal.service;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;

/** A folder as an archive: what is in it, not the folder itself. */
final class FolderZip {
    private FolderZip() {
    }

    /** @return a file for the caller to {@link #delete}. @throws ApiException if there is nothing in the folder, or something that cannot be packed */
    static Path pack(Path folder, IProgressMonitor monitor) throws IOException {
        Path archive = Files.createTempDirectory("packed").resolve(folder.getFileName() + ".zip");
        try {
            int packed = 0;
            try (OutputStream out = Files.newOutputStream(archive); ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Path file : files(folder)) {
                    if (monitor.isCanceled()) {
                        throw new OperationCanceledException();
                    }
                    ZipEntry entry = new ZipEntry(folder.relativize(file).toString());
                    entry.setLastModifiedTime(Files.getLastModifiedTime(file));
                    zip.putNextEntry(entry);
                    Files.copy(file, zip);
                    zip.closeEntry();
                    packed++;
                }
            }
            if (packed == 0) {
                throw new ApiException(ErrorCode.BAD_ARCHIVE, "There are no files in " + folder + ".", "Choose the folder that holds the application.");
            }
            return archive;
        } catch (IOException | RuntimeException e) {
            delete(archive);
            throw e;
        }
    }

    /** Deletes an archive made here, with the folder made for it. */
    static void delete(Path archive) throws IOException {
        Files.deleteIfExists(archive);
        Files.deleteIfExists(archive.getParent());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
