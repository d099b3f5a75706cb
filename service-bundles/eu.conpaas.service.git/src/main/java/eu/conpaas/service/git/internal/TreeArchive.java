package eu.conpaas.service.git.internal;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Packs the files of a commit, without any of Git's own, always the same for the same commit. */
final class TreeArchive {
    /** As much as an archive may unpack to. */
    private static final long MOST = 4L << 30;

    private TreeArchive() {
    }

    /**
     * Writes a packed tar.
     *
     * @return how many submodules were left out
     * @throws ApiException BAD_ARCHIVE if there are no files, or too much of them
     */
    static int write(ObjectReader reader, RevCommit commit, Path file) throws IOException {
        GzipParameters quick = new GzipParameters();
        quick.setCompressionLevel(Deflater.BEST_SPEED);
        int left = 0;
        int files = 0;
        long size = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file)); TarArchiveOutputStream tar = tar(new GzipCompressorOutputStream(out, quick));
                TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(commit.getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                if (walk.getFileMode(0) == FileMode.GITLINK) {
                    left++;
                    continue;
                }
                ObjectLoader data = reader.open(walk.getObjectId(0));
                files++;
                size += data.getSize();
                if (size > MOST) {
                    throw new ApiException(ErrorCode.BAD_ARCHIVE, "The files of the commit are more than " + (MOST >> 20) + " MiB.", "Leave large files out of the repository.");
                }
                entry(tar, walk, data, commit.getCommitTime());
            }
        }
        if (files == 0) {
            throw new ApiException(ErrorCode.BAD_ARCHIVE, "There are no files in the commit.", "Commit the application's files.");
        }
        return left;
    }

    private static TarArchiveOutputStream tar(OutputStream out) {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        return tar;
    }

    private static void entry(TarArchiveOutputStream tar, TreeWalk walk, ObjectLoader data, long time) throws IOException {
        boolean link = walk.getFileMode(0) == FileMode.SYMLINK;
        TarArchiveEntry entry = link ? new TarArchiveEntry(walk.getPathString(), TarConstants.LF_SYMLINK, true) : new TarArchiveEntry(walk.getPathString(), true);
        entry.setModTime(time * 1000);
        if (link) {
            entry.setLinkName(new String(data.getCachedBytes(1 << 12), StandardCharsets.UTF_8));
        } else {
            entry.setSize(data.getSize());
            entry.setMode(walk.getFileMode(0) == FileMode.EXECUTABLE_FILE ? 0100755 : 0100644);
        }
        tar.putArchiveEntry(entry);
        if (!link) {
            data.copyTo(tar);
        }
        tar.closeArchiveEntry();
    }
}
