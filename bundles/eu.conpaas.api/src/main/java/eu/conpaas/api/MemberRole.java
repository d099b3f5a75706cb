package eu.conpaas.api;

/** What a user may do in an application; each role includes the ones before it. */
public enum MemberRole {
    /** Sees everything but code, data and secrets, and changes nothing. */
    VIEWER,
    /** Changes services and their code, settings and data, and makes new ones; all of it at the owner's cost. */
    DEVELOPER,
    /** Ends services, deletes the application, and decides who its members are. There is one; its credits pay. */
    OWNER;

    /** Whether who has this role may do what the other one may. */
    public boolean includes(MemberRole other) {
        return compareTo(other) >= 0;
    }
}
