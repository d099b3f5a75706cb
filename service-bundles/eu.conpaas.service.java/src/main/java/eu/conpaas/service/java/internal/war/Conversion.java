package eu.conpaas.service.java.internal.war;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.archive.Unpacker;
import eu.conpaas.service.java.internal.tomcat.EngineFiles;
import eu.conpaas.service.web.agent.Place;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Applications for Java EE 8 and before become such for Jakarta EE, by the tool that Tomcat's makers have for it. Where the service's nodes
 * share a folder it is done once, by the node that comes first.
 */
final class Conversion {
    private static final int MINUTES = 10;
    private final Place place;

    Conversion(Place place) {
        this.place = place;
    }

    /** The archive itself if it needs no conversion, else the converted one. */
    Path archive(Path uploaded, String hash) throws IOException {
        Path shared = place.context().sharedFolder();
        Path home = (shared == null ? place.context().folder() : shared).resolve("converted");
        Path done = home.resolve(hash + ".war");
        if (Files.isRegularFile(done)) {
            return done;
        }
        boolean zip = JavaEe.isZip(uploaded);
        if (zip && !JavaEe.isIn(uploaded)) {
            return uploaded;
        }
        place.user().folder(home);
        try (FileChannel channel = FileChannel.open(home.resolve(hash + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid() || Files.isRegularFile(done) || convert(uploaded, zip, done)) {
                return done;
            }
        }
        return uploaded;
    }

    /** @return false if it needs no conversion */
    private boolean convert(Path uploaded, boolean zip, Path done) throws IOException {
        Path work = done.resolveSibling("." + UUID.randomUUID());
        place.user().folder(work);
        try {
            Path in = work.resolve("in.war");
            Path out = work.resolve("out.war");
            if (zip) {
                Files.copy(uploaded, in);
                place.user().give(in);
            } else if (!zipped(uploaded, in, work)) {
                return false;
            }
            run(in, out, work);
            Files.move(out, done, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            Unpacker.delete(work);
        }
    }

    /** Makes a zip file out of another archive. @return false, and none, if it needs no conversion */
    private boolean zipped(Path tar, Path zip, Path work) throws IOException {
        Path tree = work.resolve("tree");
        new Unpacker(place.user().id()).unpack(tar, "the application", tree, unpacked -> { });
        if (!JavaEe.isInTree(tree)) {
            return false;
        }
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip)); Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
                out.putNextEntry(new ZipEntry(tree.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        place.user().give(zip);
        return true;
    }

    private void run(Path in, Path out, Path work) throws IOException {
        List<String> command = new ArrayList<>(place.user().prefix());
        command.addAll(List.of(EngineFiles.java(), "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + work, "-cp", EngineFiles.converter(), "org.apache.tomcat.jakartaee.MigrationCLI", "-logLevel=WARNING",
                in.toString(), out.toString()));
        Path log = place.log("conversion.log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().clear();
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0 || !Files.isRegularFile(out)) {
                throw new ApiException(ErrorCode.STEP_FAILED, "The application is for Java EE (javax) and could not be converted to Jakarta EE on node "
                        + place.context().node().node() + ".", "See the node's log 'conversion', or upload a version for Jakarta EE.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while an application was converted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
