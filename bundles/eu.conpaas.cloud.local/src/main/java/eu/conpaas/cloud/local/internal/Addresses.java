package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.CloudException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reserved addresses, kept on disk. Not safe for use from several threads. */
final class Addresses {
    private final Path file;

    /** @param folder the cloud's folder */
    Addresses(Path folder) {
        this.file = folder.resolve("addresses.json");
    }

    /** Address to key. */
    record Book(int format, Map<String, String> addresses) {
    }

    Set<String> all() {
        return load().keySet();
    }

    /** Key to address. */
    Map<String, String> byKey() {
        return load().entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    /** The address of a key, a new one if it has none. @throws CloudException QUOTA if all are given */
    String reserve(String key, NetworkPlan plan) {
        Map<String, String> book = load();
        for (Map.Entry<String, String> entry : book.entrySet()) {
            if (entry.getValue().equals(key)) {
                return entry.getKey();
            }
        }
        for (int number = NetworkPlan.LAST_NODE + 1; number <= NetworkPlan.LAST_RESERVED; number++) {
            if (book.putIfAbsent(plan.address(number), key) == null) {
                Disk.store(file, new Book(1, book));
                return plan.address(number);
            }
        }
        throw new CloudException(CloudException.Kind.QUOTA, "all " + book.size() + " reserved addresses of this installation are given");
    }

    void release(String address) {
        Map<String, String> book = load();
        if (book.remove(address) != null) {
            Disk.store(file, new Book(1, book));
        }
    }

    void clear() {
        Disk.remove(file);
    }

    private Map<String, String> load() {
        Book book = Disk.load(file, Book.class);
        return book == null ? new TreeMap<>() : new TreeMap<>(book.addresses());
    }
}
