package eu.conpaas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What works without a director: help, usage and completion, made from the descriptors. */
class OfflineTest {
    @TempDir
    private Path folder;
    private Run run;

    @BeforeEach
    void prepare() {
        Repository.copyDescriptors(folder.resolve("descriptors"), "php", "helloworld");
        run = new Run(folder.resolve("home"), folder.resolve("descriptors"));
    }

    @Test
    void helpOfATypeNamesItsCommandsRolesAndSettings() {
        Run.Result result = run.of("help", "php");
        assertEquals(0, result.exit());
        for (String part : List.of("add_nodes sid backend web proxy [cloud]", "enable_code sid", "proxy (1 to 8, at first 1)", "memory_limit = 128M")) {
            assertTrue(result.out().contains(part), part);
        }
        assertEquals("", result.err());
    }

    @Test
    void everyCommandExplainsItself() {
        for (String command : List.of("createapp", "terminate", "logs", "credentials")) {
            Run.Result result = run.of(command, "--help");
            assertEquals(0, result.exit());
            assertTrue(result.out().startsWith("Usage: conpaas " + command), result.out());
            assertEquals(result.out(), run.of("help", command).out());
        }
        assertTrue(run.of("php", "add_nodes", "-h").out().contains("--backend N"));
        assertTrue(run.of("help", "upload_code").out().contains("--description STRING"));
    }

    @Test
    void helpOfNothingKnownAsksTheDirector() {
        assertEquals(3, run.of("help", "12").exit());
    }

    @Test
    void theCompletionScriptOffersVerbsOfBothGrammarsInARealShell() throws IOException, InterruptedException {
        Path script = folder.resolve("conpaas.bash");
        Files.writeString(script, run.of("completion", "bash").out());
        assertEquals(run.of("completion", "bash").out(), run.of("completion", "zsh").out());
        assertTrue(completions(script, "conpaas", "crea").contains("createapp"));
        assertTrue(completions(script, "conpaas", "enable_").contains("enable_code"));
        assertTrue(completions(script, "conpaas", "php", "list_").contains("list_codes"));
        assertTrue(completions(script, "conpaas", "php", "add_nodes", "--ba").contains("--backend"));
    }

    private static List<String> completions(Path script, String... words) throws IOException, InterruptedException {
        String line = String.join(" ", words);
        String program = "source '" + script + "'; COMP_WORDS=(" + line + "); COMP_CWORD=" + (words.length - 1) + "; COMP_LINE='" + line
                + "'; COMP_POINT=${#COMP_LINE}; _complete_conpaas; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", program).redirectErrorStream(true).start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(bash.waitFor(30, TimeUnit.SECONDS));
        return output.lines().toList();
    }
}
