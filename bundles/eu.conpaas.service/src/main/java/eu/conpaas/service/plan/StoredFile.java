package eu.conpaas.service.plan;

/**
 * A file that came with a change: in the director's content store, for the service's nodes to fetch until the operation has ended.
 *
 * @param hash     SHA-256, 64 hexadecimal digits
 * @param filename what the user calls it, without folders
 * @param size     bytes
 */
public record StoredFile(String hash, String filename, long size) {
    /** Stands for a file whose plan alone is asked for. */
    public static StoredFile planned(String filename, long size) {
        return new StoredFile("0".repeat(64), filename, size);
    }
}
