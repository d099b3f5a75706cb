package eu.conpaas.pki.internal;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.KeyMaterial;

/** Answers with whatever credentials are current. The chain ends in the CA, so that a peer that only has a fingerprint can check it. */
public final class SwappableKeyManager extends X509ExtendedKeyManager {
    private static final String EC = "EC";
    private final KeyMaterial keys;

    public SwappableKeyManager(KeyMaterial keys) {
        this.keys = keys;
    }

    /** The alias holds the serial number: the key asked for later is then the one of the certificate chosen now, or none. */
    private String alias(String type) {
        Credentials credentials = keys.current();
        return credentials == null || !EC.equals(type) ? null : credentials.certificate().getSerialNumber().toString();
    }

    private Credentials find(String alias) {
        Credentials credentials = keys.current();
        return credentials != null && credentials.certificate().getSerialNumber().toString().equals(alias) ? credentials : null;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        return Arrays.asList(types).contains(EC) ? alias(EC) : null;
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
        return chooseClientAlias(types, issuers, null);
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return alias(type);
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
        return alias(type);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        Credentials c = find(alias);
        return c == null ? null : new X509Certificate[] {c.certificate(), c.ca()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        Credentials c = find(alias);
        return c == null ? null : c.key();
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
        String alias = alias(type);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
        return getClientAliases(type, issuers);
    }
}
