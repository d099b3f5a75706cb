package eu.conpaas.api;

/** How a node turns its one-time token into a certificate ({@code POST /nodes/enrol}, no client certificate). */
public final class Enrolment {
    /**
     * @param node      node id
     * @param token     one-time token
     * @param publicKey EC public key (P-256), X.509 SubjectPublicKeyInfo, base64
     * @param proof     base64 SHA256withECDSA signature of the token's UTF-8 bytes, by the private key
     * @param address   IP address the node's server will listen on
     * @param protocol  {@link Protocol#VERSION} of the node
     * @param release   version of the node product
     */
    public record Request(String node, String token, String publicKey, String proof, String address, int protocol, String release) {
    }

    /**
     * @param certificate PEM
     * @param ca          PEM of the CA certificate
     * @param context     what the node is
     */
    public record Answer(String certificate, String ca, NodeContext context) {
    }

    private Enrolment() {
    }
}
