package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.CloudException.Kind;
import java.nio.file.Path;
import java.util.List;

/** Chooses an installation's network once and keeps to it. */
final class NetworkChoice {
    private final Path file;
    private final Claims claims;
    private final String identity;

    /**
     * @param folder   the cloud's folder
     * @param identity installation and cloud
     */
    NetworkChoice(Path folder, String identity) {
        this.file = folder.resolve("network.json");
        this.claims = new Claims(folder);
        this.identity = identity;
    }

    /** The kept choice, or null. */
    NetworkPlan kept() {
        return Disk.load(file, NetworkPlan.class);
    }

    /**
     * The network to use in a mode.
     *
     * @param wanted three numbers from the options, or null
     * @param bound  whether nodes or reserved addresses exist, so that the kept choice must stay
     */
    NetworkPlan get(Mode mode, String wanted, boolean bound) {
        NetworkPlan kept = kept();
        String prefix = mode == Mode.NAMESPACES ? wanted : null;
        if (kept != null && kept.mode().equals(mode.id()) && (prefix == null || prefix.equals(kept.prefix()))
                && (bound || Routes.free(kept.prefix(), kept.bridge())) && claims.take(kept.prefix())) {
            return kept;
        }
        if (kept != null && bound) {
            throw new CloudException(Kind.BAD_REQUEST, "MODE, SUBNET: nodes or reserved addresses still use " + kept.mode() + " "
                    + kept.prefix() + ".0/24; end them before changing this");
        }
        NetworkPlan plan = new NetworkPlan(1, NetworkPlan.tag(identity), mode.id(), prefix == null ? choose(mode) : check(prefix));
        Disk.store(file, plan);
        if (kept != null && !kept.prefix().equals(plan.prefix())) {
            claims.release(kept.prefix());
        }
        return plan;
    }

    /** Forgets the choice and lets others have the network. */
    void release() {
        NetworkPlan kept = kept();
        if (kept != null) {
            claims.release(kept.prefix());
            Disk.remove(file);
        }
    }

    private String check(String prefix) {
        if (!Routes.free(prefix, NetworkPlan.tag(identity) + "b") || !claims.take(prefix)) {
            throw new CloudException(Kind.BAD_REQUEST, "SUBNET: " + prefix + ".0/24 is in use on this machine, by " + Routes.users(prefix));
        }
        return prefix;
    }

    /** Starts at a place derived from the identity, so that installations rarely meet, and goes on until one is free. */
    private String choose(Mode mode) {
        byte[] hash = NetworkPlan.digest(identity);
        int start = (hash[4] & 0xff) << 8 | hash[5] & 0xff;
        for (int i = 0; i < 1 << 16; i++) {
            int place = start + i & 0xffff;
            int second = place >> 8;
            // 127.0 and 127.1 are used by name services; 10.0 to 10.15 are where people number by hand.
            if (second < 16 || second > 250) {
                continue;
            }
            String prefix = (mode == Mode.NAMESPACES ? "10." : "127.") + second + "." + (place & 0xff);
            if (Routes.free(prefix, NetworkPlan.tag(identity) + "b") && claims.take(prefix)) {
                return prefix;
            }
        }
        throw new CloudException(Kind.CAPACITY, "no free network on this machine among " + List.of("10.16.0.0", "10.250.255.0"));
    }
}
