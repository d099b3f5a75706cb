package eu.conpaas.director.internal.manifest;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.InstanceSpec;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;
import eu.conpaas.api.ServiceDescriptor.SettingSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** What has to be changed so that a service is as its manifest says, and how that is told to people. */
final class Differences {
    private Differences() {
    }

    /** Settings that have to be set; those the manifest does not name go back to their defaults. */
    static Map<String, Object> settings(ServiceDescriptor descriptor, DesiredState now, Map<?, ?> wanted) {
        Map<String, Object> changes = new TreeMap<>();
        wanted.forEach((id, value) -> {
            String before = now.settings().get(id.toString());
            String fallback = descriptor.setting(id.toString()).map(SettingSpec::defaultValue).orElse(null);
            if (value != null && !value.equals(before == null ? fallback : before)) {
                changes.put(id.toString(), value);
            }
        });
        now.settings().forEach((id, value) -> {
            String fallback = descriptor.setting(id).map(SettingSpec::defaultValue).orElse(null);
            if (!wanted.containsKey(id) && fallback != null && !fallback.equals(value)) {
                changes.put(id, fallback);
            }
        });
        return changes;
    }

    /** All variables as they shall be; null stands for the value there is. */
    static Map<String, Object> environment(DesiredState now, Map<?, ?> wanted) {
        Map<String, Object> all = new TreeMap<>();
        wanted.forEach((name, value) -> {
            Object kept = value == null ? now.environment().get(name.toString()) : value;
            if (kept != null) {
                all.put(name.toString(), kept);
            }
        });
        return all;
    }

    /** Counters of roles as they shall be. */
    static Map<String, Integer> counts(ServiceDescriptor descriptor, DesiredState now, Map<String, Integer> instances) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (InstanceSpec spec : ManifestReader.instances(descriptor)) {
            Integer number = instances.get(spec.key());
            if (number != null) {
                int least = descriptor.role(spec.role()).map(RoleSpec::min).orElse(0);
                int wanted = Math.max(least, number + spec.offset());
                if (wanted != now.counts().getOrDefault(spec.role(), 0)) {
                    counts.put(spec.role(), wanted);
                }
            }
        }
        return counts;
    }

    /** {@code memory_limit 128M → 256M, …}; values of variables are not shown. */
    static String shown(Map<String, ?> before, Map<String, ?> after, boolean values) {
        List<String> lines = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            Object from = before.get(name);
            Object to = after.get(name);
            if (!Objects.equals(from, to)) {
                String verb = from == null ? "set " : to == null ? "remove " : "change ";
                lines.add(values ? name + " " + (from == null ? "(default)" : from) + " → " + to : verb + name);
            }
        }
        return String.join(", ", lines);
    }
}
