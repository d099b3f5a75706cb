package eu.conpaas.director.internal.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.InstanceSpec;
import eu.conpaas.api.ServiceDescriptor.ManifestField;
import eu.conpaas.director.internal.manifest.Manifest.Entry;
import eu.conpaas.director.internal.service.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the JSON of a manifest. All that is wrong with its form is told together, each with its place. */
public final class ManifestReader {
    private static final int MAX_SERVICES = 100;
    private static final int MAX_NAME = 256;
    private static final int MAX_COUNT = 10_000;
    private static final Set<String> TOP = Set.of("Application", "Description", "Services");
    private static final Set<String> COMMON = Set.of("Type", "ServiceName", "Cloud", "Start", "StartupScript", "StartupInstances");
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private final Types types;
    private final List<String> errors = new ArrayList<>();

    private ManifestReader(Types types) {
        this.types = types;
    }

    /** @throws ApiException INVALID_ARGUMENT with all that is wrong */
    public static Manifest read(String json, Types types) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")";
            throw invalid("The manifest is no JSON: " + e.getOriginalMessage() + place + ".", e);
        }
        ManifestReader reader = new ManifestReader(types);
        Manifest manifest = reader.manifest(root);
        if (!reader.errors.isEmpty()) {
            throw invalid(String.join("\n", reader.errors), null);
        }
        return manifest;
    }

    private static ApiException invalid(String what, Exception reason) {
        return new ApiException(ErrorCode.INVALID_ARGUMENT, what, "Correct the manifest; nothing has been done.", reason);
    }

    private Manifest manifest(JsonNode root) {
        if (root == null || !root.isObject()) {
            throw invalid("The manifest is no JSON object.", null);
        }
        unknown(root, TOP, "");
        String name = text(root, "Application", "Application");
        if (name == null) {
            errors.add("Application: the name of the application is missing");
        }
        List<Entry> services = new ArrayList<>();
        JsonNode list = root.path("Services");
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            errors.add("Services: must be a list");
        }
        if (list.size() > MAX_SERVICES) {
            errors.add("Services: " + list.size() + " are more than " + MAX_SERVICES);
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < list.size() && i < MAX_SERVICES; i++) {
            Entry entry = service(list.get(i), "Services[" + i + "]");
            if (entry != null) {
                services.add(entry);
                if (entry.name() != null && !names.add(entry.name())) {
                    errors.add("Services[" + i + "].ServiceName: '" + entry.name() + "' is there twice");
                }
            }
        }
        return new Manifest(name, root.path("Description").isNull() ? null : root.path("Description").asText(null), services);
    }

    private void unknown(JsonNode object, Set<String> known, String place) {
        object.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                errors.add(place + key + ": is no key here; there is " + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }

    private Entry service(JsonNode service, String place) {
        String type = service.isObject() ? text(service, "Type", place + ".Type") : null;
        if (type == null) {
            errors.add(place + (service.isObject() ? ".Type: is missing" : ": must be an object"));
            return null;
        }
        if (!types.names().contains(type)) {
            errors.add(place + ".Type: there is no service type '" + type + "' here; there is " + String.join(", ", types.names()));
            return null;
        }
        ServiceDescriptor descriptor = types.descriptor(type);
        Map<String, Object> fields = new LinkedHashMap<>();
        Set<String> known = new LinkedHashSet<>(COMMON);
        for (ManifestField field : fields(descriptor)) {
            known.add(field.name());
            JsonNode value = service.path(field.name());
            if (!value.isMissingNode() && !value.isNull()) {
                Object read = value(field, value, place + "." + field.name());
                if (read != null) {
                    fields.put(field.name(), read);
                }
            }
        }
        unknown(service, known, place + ".");
        return new Entry(type, text(service, "ServiceName", place + ".ServiceName"), text(service, "Cloud", place + ".Cloud"), start(service.path("Start"), place + ".Start"),
                text(service, "StartupScript", place + ".StartupScript"), instances(descriptor, service.path("StartupInstances"), place + ".StartupInstances"), fields);
    }

    static List<ManifestField> fields(ServiceDescriptor descriptor) {
        return descriptor.manifest() == null ? List.of() : descriptor.manifest().fields();
    }

    /** The keys of StartupInstances. */
    static List<InstanceSpec> instances(ServiceDescriptor descriptor) {
        return descriptor.manifest() == null || descriptor.manifest().instances().isEmpty()
                ? descriptor.roles().stream().map(r -> new InstanceSpec(r.id(), r.id(), 0)).toList() : descriptor.manifest().instances();
    }

    private String text(JsonNode object, String key, String place) {
        JsonNode value = object.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        String text = value.asText().strip();
        boolean url = key.equals("StartupScript");
        if (!value.isTextual() || text.isEmpty() || text.length() > (url ? 2000 : MAX_NAME) || text.chars().anyMatch(c -> c < ' ' || c == 127)) {
            errors.add(place + ": must be a text of up to " + (url ? 2000 : MAX_NAME) + " plain characters");
            return null;
        }
        return text;
    }

    private Boolean start(JsonNode value, String place) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return switch (value.asText()) {
            case "1", "true" -> Boolean.TRUE;
            case "0", "false" -> Boolean.FALSE;
            default -> {
                errors.add(place + ": must be 0 or 1");
                yield null;
            }
        };
    }

    private Map<String, Integer> instances(ServiceDescriptor descriptor, JsonNode object, String place) {
        Map<String, Integer> instances = new LinkedHashMap<>();
        if (object.isMissingNode() || object.isNull()) {
            return instances;
        }
        if (!object.isObject()) {
            errors.add(place + ": must be an object");
            return instances;
        }
        List<String> keys = instances(descriptor).stream().map(InstanceSpec::key).toList();
        object.properties().forEach(entry -> {
            String number = entry.getValue().asText();
            if (!keys.contains(entry.getKey())) {
                errors.add(place + "." + entry.getKey() + ": is no key here; there is " + String.join(", ", keys));
            } else if (!number.matches("[0-9]{1,5}") || Integer.parseInt(number) > MAX_COUNT) {
                errors.add(place + "." + entry.getKey() + ": must be a whole number from 0 to " + MAX_COUNT);
            } else {
                instances.put(entry.getKey(), Integer.parseInt(number));
            }
        });
        return instances;
    }

    private Object value(ManifestField field, JsonNode value, String place) {
        if (field.type().equals("object")) {
            if (!value.isObject()) {
                errors.add(place + ": must be an object");
                return null;
            }
            Map<String, Object> map = new LinkedHashMap<>();
            value.properties().forEach(e -> {
                if (e.getValue().isContainerNode()) {
                    errors.add(place + "." + e.getKey() + ": must be a text, a number, or null");
                } else {
                    map.put(e.getKey(), e.getValue().isNull() ? null : e.getValue().asText());
                }
            });
            return map;
        }
        boolean plain = value.getNodeType() == JsonNodeType.STRING || value.getNodeType() == JsonNodeType.NUMBER;
        if (!plain || value.asText().isEmpty() || value.asText().length() > 10_000) {
            errors.add(place + ": must be a text");
            return null;
        }
        return value.asText();
    }
}
