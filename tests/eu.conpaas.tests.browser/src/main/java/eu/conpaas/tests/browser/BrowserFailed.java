package eu.conpaas.tests.browser;

import java.util.Set;

/** The browser could not do what it was told. */
public final class BrowserFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Set<String> PASSING = Set.of("no such element", "stale element reference", "element not interactable",
            "element click intercepted", "invalid element state");
    private final String error;

    /** @param error WebDriver's name for it */
    BrowserFailed(String error, String message, Throwable cause) {
        super(message, cause);
        this.error = error;
    }

    /** Whether a page that is still loading may get over it. */
    boolean passing() {
        return PASSING.contains(error);
    }
}
