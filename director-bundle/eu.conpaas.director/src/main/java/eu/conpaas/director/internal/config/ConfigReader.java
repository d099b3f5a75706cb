package eu.conpaas.director.internal.config;

import eu.conpaas.director.internal.fetch.AddressRules;
import eu.conpaas.director.internal.fetch.FetchRules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.RegistrationPolicy;
import eu.conpaas.director.internal.config.IniFile.Entry;

/** Reads and checks {@code director.cfg}. All errors are told together, each with its line. */
public final class ConfigReader {
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "conpaas", Set.of("CONF_DIR", "CERT_DIR", "VPN_BASE_NETWORK", "VPN_NETMASK", "VPN_SERVICE_BITS", "VPN_BOOTSTRAP_NODES", "MAX_CREDIT",
                    "INITIAL_CREDIT", "ENFORCE_CREDIT", "REGISTRATION"),
            "director", Set.of("DEBUG", "DATABASE_URI", "USERDATA_DIR", "DIRECTOR_URL", "LISTEN", "LEASE", "HEARTBEAT", "BOOT_TIMEOUT", "CERT_DAYS",
                    "CONTENT_QUOTA", "EXPORT_DAYS", "FETCH_ALLOW", "FETCH_LIMIT", "FETCH_TIMEOUT", "NODE_PRODUCT"));

    private final IniFile ini;
    private final Values values;

    private ConfigReader(IniFile ini) {
        this.ini = ini;
        this.values = new Values(ini);
    }

    /** @throws ApiException BAD_REQUEST with every error, one a line */
    public static DirectorConfig read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file), file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "The configuration " + file + " cannot be read: " + e.getMessage(),
                    "Run 'director init', or set DIRECTOR_CFG to the right file.", e);
        }
    }

    /** @param folder where the file stands: CONF_DIR unless it names another */
    public static DirectorConfig parse(String name, String text, Path folder) {
        IniFile ini = IniFile.parse(name, text);
        DirectorConfig config = new ConfigReader(ini).build(folder);
        if (!ini.errors().isEmpty()) {
            throw new ApiException(ErrorCode.BAD_REQUEST, String.join("\n", ini.errors()), "Correct these lines and start again.");
        }
        return config;
    }

    private DirectorConfig build(Path folder) {
        checkKeys();
        List<CloudSection> clouds = clouds();
        checkSections(clouds);
        Path conf = values.path("conpaas", "CONF_DIR", folder);
        URI url = values.url("director", "DIRECTOR_URL");
        int max = maxCredit();
        int heartbeat = values.number("director", "HEARTBEAT", 2, 1, 600);
        int shortest = 2 * heartbeat;
        return new DirectorConfig(conf, values.path("conpaas", "CERT_DIR", conf.resolve("certs")), database(conf),
                values.path("director", "USERDATA_DIR", conf.resolve("data")), url, values.addresses("director", "LISTEN", url), max,
                values.number("conpaas", "INITIAL_CREDIT", max, 0, max), values.flag("conpaas", "ENFORCE_CREDIT", "true", "false", true),
                values.word("conpaas", "REGISTRATION", RegistrationPolicy.class, RegistrationPolicy.OPEN),
                Duration.ofSeconds(values.number("director", "LEASE", Math.max(6, shortest), shortest, 3600)), Duration.ofSeconds(heartbeat),
                Duration.ofSeconds(values.number("director", "BOOT_TIMEOUT", 300, 5, 7200)),
                Duration.ofDays(values.number("director", "CERT_DAYS", 7, 1, 365)),
                Duration.ofDays(values.number("director", "EXPORT_DAYS", 7, 1, 365)), values.size("director", "CONTENT_QUOTA", "10G"), fetch(),
                values.path("director", "NODE_PRODUCT", null), clouds);
    }

    private FetchRules fetch() {
        return new FetchRules(new AddressRules(values.networks("director", "FETCH_ALLOW")), values.size("director", "FETCH_LIMIT", "4G"),
                Duration.ofSeconds(values.number("director", "FETCH_TIMEOUT", 1800, 1, 86_400)));
    }

    private void checkKeys() {
        KNOWN.forEach((section, keys) -> {
            Map<String, Entry> present = ini.section(section);
            if (present != null) {
                present.forEach((key, entry) -> {
                    if (!keys.contains(key)) {
                        ini.error(entry.line(), "unknown key " + key + " in [" + section + "]; known are " + String.join(", ", new TreeSet<>(keys)));
                    }
                });
            }
        });
    }

    /** A section nobody reads is a misspelt one, or a cloud that was forgotten in OTHER_CLOUDS. */
    private void checkSections(List<CloudSection> clouds) {
        Set<String> read = new HashSet<>(KNOWN.keySet());
        read.add("iaas");
        clouds.forEach(cloud -> read.add(cloud.name().toLowerCase(Locale.ROOT)));
        ini.sections().forEach((section, line) -> {
            if (!read.contains(section)) {
                ini.error(line, "unknown section [" + section + "]; a cloud's section is named in OTHER_CLOUDS of [iaas]");
            }
        });
    }

    private Path database(Path conf) {
        Entry entry = ini.get("director", "DATABASE_URI").orElse(null);
        if (entry == null) {
            return conf.resolve("director.db");
        }
        if (!entry.value().startsWith("sqlite:///")) {
            ini.error(entry.line(), "DATABASE_URI must be sqlite:////absolute/file, not " + entry.value());
            return conf;
        }
        return Path.of(entry.value().substring("sqlite:///".length()));
    }

    /** As in 1.3.1, a maximum that makes no sense counts as the default. */
    private int maxCredit() {
        try {
            int value = Integer.parseInt(ini.get("conpaas", "MAX_CREDIT").map(Entry::value).orElse("50"));
            return value < 0 ? 50 : value;
        } catch (NumberFormatException e) {
            return 50;
        }
    }

    private List<CloudSection> clouds() {
        List<CloudSection> clouds = new ArrayList<>();
        if (ini.section("iaas") == null) {
            ini.error(0, "section [iaas] with the default cloud is missing");
            return clouds;
        }
        clouds.add(cloud(CloudSection.DEFAULT, ini.section("iaas")));
        Entry others = ini.get("iaas", "OTHER_CLOUDS").orElse(new Entry("", 0));
        for (String part : others.value().split(",")) {
            String name = part.strip();
            Map<String, Entry> section = ini.section(name);
            if (!name.isEmpty() && section == null) {
                ini.error(others.line(), "OTHER_CLOUDS names " + name + ", but there is no section [" + name + "]");
            } else if (!name.isEmpty()) {
                clouds.add(cloud(name, section));
            }
        }
        return clouds;
    }

    private CloudSection cloud(String name, Map<String, Entry> section) {
        Entry driver = section.get("DRIVER");
        if (driver == null || driver.value().isEmpty()) {
            ini.error(section.values().stream().mapToInt(Entry::line).min().orElse(0), "DRIVER is missing for cloud " + name);
            driver = new Entry("", 0);
        }
        Map<String, String> options = new HashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        section.forEach((key, entry) -> {
            options.put(key, entry.value());
            lines.put(key, entry.line());
        });
        return new CloudSection(name, driver.value().toLowerCase(Locale.ROOT), options, lines);
    }
}
