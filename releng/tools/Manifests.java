import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.module.ModuleFinder;
import java.lang.reflect.AccessFlag;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes Import-Package and Export-Package of the bundles' manifests from their compiled classes, and build.properties
 * from what the bundle holds, so that nobody keeps them by hand and yet each is in the source tree, read at review and
 * resolved strictly. Bundles that only the unit tests need go into {@code additional.bundles}.
 *
 * <p>Usage: {@code java releng/tools/Manifests.java [--check] CLASSES JARS BUNDLE...}: CLASSES is a folder that holds
 * the classes of all bundles, JARS a folder of library jars, BUNDLE a bundle's folder. With {@code --check} nothing is
 * written and the exit code is 1 when a manifest is out of date.
 */
class Manifests {
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L((?:[\\w$]+/)+)[\\w$]+[;<]");
    private static final Set<String> OWN_HEADERS = Set.of("Import-Package", "Export-Package");
    private static final String COMPONENTS = "org.osgi.service.component.annotations";
    private static final int LINE = 70;
    /** Libraries that call optional what they cannot do without: who imports the key needs the value as well. */
    private static final Map<String, List<String>> NEEDS = Map.of("org.apache.commons.compress",
        List.of("org.apache.commons.lang3", "org.apache.commons.io", "org.apache.commons.codec", "org.tukaani.xz",
            "com.github.luben.zstd"));

    private final Path classes;
    private final ClassLoader library;
    private static final Pattern IN_SOURCE = Pattern.compile("\\b((?:[a-z]\\w*\\.)+)[A-Z]");

    /** Package name to the bundle that holds it; an empty name for the JDK's. */
    private final Map<String, String> known = new TreeMap<>();

    Manifests(Path classes, Path jars, List<Path> bundles) throws IOException {
        this.classes = classes;
        List<URL> path = new ArrayList<>(List.of(classes.toUri().toURL()));
        ModuleFinder.ofSystem().findAll().stream().flatMap(m -> m.descriptor().exports().stream())
            .filter(e -> !e.isQualified()).forEach(e -> known.put(e.source(), ""));
        try (Stream<Path> list = Files.list(jars)) {
            for (Path jar : list.filter(j -> j.toString().endsWith(".jar")).toList()) {
                path.add(jar.toUri().toURL());
                try (var file = new JarFile(jar.toFile())) {
                    String bundle = bundleName(file, jar);
                    file.stream().map(e -> e.getName()).filter(n -> n.endsWith(".class") && n.contains("/"))
                        .map(n -> n.substring(0, n.lastIndexOf('/')).replace('/', '.'))
                        .forEach(p -> known.putIfAbsent(p, bundle));
                }
            }
        }
        library = new URLClassLoader(path.toArray(URL[]::new), null);
        for (Path bundle : bundles) {
            packages(bundle).forEach(p -> known.put(p, bundle.getFileName().toString()));
        }
    }

    public static void main(String[] args) throws IOException {
        boolean check = args.length > 0 && args[0].equals("--check");
        List<String> rest = List.of(args).subList(check ? 1 : 0, args.length);
        List<Path> bundles = rest.stream().skip(2).map(Path::of).toList();
        Manifests tool = new Manifests(Path.of(rest.get(0)), Path.of(rest.get(1)), bundles);
        int stale = 0;
        for (Path bundle : bundles) {
            Path manifest = bundle.resolve("META-INF/MANIFEST.MF");
            String before = Files.readString(manifest);
            if (!before.contains("Fragment-Host:")) {
                stale += put(manifest, tool.manifest(bundle, before), check);
                stale += put(bundle.resolve("build.properties"), tool.buildProperties(bundle), check);
            }
        }
        System.exit(check && stale > 0 ? 1 : 0);
    }

