package eu.conpaas.api;

/** Who may make an account for themselves. */
public enum RegistrationPolicy {
    /** Nobody: administrators make the accounts. */
    CLOSED,
    /** Who has an invitation. */
    INVITATION,
    /** Anybody who reaches the director. */
    OPEN
}
