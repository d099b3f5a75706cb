package eu.conpaas.api;

import java.time.Instant;

/**
 * A secret that is good once; the director keeps its hash only, so that this answer is the only time it is seen.
 *
 * @param token   to be given on: with {@code POST /new_user} as {@code invitation}, or with {@code POST /password} as {@code token}
 * @param link    page of the web console that takes it; the token stands after the {@code #}, which no server logs
 * @param expires when it is no longer good
 */
public record OneTime(String token, String link, Instant expires) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "OneTime[expires=" + expires + "]";
    }
}
