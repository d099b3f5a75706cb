package eu.conpaas.tests.demo;

import java.io.PrintStream;

/** What the user of the demo reads. */
final class Screen {
    private final PrintStream out;

    Screen(PrintStream out) {
        this.out = out;
    }

    /** Begins a part. */
    synchronized void title(String text) {
        out.println();
        out.println("== " + text);
    }

    /** A sentence. */
    synchronized void say(String text) {
        out.println("   " + text);
    }

    /** A command as the user would type it. */
    synchronized void command(String line) {
        out.println("   $ " + line);
    }

    /** A line a command printed. */
    synchronized void output(String line) {
        out.println("     " + line);
    }
}
