package eu.conpaas.cli;

import eu.conpaas.cli.internal.Cli;
import eu.conpaas.cli.internal.Rehearsal;
import eu.conpaas.cli.internal.io.Terminal;

/** The program {@code conpaas}. */
public final class Main {
    private Main() {
    }

    public static void main(String[] words) {
        int exit;
        try (Cli cli = new Cli(Terminal.system())) {
            exit = cli.run(words);
        }
        if (Boolean.getBoolean("conpaas.train")) {
            Rehearsal.run();
        }
        System.exit(exit);
    }
}
