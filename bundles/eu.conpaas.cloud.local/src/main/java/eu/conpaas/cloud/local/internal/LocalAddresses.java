package eu.conpaas.cloud.local.internal;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Addresses of a network namespace, read without entering it. */
final class LocalAddresses {
    private LocalAddresses() {
    }

    /** Own addresses of the namespace a process is in; empty if it is gone. */
    static Set<String> of(long pid) {
        Set<String> addresses = new HashSet<>();
        String trie = Disk.read(Path.of("/proc/" + pid + "/net/fib_trie"));
        String last = "";
        for (String line : trie == null ? new String[0] : trie.split("\n")) {
            String text = line.strip();
            if (text.startsWith("|-- ")) {
                last = text.substring(4);
            } else if (text.startsWith("/32 host LOCAL")) {
                addresses.add(last);
            }
        }
        return addresses;
    }
}
