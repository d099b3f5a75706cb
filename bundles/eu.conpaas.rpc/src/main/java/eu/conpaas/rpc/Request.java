package eu.conpaas.rpc;

import java.security.cert.X509Certificate;
import java.util.Map;

import eu.conpaas.pki.Identity;

/**
 * What is known of a call before it is carried out; the facts a {@link Guard} decides on.
 *
 * @param verb        GET, POST, PUT, DELETE or, on a manager or agent, UPLOAD
 * @param path        path, decoded, without query
 * @param method      method name on a manager or agent, else null
 * @param variables   path variables
 * @param params      parameters of query, form and JSON body; of a multipart body the fields, once it has been read (the guard sees
 *                    none of them, since nothing is stored for strangers)
 * @param peer        identity in the client's certificate (validated, valid now, not revoked), or null
 * @param certificate the certificate itself, or null
 * @param token       bearer token, or null
 * @param address     the client's IP address
 * @param lastEventId of an event stream resumed, or null
 */
public record Request(String verb, String path, String method, Map<String, String> variables, Map<String, Object> params, Identity peer,
        X509Certificate certificate, String token, String address, String lastEventId) {

    /** A parameter as text, or null. */
    public String param(String name) {
        Object value = params.get(name);
        return value == null ? null : value.toString();
    }

    /** The same with other parameters. */
    public Request withParams(Map<String, Object> newParams) {
        return new Request(verb, path, method, variables, newParams, peer, certificate, token, address, lastEventId);
    }

    /** The same as a call of a manager's or agent's method. */
    public Request withMethod(String newVerb, String newMethod, Map<String, Object> newParams) {
        return new Request(newVerb, path, newMethod, variables, newParams, peer, certificate, token, address, lastEventId);
    }

    /** Leaves out parameters and token, which may be secret. */
    @Override
    public String toString() {
        return verb + " " + path + (method == null ? "" : " " + method) + " from " + address;
    }
}
