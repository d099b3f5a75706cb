package eu.conpaas.cloud.testkit;

/** What may go wrong with one call to a {@link HostileCloud}. */
public enum Fault {
    /** create makes two VMs and tells of one. */
    TWICE,
    /** The cloud does it, and the answer is lost: UNREACHABLE. */
    LOST_ANSWER,
    /** The order is lost: UNREACHABLE, and nothing was done. */
    LOST_ORDER,
    /** The cloud says it did it and did not: a terminate after which the VM still runs. */
    IGNORED,
    /** list, describe: as things stood before the last change. */
    STALE,
    /** create: the VM stays PENDING for ever. */
    NEVER_BOOTS,
    /** create: the VM runs and fails before its node says anything. */
    DIES,
    /** Refused: too many calls. */
    THROTTLED,
    /** Refused: no room. */
    CAPACITY,
    /** Refused: the account's limit. */
    QUOTA,
    /** Refused: the credentials. */
    AUTH
}
