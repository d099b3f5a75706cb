package eu.conpaas.api;

/**
 * The document a new node gets in its user data (JSON): all the secret a VM ever gets from outside.
 *
 * @param director    base URL of the director as nodes reach it
 * @param fingerprint SHA-256 (hex) of the CA certificate
 * @param node        node id
 * @param token       one-time enrolment token
 */
public record Bootstrap(String director, String fingerprint, String node, String token) {
}
