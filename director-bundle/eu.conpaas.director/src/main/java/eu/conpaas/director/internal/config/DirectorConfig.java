package eu.conpaas.director.internal.config;

import eu.conpaas.director.internal.fetch.FetchRules;
import eu.conpaas.api.RegistrationPolicy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What {@code director.cfg} says, checked.
 *
 * @param confDir       CONF_DIR: configuration and, unless named apart, all data
 * @param certDir       CERT_DIR: CA and the director's own certificate
 * @param database      file of DATABASE_URI
 * @param userData      USERDATA_DIR: content store
 * @param url           DIRECTOR_URL: what clients and nodes call
 * @param listen        LISTEN: addresses the server binds, never the wildcard
 * @param maxCredit     MAX_CREDIT: most that INITIAL_CREDIT may be
 * @param initialCredit INITIAL_CREDIT: credits of a new user
 * @param enforceCredit ENFORCE_CREDIT: whether users without credits are stopped
 * @param registration  REGISTRATION: who may make an account for themselves
 * @param lease         LEASE: time without heartbeat after which a node counts as dead
 * @param heartbeat     HEARTBEAT: time between heartbeats
 * @param bootTimeout   BOOT_TIMEOUT: time a node has from its order to its first heartbeat
 * @param certificate   CERT_DAYS: life of node certificates
 * @param exportLife    EXPORT_DAYS: how long exports of applications are kept
 * @param contentQuota  CONTENT_QUOTA: bytes each user may keep in the content store
 * @param fetch         FETCH_ALLOW, FETCH_LIMIT, FETCH_TIMEOUT: what users may have fetched
 * @param nodeProduct   NODE_PRODUCT: folder of the unpacked node product, or null
 * @param clouds        the default cloud first
 */
public record DirectorConfig(Path confDir, Path certDir, Path database, Path userData, URI url, List<InetSocketAddress> listen,
        int maxCredit, int initialCredit, boolean enforceCredit, RegistrationPolicy registration, Duration lease, Duration heartbeat,
        Duration bootTimeout, Duration certificate, Duration exportLife, long contentQuota, FetchRules fetch, Path nodeProduct, List<CloudSection> clouds) {
    public DirectorConfig {
        listen = List.copyOf(listen);
        clouds = List.copyOf(clouds);
    }

    public DirectorConfig withNodeProduct(Path product) {
        return new DirectorConfig(confDir, certDir, database, userData, url, listen, maxCredit, initialCredit, enforceCredit, registration, lease, heartbeat,
                bootTimeout, certificate, exportLife, contentQuota, fetch, product, clouds);
    }

    public String host() {
        return url.getHost();
    }
}
