package eu.conpaas.tests.borders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The floors and the three borders between the bundles, checked on what was built. */
class BordersTest {
    private static final Path ROOT = Path.of(System.getProperty("conpaas.root", "../.."));
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");
    private static final List<String> WORKBENCH = List.of("org.eclipse.swt", "org.eclipse.jface", "org.eclipse.ui");

    /** Bundles beside the services that hold what several of them share, and are no service type. */
    private static final Set<String> LIBRARIES = Set.of("eu.conpaas.service.git", "eu.conpaas.service.web");
    /** Of no use to a director: what only managers do. */
    private static final Set<String> NODES_ONLY = Set.of("eu.conpaas.service.git");

    /** The only uses within a floor: TLS needs certificates, web hosting is shared, and the workbench's products are the workbench. */
    private static final List<List<String>> NEIGHBOURS = List.of(
        List.of("eu.conpaas.rpc", "eu.conpaas.pki"),
        List.of("eu.conpaas.service.php", "eu.conpaas.service.web"),
        List.of("eu.conpaas.service.java", "eu.conpaas.service.web"),
        List.of("eu.conpaas.console.desktop", "eu.conpaas.console"),
        List.of("eu.conpaas.console.web", "eu.conpaas.console"));

    private static List<BundleClasses> bundles;
    /** Package to the bundle that holds it. */
    private static final Map<String, String> HOLDER = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        bundles = BundleClasses.all(ROOT);
        bundles.forEach(b -> b.packages().forEach(p -> HOLDER.put(p, b.name())));
        assertFalse(HOLDER.isEmpty(), "the bundles are built before this test");
    }

    /** The floor of a bundle; 0 for the launcher and the logging fragment, which stand outside the house. */
    private static int floor(String bundle) {
        return switch (bundle.substring("eu.conpaas.".length())) {
            case "launch", "log" -> 0;
            case "api" -> 1;
            case "pki", "rpc" -> 2;
            case "client" -> 3;
            case "cloud" -> 4;
            case "service" -> 5;
            case "director", "node" -> 7;
            case "cli", "console.model" -> 8;
            case "console", "console.desktop", "console.web" -> 9;
            case String name when name.startsWith("cloud.") -> 5;
            case String name when name.startsWith("service.") -> name.endsWith(".ui") ? 9 : 6;
            default -> throw new AssertionError("no floor is known for the bundle " + bundle);
        };
    }

    @Test
    void aBundleUsesOnlyFloorsBelowItsOwn() {
        check((bundle, used) -> floor(used) >= floor(bundle) && !NEIGHBOURS.contains(List.of(bundle, used)));
    }

    @Test
    void onlyTheWorkbenchKnowsItsToolkit() {
        List<String> wrong = new ArrayList<>();
        for (BundleClasses bundle : bundles) {
            boolean allowed = bundle.name().matches("eu\\.conpaas\\.(console.*|service\\..*\\.ui)");
            Stream.concat(bundle.used().stream(), bundle.bundles().stream())
                .filter(n -> !allowed && WORKBENCH.stream().anyMatch(n::startsWith))
                .forEach(n -> wrong.add(bundle.name() + " uses " + n));
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void clientsKnowNeitherTheDirectorNorAService() {
        check((bundle, used) -> bundle.matches("eu\\.conpaas\\.(client|cli|console.*)")
            && used.matches("eu\\.conpaas\\.(director|service|service\\..*)"));
    }

    @Test
    void theCoreNamesNoServiceType() throws IOException {
        check((bundle, used) -> floor(bundle) != 6 && floor(used) == 6);
        Set<String> types = new TreeSet<>();
        for (String bundle : serviceBundles()) {
            if (LIBRARIES.contains(bundle)) {
                continue;
            }
            Path resources = ROOT.resolve("service-bundles/" + bundle + "/src/main/resources");
            try (Stream<Path> files = Files.exists(resources) ? Files.walk(resources) : Stream.empty()) {
                Path descriptor = files.filter(f -> f.endsWith("service.json")).findFirst()
                    .orElseThrow(() -> new AssertionError(bundle + " has no service.json"));
                var id = ID.matcher(Files.readString(descriptor));
                assertTrue(id.find(), descriptor + " has an id");
                types.add(id.group(1));
            }
        }
        List<String> wrong = new ArrayList<>();
        for (BundleClasses bundle : bundles) {
            if (floor(bundle.name()) <= 5 || floor(bundle.name()) == 7) {
                types.stream().filter(bundle.strings()::contains).forEach(t -> wrong.add(bundle.name() + " names " + t));
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyServiceIsInTheProducts() throws IOException {
        for (String product : List.of("director", "node", "console")) {
            String text = Files.readString(ROOT.resolve("releng/eu.conpaas.product." + product + "/" + product + ".product"));
            for (String bundle : serviceBundles()) {
                boolean wanted = product.equals("node") || !NODES_ONLY.contains(bundle);
                assertTrue(!wanted || text.contains("\"" + bundle + "\""), bundle + " is missing in the product " + product);
            }
        }
    }

    @Test
    void theOtherProductsHoldNothingOfTheWorkbench() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String product : List.of("director", "node", "cli")) {
            try (Stream<Path> jars = Files.list(ROOT.resolve("releng/eu.conpaas.product." + product + "/target/repository/plugins"))) {
                jars.map(j -> j.getFileName().toString())
                    .filter(j -> j.startsWith("eu.conpaas.console") || j.startsWith("org.eclipse.emf") || WORKBENCH.stream().anyMatch(j::startsWith))
                    .forEach(j -> wrong.add(product + " holds " + j));
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void clausesAreSplitOutsideQuotes() {
        assertEquals(Set.of("a.b", "c"), BundleClasses.clauses("a.b;version=\"[1,2)\",c;resolution:=optional"));
    }

    private interface Border {
        boolean crossed(String bundle, String used);
    }

    private static void check(Border border) {
        Set<String> wrong = bundles.stream().flatMap(bundle -> bundle.used().stream()
            .map(p -> Map.entry(p, Optional.ofNullable(HOLDER.get(p))))
            .filter(e -> e.getValue().isPresent() && !e.getValue().get().equals(bundle.name()))
            .filter(e -> border.crossed(bundle.name(), e.getValue().get()))
            .map(e -> bundle.name() + " uses " + e.getKey())).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), wrong);
    }

    private static List<String> serviceBundles() throws IOException {
        try (Stream<Path> list = Files.list(ROOT.resolve("service-bundles"))) {
            return list.filter(b -> Files.exists(b.resolve("META-INF/MANIFEST.MF")))
                .map(b -> b.getFileName().toString()).filter(b -> !b.endsWith(".ui")).sorted().toList();
        }
    }
}
