package eu.conpaas.service.archive;

/**
 * What a checked archive is.
 *
 * @param type    {@code tar} (in any compression) or {@code zip}
 * @param entries number of entries
 * @param size    bytes that came out of it (files; for tar with its headers)
 */
public record ArchiveFacts(String type, int entries, long size) {
}
