package eu.conpaas.api;

import java.time.Instant;

/**
 * A bearer token ({@code POST /tokens}), good until it expires or is given back ({@code DELETE /tokens}). It stands in the header
 * {@code Authorization: Bearer …} only, which no other site can make a browser send.
 *
 * @param token   the secret
 * @param expires until when it is good
 * @param ends    until when it can be renewed ({@code POST /tokens/refresh}); then a new sign-in is needed
 */
public record Token(String token, Instant expires, Instant ends) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "Token[expires=" + expires + ", ends=" + ends + "]";
    }
}
