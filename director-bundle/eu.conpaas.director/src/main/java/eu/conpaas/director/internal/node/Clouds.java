package eu.conpaas.director.internal.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudConfig;
import eu.conpaas.cloud.CloudDriver;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.director.internal.config.CloudSection;
import eu.conpaas.director.internal.config.DirectorConfig;

/** The configured clouds, opened when first used; their drivers may come later than the director. */
public final class Clouds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Clouds.class);

    private final DirectorConfig config;
    private final String installation;
    private final Map<String, CloudDriver> drivers;
    private final Map<String, Cloud> open = new ConcurrentHashMap<>();
    private final Map<String, String> troubles = new ConcurrentHashMap<>();

    /** @param drivers by id; may change at any time */
    public Clouds(DirectorConfig config, String installation, Map<String, CloudDriver> drivers) {
        this.config = config;
        this.installation = installation;
        this.drivers = drivers;
    }

    public List<String> names() {
        return config.clouds().stream().map(CloudSection::name).toList();
    }

    /** Name under which a cloud's services were stored by 1.3.1 ({@code iaas}) or are now. */
    public static String canonical(String name) {
        return name == null || name.isBlank() || name.equals("iaas") ? CloudSection.DEFAULT : name;
    }

    /** Name of a cloud as 1.3.1 shows it with a service. */
    public static String shown(String name) {
        return name.equals(CloudSection.DEFAULT) ? "iaas" : name;
    }

    /** @throws ApiException NOT_FOUND for a name that is not configured, CLOUD if it cannot be opened */
    public Cloud get(String name) {
        Cloud cloud = open.get(name);
        return cloud != null ? cloud : open(section(name));
    }

    private CloudSection section(String name) {
        return config.clouds().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND,
                "Unknown cloud: " + name, "Available: " + String.join(", ", names()) + "."));
    }

    public Map<String, String> options(String name) {
        return section(name).options();
    }

    private synchronized Cloud open(CloudSection section) {
        Cloud known = open.get(section.name());
        if (known != null) {
            return known;
        }
        CloudDriver driver = drivers.get(section.driver());
        if (driver == null) {
            throw new ApiException(ErrorCode.CLOUD, "Cloud " + section.name() + " needs the driver " + section.driver() + ", which is not installed.",
                    "Correct DRIVER (line " + section.line() + " of director.cfg), or install its bundle.");
        }
        try {
            Path folder = config.confDir().resolve("clouds").resolve(section.name());
            Cloud cloud = driver.open(new CloudConfig(section.name(), installation, folder, config.nodeProduct(), section.options()));
            open.put(section.name(), cloud);
            return cloud;
        } catch (CloudException e) {
            throw error(section.name(), new CloudException(e.kind(), section.located(e.getMessage()), e));
        }
    }

    /** All clouds that can be opened now. */
    public Map<String, Cloud> usable() {
        Map<String, Cloud> usable = new LinkedHashMap<>();
        for (String name : names()) {
            try {
                usable.put(name, get(name));
            } catch (ApiException e) {
                LOG.warn("{}", e.error().cause());
            }
        }
        return usable;
    }

    /** Kind of a cloud. */
    public String driver(String name) {
        return section(name).driver();
    }

    /** Notes whether a cloud has answered. {@code trouble}: what it said else, or null */
    void heard(String name, String trouble) {
        troubles.put(name, trouble == null ? "" : trouble);
    }

    /** Why a cloud cannot be used, as far as is known, or null. */
    public String trouble(String name) {
        try {
            get(name);
        } catch (ApiException e) {
            return e.error().cause();
        }
        String last = troubles.getOrDefault(name, "");
        return last.isEmpty() ? null : last;
    }

    /** Notices of a cloud, empty if it cannot be opened. */
    public List<String> notices(String name) {
        List<String> notices = new ArrayList<>();
        Cloud cloud = open.get(name);
        if (cloud != null) {
            notices.addAll(cloud.notices());
        }
        return notices;
    }

    /** How a cloud's failure is told to people. */
    public static ApiException error(String cloud, CloudException e) {
        String next = switch (e.kind()) {
            case CAPACITY -> "Try again later, or use another cloud.";
            case QUOTA -> "Remove nodes, or ask your administrator to raise the account's limit.";
            case AUTH -> "Ask your administrator to check the cloud's credentials.";
            case THROTTLED, UNREACHABLE -> "Try again in a few minutes.";
            case NOT_FOUND, BAD_REQUEST -> "Ask your administrator to check the cloud's section in director.cfg.";
        };
        return new ApiException(ErrorCode.CLOUD, "Cloud " + cloud + ": " + e.kind() + ": " + e.getMessage(), next, e);
    }

    @Override
    public void close() {
        open.values().forEach(Cloud::close);
        open.clear();
    }
}