    private static int put(Path file, String text, boolean check) throws IOException {
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return 0;
        }
        System.out.println((check ? "out of date: " : "updated: ") + file);
        if (!check) {
            Files.writeString(file, text);
        }
        return 1;
    }

    private static String bundleName(JarFile jar, Path file) throws IOException {
        String name = jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
        return name != null ? name.replaceAll(";.*", "").strip()
            : "org.apache.hc." + file.getFileName().toString().replaceAll("-\\d.*", "");
    }

    private String manifest(Path bundle, String before) throws IOException {
        Set<String> own = packages(bundle);
        StringBuilder text = new StringBuilder();
        for (String header : before.replace("\r", "").replace("\n ", "").split("\n")) {
            if (!header.isBlank() && !OWN_HEADERS.contains(header.substring(0, header.indexOf(':')))) {
                text.append(header.length() <= LINE ? header : header.replace(",", ",\n ")).append('\n');
            }
        }
        List<String> exports = own.stream().filter(p -> !p.contains(".internal")).toList();
        header(text, "Export-Package", exports);
        header(text, "Import-Package", imports(own).stream().map(Manifests::clause).toList());
        return text.toString();
    }

    private String buildProperties(Path bundle) throws IOException {
        List<String> sources = Stream.of("src/main/java/", "src/main/resources/")
            .filter(d -> Files.isDirectory(bundle.resolve(d))).toList();
        Set<String> imports = imports(packages(bundle));
        List<String> content = Stream.of("META-INF/", ".", "OSGI-INF/")
            .filter(d -> !d.equals("OSGI-INF/") || imports.contains(COMPONENTS)).toList();
        Set<String> tests = testBundles(bundle);
        imports.forEach(p -> tests.remove(known.get(p)));
        return property("source..", sources) + "output.. = target/classes/\n" + property("bin.includes", content)
            + (tests.isEmpty() ? "" : property("additional.bundles", List.copyOf(tests)));
    }

    private static String property(String name, List<String> values) {
        return name + " = " + String.join(",\\\n" + " ".repeat(name.length() + 3), values) + "\n";
    }

    /**
     * The bundles whose packages the sources of the unit tests name, but for JUnit's (which the root pom brings), and the
     * database driver where only its URL is named.
     */
    private Set<String> testBundles(Path bundle) throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : javaFiles(bundle.resolve("src/test/java"))) {
            IN_SOURCE.matcher(Files.readString(file)).results()
                .map(m -> m.group(1).substring(0, m.group(1).length() - 1))
                .forEach(p -> found.add(known.getOrDefault(p, "")));
        }
        for (Path file : javaFiles(bundle.resolve("src"))) {
            if (Files.readString(file).contains("\"jdbc:sqlite:")) {
                found.add("org.xerial.sqlite-jdbc");
            }
        }
        found.removeIf(b -> b.isEmpty() || b.equals(bundle.getFileName().toString()) || b.startsWith("junit")
            || b.startsWith("org.opentest4j") || b.equals("slf4j.simple"));
        return found;
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(p -> p.toString().endsWith(".java")).toList();
        }
    }

    private static String clause(String name) {
        if (name.equals(COMPONENTS)) {
            return name + ";resolution:=optional";
        }
        return name.startsWith("org.slf4j") ? name + ";version=\"[2.0.0,3.0.0)\"" : name;
    }

    private static void header(StringBuilder text, String name, List<String> clauses) {
        if (!clauses.isEmpty()) {
            text.append(name).append(": ").append(String.join(",\n ", clauses)).append('\n');
        }
    }

    /** The packages a bundle's sources declare. */
    private static Set<String> packages(Path bundle) throws IOException {
        Path sources = bundle.resolve("src/main/java");
        return javaFiles(sources).stream().map(p -> sources.relativize(p.getParent()).toString().replace('/', '.'))
            .filter(p -> !p.isEmpty()).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> imports(Set<String> own) throws IOException {
        References references = new References(library);
        for (String name : own) {
            Path folder = classes.resolve(name.replace('.', '/'));
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> list = Files.list(folder)) {
                for (Path file : list.filter(p -> p.toString().endsWith(".class")).toList()) {
                    references.read(file);
                }
            }
        }
        Set<String> found = references.packages();
        NEEDS.forEach((key, needs) -> {
            if (found.stream().anyMatch(p -> p.equals(key) || p.startsWith(key + "."))) {
                found.addAll(needs);
            }
        });
        found.removeIf(p -> own.contains(p) || p.startsWith("java.") || !known.containsKey(p));
        return found;
    }

    /**
     * The packages that classes name, and those that a compiler needs besides to understand them: the types above each
     * class they use, and the signatures of the methods that they call or could mean.
     */
    private static final class References {
        private final ClassLoader library;
        private final Set<String> packages = new TreeSet<>();
        private final Set<String> used = new TreeSet<>();
        private final Set<String> names = new HashSet<>();

        References(ClassLoader library) {
            this.library = library;
        }

        void read(Path file) throws IOException {
            for (var entry : ClassFile.of().parse(file).constantPool()) {
                switch (entry) {
                    case ClassEntry c -> used.add(c.asInternalName());
                    case NameAndTypeEntry n -> names.add(n.name().stringValue());
                    case Utf8Entry u -> addDescriptor(u.stringValue());
                    default -> { }
                }
            }
        }

        Set<String> packages() throws IOException {
            Set<String> done = new HashSet<>();
            for (String name : used) {
                follow(name, done);
            }
            return packages;
        }

        private void follow(String name, Set<String> done) throws IOException {
            int slash = name.lastIndexOf('/');
            if (slash < 0 || name.startsWith("[") || name.startsWith("java/") || !done.add(name)) {
                return;
            }
            packages.add(dotted(name.substring(0, slash + 1)));
            try (InputStream in = library.getResourceAsStream(name + ".class")) {
                if (in == null) {
                    return;
                }
                ClassModel model = ClassFile.of().parse(in.readAllBytes());
                for (var method : model.methods()) {
                    if (!method.flags().has(AccessFlag.PRIVATE) && names.contains(method.methodName().stringValue())) {
                        addDescriptor(method.methodType().stringValue());
                        method.findAttribute(Attributes.exceptions()).ifPresent(e -> e.exceptions()
                            .forEach(x -> addDescriptor("L" + x.asInternalName() + ";")));
                    }
                }
                for (var parent : Stream.concat(model.superclass().stream(), model.interfaces().stream()).toList()) {
                    follow(parent.asInternalName(), done);
                }
            }
        }

        private void addDescriptor(String text) {
            IN_DESCRIPTOR.matcher(text).results().forEach(m -> packages.add(dotted(m.group(1))));
        }
    }

    private static String dotted(String folder) {
        return folder.substring(0, folder.length() - 1).replace('/', '.');
    }
}
