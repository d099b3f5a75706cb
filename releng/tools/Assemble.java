import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Copies the jars of a product under the bundles' names: without signatures (the JVM keeps classes of signed jars out
 * of its caches), without the native libraries of other systems, and stored instead of deflated, because a start reads
 * them all and the tar file compresses better.
 *
 * <p>Usage: {@code java releng/tools/Assemble.java FROM TO}; TO is emptied of jars first.
 */
class Assemble {
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)(\\.\\d+)*");

    public static void main(String[] args) throws IOException {
        Path from = Path.of(args[0]);
        Path to = Files.createDirectories(Path.of(args[1]));
        for (Path old : jars(to)) {
            Files.delete(old);
        }
        for (Path jar : jars(from)) {
            copy(jar, to);
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static void copy(Path jar, Path folder) throws IOException {
        try (JarFile in = new JarFile(jar.toFile(), false)) {
            String name = in.getManifest().getMainAttributes().getValue("Bundle-SymbolicName").replaceAll(";.*", "").strip();
            List<ZipEntry> entries = new ArrayList<>(in.stream().filter(Assemble::wanted).toList());
            try (var out = new ZipOutputStream(new BufferedOutputStream(
                    Files.newOutputStream(folder.resolve(name + ".jar"))))) {
                out.setMethod(ZipOutputStream.STORED);
                for (ZipEntry entry : entries) {
                    store(in, entry, out);
                }
            }
        }
    }

    private static void store(JarFile in, ZipEntry entry, ZipOutputStream out) throws IOException {
        byte[] content = in.getInputStream(entry).readAllBytes();
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        copy.setSize(content.length);
        copy.setCrc(crc.getValue());
        out.putNextEntry(copy);
        out.write(content);
        out.closeEntry();
    }

    private static boolean wanted(ZipEntry entry) {
        String name = entry.getName();
        if (entry.isDirectory() || SIGNATURE.matcher(name).matches()) {
            return false;
        }
        String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "(x86_64|amd64)";
        // libraries that lie in no folder are a fragment's that is for this system only
        return !NATIVE.matcher(name).matches() || !name.contains("/") || name.matches("(?i).*/?linux/" + arch + "/.*");
    }
}
