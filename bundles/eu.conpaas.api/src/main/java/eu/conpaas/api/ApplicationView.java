package eu.conpaas.api;

/**
 * An application, as 1.3.1 lists it, with additions.
 *
 * @param aid   id
 * @param name  shown to people
 * @param owner user name of who pays for it (added field)
 * @param role  what the caller may do in it (added field)
 */
public record ApplicationView(long aid, String name, String owner, MemberRole role) {
    /** One of the caller's own, from a director that does not tell. */
    public ApplicationView(long aid, String name) {
        this(aid, name, null, MemberRole.OWNER);
    }
}
