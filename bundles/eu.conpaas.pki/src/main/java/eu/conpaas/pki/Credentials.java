package eu.conpaas.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A key with its certificate and the CA that signed it; in files the triple {@code key.pem}, {@code cert.pem}, {@code ca_cert.pem}.
 */
public record Credentials(PrivateKey key, X509Certificate certificate, X509Certificate ca) {
    public static final String KEY_FILE = "key.pem";
    public static final String CERTIFICATE_FILE = "cert.pem";
    public static final String CA_FILE = "ca_cert.pem";

    /**
     * Reads the three files.
     *
     * @throws IllegalArgumentException naming the file, if one is malformed
     */
    public static Credentials read(Path folder) throws IOException {
        return new Credentials(Pem.readKey(folder.resolve(KEY_FILE)), Pem.readCertificate(folder.resolve(CERTIFICATE_FILE)),
                Pem.readCertificate(folder.resolve(CA_FILE)));
    }

    /** Reads the triple from PEM texts. */
    public static Credentials of(String keyPem, String certificatePem, String caPem) {
        return new Credentials(Pem.readKey(keyPem), Pem.readCertificate(certificatePem), Pem.readCertificate(caPem));
    }

    /** Writes the three files, each readable by its owner only; the folder is made. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Pem.writePrivate(folder.resolve(KEY_FILE), keyPem());
        Pem.writePrivate(folder.resolve(CERTIFICATE_FILE), certificatePem());
        Pem.writePrivate(folder.resolve(CA_FILE), caPem());
    }

    public String keyPem() {
        return Pem.write(key);
    }

    public String certificatePem() {
        return Pem.write(certificate);
    }

    public String caPem() {
        return Pem.write(ca);
    }

    public Identity identity() {
        return Identity.of(certificate);
    }

    @Override
    public String toString() {
        return "Credentials[" + certificate.getSubjectX500Principal() + "]";
    }
}
