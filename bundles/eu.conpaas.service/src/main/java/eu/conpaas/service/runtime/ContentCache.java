package eu.conpaas.service.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of the director's content store that this node has: fetched once, checked, the longest unused ones dropped. */
public final class ContentCache {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Path folder;
    private final ContentSource source;
    private final long limit;

    /** @param limit bytes above which files that have not been used for longest are dropped */
    public ContentCache(Path folder, ContentSource source, long limit) {
        this.folder = folder;
        this.source = source;
        this.limit = limit;
    }

    /** The file with this SHA-256. @throws IOException if it can neither be found here nor fetched, or what came is something else */
    public Path get(String sha256) throws IOException {
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256: " + sha256);
        }
        Path file = folder.resolve(sha256);
        ReentrantLock lock = locks.computeIfAbsent(sha256, h -> new ReentrantLock());
        lock.lock();
        try {
            if (!Files.isRegularFile(file)) {
                fetch(sha256, file);
                shrink(file);
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return file;
        } finally {
            lock.unlock();
        }
    }

    private void fetch(String sha256, Path file) throws IOException {
        Files.createDirectories(folder);
        Path temporary = folder.resolve("." + sha256 + ".new");
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(temporary), digest)) {
                source.fetch(sha256, out);
            }
            String got = HexFormat.of().formatHex(digest.digest());
            if (!got.equals(sha256)) {
                throw new IOException("content " + sha256 + " came with the wrong bytes (" + got + ")");
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void shrink(Path keep) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = new ArrayList<>(list.filter(p -> HASH.matcher(p.getFileName().toString()).matches()).toList());
        }
        files.sort(Comparator.comparing(p -> p.toFile().lastModified()));
        long size = files.stream().mapToLong(p -> p.toFile().length()).sum();
        for (Path file : files) {
            if (size <= limit) {
                return;
            }
            if (!file.equals(keep)) {
                size -= file.toFile().length();
                Files.deleteIfExists(file);
            }
        }
    }
}
