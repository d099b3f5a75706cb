package eu.conpaas.pki;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Role;
import eu.conpaas.pki.internal.Names;

/**
 * Whom a certificate speaks for. The director writes it into every certificate; nobody reads it from one whose chain has not
 * been validated (the trust managers of {@link Tls} do that).
 *
 * @param role  kind of holder
 * @param uid   user id; 0 for the director
 * @param sid   service id; 0 for users and the director
 * @param node  node id, or null for users and the director
 * @param name  the subject's CN: user name, director's host name, {@code ConPaaS} for nodes
 * @param email e-mail address, or null
 */
public record Identity(Role role, long uid, long sid, String node, String name, String email) {
    /** Scheme and prefix of the subject alternative name that holds the node id. */
    public static final String NODE_URI = "conpaas:node:";
    private static final Set<String> RESERVED = Set.of("ca", "conpaas", "contrail", "director", "frontend", "manager", "agent", "reconciler");
    private static final int SAN_URI = 6;

    public Identity {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(name, "name");
        if (uid < 0 || sid < 0) {
            throw new IllegalArgumentException("uid and sid are not negative");
        }
    }

    public static Identity director(String host, String email) {
        return new Identity(Role.DIRECTOR, 0, 0, null, host, email);
    }

    public static Identity user(long uid, String name, String email) {
        return new Identity(Role.USER, uid, 0, null, name, email);
    }

    public static Identity manager(long uid, long sid, String node) {
        return new Identity(Role.MANAGER, uid, sid, Objects.requireNonNull(node), "ConPaaS", null);
    }

    public static Identity agent(long uid, long sid, String node) {
        return new Identity(Role.AGENT, uid, sid, Objects.requireNonNull(node), "ConPaaS", null);
    }

    /** Whether no user may have this name, because it stands for a part of the system. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name.strip().toLowerCase(Locale.ROOT));
    }

    /**
     * Reads the identity of a certificate whose chain has been validated. The CN gives no rights; a certificate without role and
     * UID (such as the CA's) has no identity.
     *
     * @throws ApiException NOT_AUTHENTICATED if the certificate holds no identity
     */
    public static Identity of(X509Certificate certificate) {
        Map<String, String> subject = Names.read(certificate.getSubjectX500Principal());
        try {
            if (certificate.getBasicConstraints() != -1) {
                throw new IllegalArgumentException("it is a CA certificate");
            }
            Role role = Role.of(need(subject, Names.ROLE));
            long uid = Long.parseLong(need(subject, Names.UID));
            long sid = Long.parseLong(need(subject, Names.SERVICE_LOCATOR));
            String node = nodeOf(certificate);
            if ((role == Role.MANAGER || role == Role.AGENT) && (node == null || sid == 0)) {
                throw new IllegalArgumentException("a node's certificate names its node and service");
            }
            return new Identity(role, uid, sid, node, need(subject, Names.CN), subject.get(Names.EMAIL));
        } catch (IllegalArgumentException | CertificateParsingException e) {
            throw new ApiException(ErrorCode.NOT_AUTHENTICATED, "The certificate does not say whom it speaks for: " + e.getMessage() + ".",
                    "Get a certificate from the director.", e);
        }
    }

    private static String need(Map<String, String> subject, String oid) {
        String value = subject.get(oid);
        if (value == null) {
            throw new IllegalArgumentException("attribute " + oid + " is missing");
        }
        return value;
    }

    private static String nodeOf(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return null;
        }
        return names.stream().filter(n -> n.get(0).equals(SAN_URI) && n.get(1) instanceof String s && s.startsWith(NODE_URI))
                .map(n -> ((String) n.get(1)).substring(NODE_URI.length())).findFirst().orElse(null);
    }

    @Override
    public String toString() {
        return switch (role) {
            case DIRECTOR -> "director " + name;
            case USER -> "user " + name + " (uid " + uid + ")";
            case MANAGER, AGENT -> role.word() + " " + node + " of service " + sid + " (uid " + uid + ")";
        };
    }
}
