package eu.conpaas.director.internal.admin;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

import eu.conpaas.api.Protocol;
import eu.conpaas.director.internal.config.ConfigReader;
import eu.conpaas.director.internal.config.DirectorConfig;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.pki.CertificateAuthority;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Identity;

/** Makes a director's folder: configuration, CA, certificate, database. Run again it keeps all of them and reissues the certificate. */
public final class Setup {
    private static final Duration LIFE = Duration.ofDays(5 * 365);
    private final Path configFile;

    public Setup(Path configFile) {
        this.configFile = configFile.toAbsolutePath();
    }

    /**
     * Does it.
     *
     * @param host    host name or address, perhaps with {@code :port}; null to keep the present one
     * @param enforce whether users without credits are stopped; counts only where there is no configuration yet
     * @return what was done, line by line
     */
    public List<String> run(String host, boolean enforce) throws IOException {
        Files.createDirectories(configFile.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        boolean fresh = !Files.exists(configFile);
        if (fresh) {
            // clouds' credentials will stand in it
            Files.createFile(configFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(configFile, template(url(host == null ? "localhost" : host), enforce));
        } else if (host != null) {
            Files.writeString(configFile, withUrl(Files.readString(configFile), url(host)));
        }
        DirectorConfig config = ConfigReader.read(configFile);
        boolean made = !CertificateAuthority.exists(config.certDir());
        CertificateAuthority authority = made ? CertificateAuthority.create(config.certDir()) : CertificateAuthority.load(config.certDir());
        Credentials credentials = authority.issue(Identity.director(config.host(), "info@conpaas.eu"), LIFE, List.of(config.host()));
        credentials.write(config.certDir());
        new Database(config.database()).close();
        return List.of((fresh ? "Wrote " : "Kept ") + configFile, (made ? "Made a CA in " : "Kept the CA in ") + config.certDir(),
                "Issued the director's certificate for " + config.host(), "Database " + config.database(), "CA fingerprint (SHA-256): " + authority.fingerprint());
    }

    private static String url(String host) {
        boolean port = host.matches(".*:[0-9]+$");
        return "https://" + host + (port ? "" : ":" + Protocol.PORT);
    }

    private static String withUrl(String text, String url) {
        return text.replaceAll("(?m)^\\s*DIRECTOR_URL\\s*=.*$", "DIRECTOR_URL = " + url);
    }

    private static String template(String url, boolean enforce) throws IOException {
        try (var in = Setup.class.getResourceAsStream("director.cfg")) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return text.replace("%DIRECTOR_URL%", URI.create(url).toString()).replace("%ENFORCE_CREDIT%", Boolean.toString(enforce));
        }
    }
}
