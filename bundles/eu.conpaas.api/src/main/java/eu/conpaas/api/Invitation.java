package eu.conpaas.api;

import java.time.Instant;

/**
 * An invitation to register, good for one account ({@code GET /invitations}).
 *
 * @param id      by which it is withdrawn
 * @param email   the only address it may be used with, or null
 * @param credit  credits the account begins with
 * @param note    what the administrator wrote down
 * @param by      administrator
 * @param created when
 * @param expires when it is no longer good
 * @param state   where it stands
 * @param usedBy  user name of the account, or null
 */
public record Invitation(long id, String email, int credit, String note, String by, Instant created, Instant expires, State state, String usedBy) {
    /** Where an invitation stands. */
    public enum State { OPEN, USED, EXPIRED, WITHDRAWN }
}
