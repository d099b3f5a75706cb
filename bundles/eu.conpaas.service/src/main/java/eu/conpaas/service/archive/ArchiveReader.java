package eu.conpaas.service.archive;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.archive.ArchiveEntry.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.ArchiveStreamFactory;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** Reads tar (in any compression commons-compress knows) and zip, entry by entry, with all checks applied before an entry is shown. */
final class ArchiveReader {
    /** More memory than this to decompress one stream is refused (KiB). */
    private static final int DECOMPRESSOR_MEMORY = 256 << 10;
    private static final int BUFFER = 64 << 10;
    private static final int MAX_LINK = 4096;

    private final EntryGuard guard = new EntryGuard();
    private final Budget budget;
    private final ArchiveEntry.Visitor visitor;

    private ArchiveReader(Budget budget, ArchiveEntry.Visitor visitor) {
        this.budget = budget;
        this.visitor = visitor;
    }

    /** Shows each entry to the visitor, in order; files not read by it are not counted. */
    static ArchiveFacts read(Path file, String filename, ArchiveLimits limits, ArchiveEntry.Visitor visitor) {
        try {
            ArchiveReader reader = new ArchiveReader(new Budget(limits, Files.size(file)), visitor);
            String type = isZip(file) ? reader.zip(file) : reader.tar(file);
            return new ArchiveFacts(type, reader.budget.entries(), reader.budget.bytes());
        } catch (ApiException e) {
            throw new ApiException(e.error().code(), e.error().cause() + " (in " + filename + ")", e.error().next(), e);
        } catch (CompressorException | ArchiveException e) {
            throw invalid(filename, "it is neither a tar archive (plain or compressed) nor a zip archive", e);
        } catch (UnwritableException e) {
            throw new ApiException(ErrorCode.STEP_FAILED, filename + " could not be unpacked: " + e.getCause().getMessage(),
                    "Look for free space and the owner of the folder.", e);
        } catch (IOException | IllegalArgumentException e) {
            throw invalid(filename, "it cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static ApiException invalid(String filename, String why, Exception e) {
        return new ApiException(ErrorCode.BAD_ARCHIVE, "Invalid archive format: " + filename + ": " + why + ".",
                "Upload a .tar, .tar.gz, .tar.bz2, .tar.xz, .tar.zst or .zip file.", e);
    }

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(4);
            return start.length == 4 && start[0] == 'P' && start[1] == 'K' && (start[2] == 3 && start[3] == 4 || start[2] == 5 && start[3] == 6);
        }
    }

    private String tar(Path file) throws IOException, CompressorException, ArchiveException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                InputStream plain = new BufferedInputStream(budget.stream(decompressed(raw)), BUFFER)) {
            if (!ArchiveStreamFactory.TAR.equals(ArchiveStreamFactory.detect(plain))) {
                throw new ArchiveException("not a tar archive");
            }
            TarArchiveInputStream tar = new TarArchiveInputStream(plain, StandardCharsets.UTF_8.name());
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.isGlobalPaxHeader()) {
                    show(entry.getName(), kind(entry), entry.getLinkName(), entry.getMode(), entry.getLastModifiedTime(), tar);
                }
            }
            return "tar";
        }
    }

    private static InputStream decompressed(InputStream raw) throws CompressorException {
        String name;
        try {
            name = CompressorStreamFactory.detect(raw);
        } catch (CompressorException e) {
            return raw;
        }
        return new CompressorStreamFactory(true, DECOMPRESSOR_MEMORY).createCompressorInputStream(name, raw);
    }

    private static Kind kind(TarArchiveEntry entry) {
        if (entry.isSymbolicLink()) {
            return Kind.SYMLINK;
        }
        if (entry.isLink()) {
            return Kind.HARDLINK;
        }
        if (entry.isDirectory()) {
            return Kind.FOLDER;
        }
        if (entry.isFile() && !entry.isCharacterDevice() && !entry.isBlockDevice() && !entry.isFIFO()) {
            return Kind.FILE;
        }
        throw EntryGuard.bad("Devices, pipes and other special files are not allowed: " + entry.getName() + ".");
    }

    private String zip(Path file) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(file).setCharset(StandardCharsets.UTF_8).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                if (entry.getGeneralPurposeBit().usesEncryption() || !zip.canReadEntryData(entry)) {
                    throw EntryGuard.bad("Invalid archive format: " + entry.getName() + " is encrypted or packed in a way that is not supported.");
                }
                Kind kind = kind(entry);
                try (InputStream data = budget.stream(zip.getInputStream(entry))) {
                    String target = kind == Kind.SYMLINK ? new String(data.readNBytes(MAX_LINK), StandardCharsets.UTF_8) : null;
                    show(entry.getName(), kind, target, entry.getUnixMode(), entry.getLastModifiedTime(), data);
                }
            }
            return "zip";
        }
    }

    private static Kind kind(ZipArchiveEntry entry) {
        int type = entry.getUnixMode() & 0170000;
        if (entry.isUnixSymlink()) {
            return Kind.SYMLINK;
        }
        if (type != 0 && type != 0100000 && type != 0040000) {
            throw EntryGuard.bad("Devices, pipes and other special files are not allowed: " + entry.getName() + ".");
        }
        return entry.isDirectory() ? Kind.FOLDER : Kind.FILE;
    }

    private void show(String name, Kind kind, String link, int mode, FileTime modified, InputStream data) throws IOException {
        budget.entry();
        String path = guard.path(name);
        if (path.isEmpty()) {
            if (kind == Kind.FOLDER) {
                return;
            }
            throw EntryGuard.bad("Invalid archive format: a member has no name.");
        }
        String target = null;
        if (kind == Kind.SYMLINK) {
            guard.symlink(path, link);
            target = link;
        } else if (kind == Kind.HARDLINK) {
            target = guard.hardlink(path, link);
        }
        guard.enter(path, kind == Kind.HARDLINK ? Kind.FILE : kind);
        visitor.visit(new ArchiveEntry(path, kind, target, mode & 0777, modified, kind == Kind.FILE ? data : InputStream.nullInputStream()));
    }
}
