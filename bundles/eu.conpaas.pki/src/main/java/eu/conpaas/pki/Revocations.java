package eu.conpaas.pki;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Serial numbers of certificates that no longer count; whoever adds one also stores it. Thread-safe. */
public final class Revocations {
    private final Set<BigInteger> serials = ConcurrentHashMap.newKeySet();

    public Revocations() {
    }

    public Revocations(Collection<BigInteger> stored) {
        serials.addAll(stored);
    }

    public void add(BigInteger serial) {
        serials.add(serial);
    }

    /** Drops a serial whose certificate has expired anyway. */
    public void forget(BigInteger serial) {
        serials.remove(serial);
    }

    public boolean contains(X509Certificate certificate) {
        return serials.contains(certificate.getSerialNumber());
    }

    /** A copy, for storing. */
    public Set<BigInteger> serials() {
        return Set.copyOf(serials);
    }
}
