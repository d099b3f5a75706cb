package eu.conpaas.api;

import java.time.Instant;

/** A bearer token ({@code POST /tokens}), good until it expires or is given back ({@code DELETE /tokens}). */
public record Token(String token, Instant expires) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "Token[expires=" + expires + "]";
    }
}
