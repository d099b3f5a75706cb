package eu.conpaas.tests.demo;

import eu.conpaas.tests.browser.BrowserFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code ./conpaas demo}: arguments are the source tree's root, the demo's folder, and {@code wordpress}, {@code dokuwiki} or {@code stop}. */
public final class Demo {
    private final Screen screen = new Screen(System.out);
    private final Path folder;
    private final Path root;
    private final Shell shell;
    private final Host host;

    private Demo(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
        this.shell = new Shell(screen, root, folder);
        this.host = new Host(shell, folder);
    }

    public static void main(String[] args) {
        Demo demo = new Demo(Path.of(args[0]).toAbsolutePath(), Path.of(args[1]).toAbsolutePath());
        try {
            if (args[2].equals("stop")) {
                new Ending(demo.screen, demo.shell, demo.host, demo.folder).run();
            } else {
                demo.start(args[2]);
            }
        } catch (DemoFailed | BrowserFailed | IOException e) {
            System.err.println("demo: " + e.getMessage());
            System.err.println("What runs is left as it is; './conpaas demo --stop' ends it. The director's log: " + demo.folder.resolve("director/director.log"));
            System.exit(1);
        }
    }

    private void start(String what) throws IOException {
        if (host.running()) {
            throw new DemoFailed("it runs already; its site: " + read("address"));
        }
        Files.createDirectories(folder);
        Files.createDirectories(shell.settings());
        boolean root = isRoot();
        screen.title("A director with a cloud on this machine");
        screen.say(root ? "You are root: each node gets a network, processes and files of its own."
                : "You are not root: nodes get a loopback address each and no isolation from each other, no limits, and port 8080 instead of 80. Everything else is the same.");
        screen.say("All of it is in " + folder + ". Commands are shown as you would type them; CONPAAS_HOME=" + shell.settings());
        if (!Files.exists(folder.resolve("director/director.cfg"))) {
            host.init();
        }
        host.start();
        host.signIn();
        shell.cli("version");
        shell.cli("clouds");
        Story story = what.equals("dokuwiki") ? new WikiStory(screen, shell, this.root, folder, host.password())
                : new BlogStory(screen, shell, this.root, folder, host.password());
        URI site = story.tell();
        Files.writeString(folder.resolve("address"), site.toString());
        screen.title("It keeps running");
        screen.say("Site:          " + site);
        screen.say("Command line:  CONPAAS_HOME=" + shell.settings() + " ./conpaas cli help");
        screen.say("End it all:    ./conpaas demo --stop");
    }

    private String read(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.readString(file).strip() : "not up yet";
    }

    private static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }
}
