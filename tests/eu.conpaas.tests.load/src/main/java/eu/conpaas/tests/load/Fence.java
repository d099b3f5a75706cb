package eu.conpaas.tests.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Keeps load on this machine: loopback and private addresses only. */
public final class Fence {
    private Fence() {
    }

    /**
     * Checks an address given as numbers; names are refused, because what they lead to can change.
     *
     * @throws IllegalArgumentException if the address is a name or a public one
     */
    public static InetSocketAddress check(String address, int port) {
        if (!address.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:]*")) {
            throw new IllegalArgumentException("load goes to addresses, not names: " + address);
        }
        try {
            InetAddress ip = InetAddress.getByName(address);
            if (!ip.isLoopbackAddress() && !ip.isSiteLocalAddress()) {
                throw new IllegalArgumentException("load goes to loopback and private addresses only, not to " + address);
            }
            return new InetSocketAddress(ip, port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address: " + address, e);
        }
    }
}
