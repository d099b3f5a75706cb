package eu.conpaas.rpc;

/** Whether clients show a certificate. One that is shown must be valid in either case. */
public enum ClientAuth {
    /** They may: the director, which also takes tokens and passwords. */
    WANTED,
    /** They must: managers and agents. */
    NEEDED
}
