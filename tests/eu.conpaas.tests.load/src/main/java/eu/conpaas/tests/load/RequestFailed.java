package eu.conpaas.tests.load;

/** A request that got no good answer. */
public final class RequestFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    public RequestFailed(Outcome outcome, String detail, Throwable cause) {
        super(detail, cause);
        this.outcome = outcome;
    }

    public Outcome outcome() {
        return outcome;
    }
}
