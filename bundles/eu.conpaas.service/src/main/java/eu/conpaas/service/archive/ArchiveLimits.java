package eu.conpaas.service.archive;

/**
 * What an archive may be at most.
 *
 * @param entries number of entries
 * @param size    bytes of all files once unpacked
 * @param ratio   unpacked bytes per packed byte; looked at once more than {@link #RATIO_FROM} bytes have come out
 */
public record ArchiveLimits(int entries, long size, int ratio) {
    /** An archive that unpacks to less than this is never called a bomb because of its ratio. */
    public static final long RATIO_FROM = 64L << 20;

    /** 200 000 entries, 4 GiB, 200 : 1. */
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(200_000, 4L << 30, 200);
    /** For data of services, which may be much: 200 000 entries, as many as can be checked in little memory, and 1 TiB, 200 : 1. */
    public static final ArchiveLimits DATA = new ArchiveLimits(200_000, 1L << 40, 200);
}
