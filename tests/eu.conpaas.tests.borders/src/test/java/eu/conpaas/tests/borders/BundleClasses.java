package eu.conpaas.tests.borders;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a bundle's manifest and class files say.
 *
 * @param name the symbolic name
 * @param packages the packages that it holds
 * @param used the packages that its manifest imports or its classes name
 * @param bundles the bundles that its manifest requires by name
 * @param strings the string constants of its classes
 */
record BundleClasses(String name, Set<String> packages, Set<String> used, Set<String> bundles, Set<String> strings) {
    private static final Pattern TYPE = Pattern.compile("L((?:[\\w$]+/)+)[\\w$]+[;<]");
    private static final Pattern CLAUSE = Pattern.compile("(?:^|,)\\s*([\\w.]+)(?:;[^,\"]*(?:\"[^\"]*\"[^,\"]*)*)?");

    /** All bundles of a source tree that has been built; those of the tests are left out. */
    static List<BundleClasses> all(Path root) throws IOException {
        List<BundleClasses> found = new ArrayList<>();
        for (String folder : List.of("bundles", "director-bundle", "agent-bundle", "service-bundles")) {
            try (Stream<Path> list = Files.list(root.resolve(folder))) {
                for (Path bundle : list.filter(b -> Files.exists(b.resolve("META-INF/MANIFEST.MF"))).sorted().toList()) {
                    found.add(read(bundle));
                }
            }
        }
        return found;
    }

    private static BundleClasses read(Path bundle) throws IOException {
        Set<String> packages = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        Set<String> strings = new TreeSet<>();
        Path classes = bundle.resolve("target/classes");
        if (Files.isDirectory(classes)) {
            try (Stream<Path> walk = Files.walk(classes)) {
                for (Path file : walk.filter(f -> f.toString().endsWith(".class")).toList()) {
                    packages.add(dotted(classes.relativize(file.getParent()).toString()));
                    scan(file, used, strings);
                }
            }
        }
        try (var in = Files.newInputStream(bundle.resolve("META-INF/MANIFEST.MF"))) {
            var headers = new Manifest(in).getMainAttributes();
            used.addAll(clauses(headers.getValue("Import-Package")));
            used.removeAll(packages);
            return new BundleClasses(bundle.getFileName().toString(), packages, used,
                clauses(headers.getValue("Require-Bundle")), strings);
        }
    }

    private static void scan(Path file, Set<String> used, Set<String> strings) throws IOException {
        for (var entry : ClassFile.of().parse(file).constantPool()) {
            switch (entry) {
                case ClassEntry c when c.asInternalName().contains("/") && !c.asInternalName().startsWith("[") ->
                    used.add(dotted(c.asInternalName().substring(0, c.asInternalName().lastIndexOf('/'))));
                case StringEntry s -> strings.add(s.stringValue());
                case Utf8Entry u -> TYPE.matcher(u.stringValue()).results()
                    .forEach(m -> used.add(dotted(m.group(1).substring(0, m.group(1).length() - 1))));
                default -> { }
            }
        }
    }

    static Set<String> clauses(String header) {
        Set<String> names = new TreeSet<>();
        if (header != null) {
            CLAUSE.matcher(header).results().forEach(m -> names.add(m.group(1)));
        }
        return names;
    }

    private static String dotted(String folder) {
        return folder.replace('/', '.');
    }
}
