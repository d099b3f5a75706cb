package eu.conpaas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference in {@code docs/command-line.md} is what the program says. */
class ReferenceTest {
    private static final String MARK = "<!-- generated -->\n";
    @TempDir
    private Path folder;

    @Test
    void theReferenceIsWhatTheProgramSays() throws IOException {
        Repository.copyDescriptors(folder.resolve("descriptors"), "php", "mysql", "helloworld");
        Run run = new Run(folder.resolve("home"), folder.resolve("descriptors"));
        StringBuilder reference = new StringBuilder();
        for (List<String> words : List.of(List.of("help"), List.of("help", "php"), List.of("help", "mysql"), List.of("help", "helloworld"), List.of("user", "-h"),
                List.of("cloud", "-h"), List.of("application", "-h"), List.of("service", "-h"), List.of("php", "-h"), List.of("mysql", "-h"), List.of("helloworld", "-h"))) {
            reference.append("\n## conpaas ").append(String.join(" ", words)).append("\n\n```\n").append(run.of(words).out()).append("```\n");
        }
        Path document = Repository.root().resolve("docs/command-line.md");
        String text = Files.readString(document);
        String wanted = text.substring(0, text.indexOf(MARK) + MARK.length()) + reference;
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(document, wanted);
            text = wanted;
        }
        assertEquals(wanted, text);
    }
}
