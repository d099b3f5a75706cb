package eu.conpaas.rpc;

import eu.conpaas.pki.Identity;

/**
 * Who makes a call, as the {@link Guard} found.
 *
 * @param auth     how it showed who it is
 * @param identity identity of its certificate, or null
 * @param uid      user it acts for; 0 if none
 * @param name     for logs and the audit trail
 * @param admin    whether it is an administrator
 * @param address  IP address
 */
public record Caller(Auth auth, Identity identity, long uid, String name, boolean admin, String address) {
    /** How a caller showed who it is. */
    public enum Auth { NONE, CERTIFICATE, TOKEN, PASSWORD }

    public static Caller anonymous(String address) {
        return new Caller(Auth.NONE, null, 0, "anonymous", false, address);
    }

    /** A caller known by certificate alone. */
    public static Caller of(Identity identity, String address) {
        String name = identity.node() == null ? identity.name() : identity.role().word() + " " + identity.node();
        return new Caller(Auth.CERTIFICATE, identity, identity.uid(), name, false, address);
    }
}
