package eu.conpaas.director.internal.fetch;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses users may have the director fetch from: public ones, and what the operator allows. Never others, so that nobody reads through the director
 * what only the director can reach.
 *
 * @param allowed networks that are allowed though they are not public
 */
public record AddressRules(List<Network> allowed) {
    private static final int NAT64_PREFIX = 12;
    private static final List<Network> CLOSED = List.of("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "::/8", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/9", "ff00::/8")
            .stream().map(Network::parse).toList();

    public AddressRules {
        allowed = List.copyOf(allowed);
    }

    /** A network, as in {@code 10.0.0.0/8} or {@code fd00::/8}; without a length it is one address. */
    public record Network(byte[] address, int length) {
        /** @throws IllegalArgumentException if the text is no network; names are not resolved */
        public static Network parse(String text) {
            String[] parts = text.strip().split("/", 2);
            if (!parts[0].matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
                throw new IllegalArgumentException(text + " is no network");
            }
            try {
                byte[] address = InetAddress.getByName(parts[0]).getAddress();
                int length = parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]);
                if (length < 0 || length > address.length * 8) {
                    throw new IllegalArgumentException(text + " has no usable length");
                }
                return new Network(address, length);
            } catch (UnknownHostException | NumberFormatException e) {
                throw new IllegalArgumentException(text + " is no network", e);
            }
        }

        boolean has(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < length; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Network n && n.length == length && Arrays.equals(n.address, address);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(address) + length;
        }
    }

    public boolean allows(InetAddress address) {
        byte[] bytes = plain(address);
        return allowed.stream().anyMatch(n -> n.has(bytes)) || CLOSED.stream().noneMatch(n -> n.has(bytes));
    }

    /** What an address that carries an IPv4 address in it leads to. */
    private static byte[] plain(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean nat64 = address instanceof Inet6Address && bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        return nat64 ? Arrays.copyOfRange(bytes, NAT64_PREFIX, bytes.length) : bytes;
    }
}
