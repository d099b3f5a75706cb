package eu.conpaas.tests.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./conpaas new-service} makes builds and passes its own test. */
class NewServiceTest {
    private static final Path ROOT = Path.of(System.getProperty("conpaas.root", "../..")).toAbsolutePath().normalize();
    private static final Set<String> LEFT_OUT = Set.of("target", ".git", ".cache", "docs", "demo");
    private static final Pattern ALL_PASSED = Pattern.compile("[1-9]\\d* passed, 0 failed, 0 skipped");
    private static final int MINUTES = 10;

    @TempDir
    private Path copy;

    @BeforeEach
    void copySources() throws IOException {
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (LEFT_OUT.contains(folder.getFileName().toString()) && !folder.toString().contains("/src/")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copy.resolve(ROOT.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (!name.startsWith(".polyglot") && !name.startsWith(".tycho") && !name.equals("pom.tycho")) {
                    Files.copy(file, copy.resolve(ROOT.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Files.createDirectories(copy.resolve(".cache"));
        try (Stream<Path> cache = Files.list(ROOT.resolve(".cache"))) {
            for (Path maven : cache.filter(p -> p.getFileName().toString().matches("apache-maven-[0-9.]+")).toList()) {
                Files.createSymbolicLink(copy.resolve(".cache").resolve(maven.getFileName()), maven);
            }
        }
    }

    @Test
    void whatItMakesBuildsAndPassesItsOwnTest() throws Exception {
        assertEquals(0, run("new-service", "sample").code());
        Path bundle = copy.resolve("service-bundles/eu.conpaas.service.sample");
        assertTrue(Files.exists(bundle.resolve("src/main/resources/eu/conpaas/service/sample/service.json")));
        try (Stream<Path> files = Files.walk(bundle)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file).contains("helloworld"), file + " still names its model");
            }
        }
        Run test = run("test", "eu.conpaas.service.sample");
        assertEquals(0, test.code(), test.output());
        assertTrue(ALL_PASSED.matcher(test.output()).find(), test.output());
    }

    @Test
    void namesThatCannotBePackagesAreRefused() throws Exception {
        for (String name : List.of("class", "Upper", "a-b", "../x", "php")) {
            assertEquals(2, run("new-service", name).code(), name);
        }
        assertFalse(Files.exists(copy.resolve("service-bundles/eu.conpaas.service.class")));
    }

    private record Run(int code, String output) { }

    private Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", copy.resolve("conpaas").toString()));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(copy, "run", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeIf(k -> k.equals("MAVEN_PROJECTBASEDIR") || k.equals("MAVEN_CMD_LINE_ARGS"));
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), () -> "still running: " + command);
            return new Run(process.exitValue(), Files.readString(log));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
