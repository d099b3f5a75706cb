package eu.conpaas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import eu.conpaas.cli.internal.config.Descriptors;
import eu.conpaas.client.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every documented command line with the calls it makes and what it prints, kept in {@code golden/*.txt}: {@code $} the command line,
 * {@code >} a call, then the output, {@code !} before lines of the error stream, {@code =} the exit code. The director's state is fresh for each
 * file. To take over a change that is meant, run with {@code -Dgolden.update=true} and look at the difference.
 */
class GoldenTest {
    @TempDir
    private static Path folder;
    private static FakeDirector director;
    private static Path descriptors;
    private static Path home;

    @BeforeAll
    static void start() throws IOException {
        descriptors = folder.resolve("descriptors");
        Repository.copyDescriptors(descriptors, "php", "helloworld");
        home = folder.resolve("home");
        director = new FakeDirector(folder, new Descriptors(new Home(home), descriptors).all());
        Files.writeString(folder.resolve("startup.sh"), "#!/bin/sh\n");
        Files.writeString(folder.resolve("shop.tar.gz"), "not really an archive");
        Files.writeString(folder.resolve("blog.json"), "{\"Application\": \"Blog\", \"Services\": []}");
        Files.writeString(folder.resolve("bad.json"), "{}");
    }

    @AfterAll
    static void stop() {
        director.close();
    }

    @TestFactory
    List<DynamicTest> files() {
        return List.of("account", "users", "applications", "manifests", "services", "php", "helloworld", "objects", "operations", "exports", "json", "refused", "usage").stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> check(name))).toList();
    }

    private void check(String name) throws IOException {
        Path golden = Repository.root().resolve("bundles/eu.conpaas.cli/src/test/resources/golden/" + name + ".txt");
        String wanted = Files.readString(golden);
        director.reset();
        Run.Result signedIn = new Run(home, descriptors).with("CONPAAS_PASSWORD", "secret")
                .of("credentials", "--director", director.url(), "--username", "alice", "--accept");
        assertEquals(0, signedIn.exit(), signedIn.err());
        StringBuilder found = new StringBuilder();
        for (String line : wanted.lines().filter(l -> l.startsWith("$ ") || l.startsWith("# ")).toList()) {
            found.append(line.startsWith("# ") ? line + "\n" : block(line));
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, found.toString());
        }
        assertEquals(wanted, found.toString());
    }

    private static String block(String line) {
        director.requests.clear();
        Run.Result result = new Run(home, descriptors).with("TMPDIR", folder.toString()).with("CONPAAS_PASSWORD", "secret").of(words(line.substring(2).replaceFirst("^conpaas ?", "")));
        StringBuilder block = new StringBuilder(line + "\n");
        director.requests.lines().forEach(l -> block.append("> ").append(l).append('\n'));
        block.append(result.out());
        result.err().lines().forEach(l -> block.append("! ").append(l).append('\n'));
        return block.append("= ").append(result.exit()).append("\n\n").toString().replace(folder.toString(), "TMP")
                .replace(director.url(), "DIRECTOR").replaceAll("\"managerPort\" : \\d+", "\"managerPort\" : PORT");
    }

    /** Words as a shell makes them of blanks and single quotes. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char c : (line + " ").replace("TMP", folder.toString()).replace("DIRECTOR", director.url()).toCharArray()) {
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == ' ' && !quoted) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                word.append(c);
            }
        }
        return words;
    }
}
