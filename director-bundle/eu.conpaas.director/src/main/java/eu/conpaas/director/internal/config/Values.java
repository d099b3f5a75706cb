package eu.conpaas.director.internal.config;

import eu.conpaas.director.internal.fetch.AddressRules.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import eu.conpaas.api.Protocol;
import eu.conpaas.director.internal.config.IniFile.Entry;

/** Reads single values of an INI file; what is wrong is noted in the file with its line, and a usable value given all the same. */
final class Values {
    private final IniFile ini;

    Values(IniFile ini) {
        this.ini = ini;
    }

    Path path(String section, String key, Path fallback) {
        return ini.get(section, key).map(e -> Path.of(e.value())).orElse(fallback);
    }

    int number(String section, String key, int fallback, int min, int max) {
        Entry entry = ini.get(section, key).orElse(null);
        if (entry == null) {
            return fallback;
        }
        try {
            int value = Integer.parseInt(entry.value());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below like a number out of range
        }
        ini.error(entry.line(), key + " must be a whole number from " + min + " to " + max + ", not " + entry.value());
        return fallback;
    }

    boolean flag(String section, String key, String yes, String no, boolean fallback) {
        Entry entry = ini.get(section, key).orElse(null);
        if (entry == null) {
            return fallback;
        }
        String value = entry.value().toLowerCase(Locale.ROOT);
        if (!value.equals(yes) && !value.equals(no)) {
            ini.error(entry.line(), key + " must be " + yes + " or " + no + ", not " + entry.value());
        }
        return value.equals(yes);
    }

    /** One of the words of an enum, in any case. */
    <E extends Enum<E>> E word(String section, String key, Class<E> type, E fallback) {
        Entry entry = ini.get(section, key).orElse(null);
        if (entry == null) {
            return fallback;
        }
        String value = entry.value().toUpperCase(Locale.ROOT);
        List<String> words = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        if (!words.contains(value)) {
            ini.error(entry.line(), key + " must be " + String.join(" or ", words).toLowerCase(Locale.ROOT) + ", not " + entry.value());
            return fallback;
        }
        return Enum.valueOf(type, value);
    }

    /** Digits with K, M, G or T. */
    long size(String section, String key, String fallback) {
        Entry entry = ini.get(section, key).orElse(new Entry(fallback, 0));
        String text = entry.value().toUpperCase(Locale.ROOT);
        if (!text.matches("[0-9]{1,9}[KMGT]?")) {
            ini.error(entry.line(), key + " must be digits with K, M, G or T, not " + entry.value());
            return 0;
        }
        int unit = "KMGT".indexOf(text.charAt(text.length() - 1)) + 1;
        return Long.parseLong(unit > 0 ? text.substring(0, text.length() - 1) : text) << (10 * unit);
    }

    URI url(String section, String key) {
        Entry entry = ini.get(section, key).orElse(null);
        URI url = null;
        if (entry == null) {
            ini.error(0, key + " is missing in [" + section + "]");
        } else {
            url = parsed(entry.value());
            if (url == null) {
                ini.error(entry.line(), key + " must be https://host:port, not " + entry.value());
            }
        }
        return url == null ? URI.create("https://localhost:" + Protocol.PORT) : url;
    }

    private static URI parsed(String text) {
        try {
            URI url = URI.create(text);
            if (!"https".equals(url.getScheme()) || url.getHost() == null) {
                return null;
            }
            return URI.create("https://" + url.getHost() + ":" + (url.getPort() > 0 ? url.getPort() : Protocol.PORT));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** {@code address/length, …}; nothing by default. */
    List<Network> networks(String section, String key) {
        List<Network> networks = new ArrayList<>();
        ini.get(section, key).filter(e -> !e.value().isBlank()).ifPresent(entry -> {
            for (String part : entry.value().split(",")) {
                try {
                    networks.add(Network.parse(part));
                } catch (IllegalArgumentException e) {
                    ini.error(entry.line(), key + ": '" + part.strip() + "' is no network such as 10.0.0.0/8");
                }
            }
        });
        return networks;
    }

    /** {@code address:port, …}; the port may be left out. */
    List<InetSocketAddress> addresses(String section, String key, URI fallback) {
        Entry entry = ini.get(section, key).orElse(new Entry(fallback.getHost() + ":" + fallback.getPort(), 0));
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String part : entry.value().split(",")) {
            String text = part.strip();
            try {
                int colon = text.lastIndexOf(':');
                InetAddress host = InetAddress.getByName(colon < 0 ? text : text.substring(0, colon));
                if (host.isAnyLocalAddress()) {
                    ini.error(entry.line(), key + " must name addresses of this machine, not the wildcard " + text);
                }
                addresses.add(new InetSocketAddress(host, colon < 0 ? fallback.getPort() : Integer.parseInt(text.substring(colon + 1))));
            } catch (UnknownHostException | IllegalArgumentException e) {
                ini.error(entry.line(), key + " has no usable address:port in '" + text + "'");
            }
        }
        return addresses;
    }
}
