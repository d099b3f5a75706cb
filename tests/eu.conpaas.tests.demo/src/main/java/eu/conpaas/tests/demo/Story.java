package eu.conpaas.tests.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a demo shows, in order, with a running director. */
abstract class Story {
    protected static final String APPLICATION = "demo";
    protected final Screen screen;
    protected final Shell shell;
    protected final String password;
    private final Path root;
    private final Path folder;

    /**
     * @param root     of the source tree
     * @param folder   of the demo
     * @param password of all users in the demo
     */
    protected Story(Screen screen, Shell shell, Path root, Path folder, String password) {
        this.screen = screen;
        this.shell = shell;
        this.root = root;
        this.folder = folder;
        this.password = password;
    }

    /** Tells it all. @return the site's address */
    abstract URI tell() throws IOException;

    /** A part of the story that changes something. */
    @FunctionalInterface
    protected interface Step {
        void run() throws IOException;
    }

    /** Shows how the load fares while something is done. */
    protected void phase(Traffic traffic, String name, Step step) throws IOException {
        screen.title(Character.toUpperCase(name.charAt(0)) + name.substring(1));
        traffic.phase(name);
        step.run();
        traffic.tell(name);
    }

    /** Makes an archive by a script of the demo's folder if it is not there. */
    protected Path archive(String script, String name, String input, String... arguments) throws IOException {
        Path archive = folder.resolve(name);
        if (!Files.exists(archive)) {
            List<String> command = new ArrayList<>(List.of("bash", root.resolve("releng/demo").resolve(script).toString(), archive.toString()));
            command.addAll(List.of(arguments));
            shell.run(true, input, Map.of(), command);
            screen.say(shown(archive) + ", " + Files.size(archive) / 1000 + " KB");
        }
        return archive;
    }

    protected String shownPassword() {
        return shown(folder.resolve("password"));
    }

    protected Path file(String name) {
        return folder.resolve(name);
    }

    private String shown(Path path) {
        return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
    }
}
