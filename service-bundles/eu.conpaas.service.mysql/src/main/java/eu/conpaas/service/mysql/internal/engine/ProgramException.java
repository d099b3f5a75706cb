package eu.conpaas.service.mysql.internal.engine;

import java.io.IOException;

/** A program ended with an error, or did not end in time. */
public final class ProgramException extends IOException {
    private static final long serialVersionUID = 1L;
    private final String output;
    private final boolean timeout;

    ProgramException(String program, String why, String output, boolean timeout) {
        super(program + " " + why + (output.isBlank() ? "" : ": " + output.strip()));
        this.output = output;
        this.timeout = timeout;
    }

    /** The end of what it wrote to its error output. */
    public String output() {
        return output;
    }

    /** Whether it was ended because it took too long. */
    public boolean isTimeout() {
        return timeout;
    }
}
