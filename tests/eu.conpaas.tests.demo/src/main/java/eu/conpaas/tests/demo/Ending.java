package eu.conpaas.tests.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Ends the demo: its services, its director, its folder; then looks whether anything is left. */
final class Ending {
    private final Screen screen;
    private final Shell shell;
    private final Host host;
    private final Path folder;

    Ending(Screen screen, Shell shell, Host host, Path folder) {
        this.screen = screen;
        this.shell = shell;
        this.host = host;
        this.folder = folder;
    }

    void run() throws IOException {
        if (!Files.isDirectory(folder)) {
            screen.say("There is no demo to end.");
            return;
        }
        screen.title("Ending the demo");
        if (Files.exists(folder.resolve("director/director.cfg"))) {
            if (!host.running()) {
                screen.say("The director is not running; it is started to end its nodes.");
                host.start();
            }
            host.signIn();
            for (String sid : Service.all(shell)) {
                end(sid);
            }
            host.stop();
            host.purge();
        }
        remove();
        List<String> left = left();
        if (!left.isEmpty()) {
            throw new DemoFailed("this is left: " + String.join("; ", left));
        }
        screen.say("Nothing of it is left: no process, no network, no mount, no file.");
    }

    private void end(String sid) throws IOException {
        try {
            shell.cli("stop", sid, "--wait");
        } catch (DemoFailed e) {
            screen.say("It was not running."); // terminate tells if there is more to it
        }
        shell.cli("terminate", sid, "--yes", "--wait");
    }

    private void remove() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(f -> !f.startsWith(folder.resolve("debs")) && !f.equals(folder)).sorted(Comparator.reverseOrder()).forEach(f -> {
                try {
                    Files.delete(f);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new DemoFailed("cannot remove " + e.getCause().getMessage());
        }
    }

    private List<String> left() throws IOException {
        String mine = folder.toString();
        List<String> left = new java.util.ArrayList<>(ProcessHandle.allProcesses().filter(p -> p.pid() != ProcessHandle.current().pid())
                .filter(p -> p.info().commandLine().orElse("").contains(mine + "/director")).map(p -> "process " + p.pid()).toList());
        Files.readAllLines(Path.of("/proc/self/mountinfo")).stream().filter(l -> l.contains(mine)).map(l -> "mount " + l).forEach(left::add);
        return left;
    }
}
