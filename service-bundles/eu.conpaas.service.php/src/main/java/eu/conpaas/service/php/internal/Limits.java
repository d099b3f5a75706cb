package eu.conpaas.service.php.internal;

import eu.conpaas.service.web.doc.EnginesDoc;

/** How long requests may take. */
final class Limits {
    private static final int LEAST = 120;
    private static final int UNLIMITED = 86_400;

    private Limits() {
    }

    /**
     * Wall-clock seconds after which a request is given up: PHP counts only CPU time, so a page may take longer than
     * {@code max_execution_time} while it waits for something.
     */
    static int seconds(EnginesDoc pair) {
        int limit = Integer.parseInt(pair.settings().get("max_execution_time"));
        return limit == 0 ? UNLIMITED : Math.max(LEAST, 2 * limit);
    }
}
