package eu.conpaas.service.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.conpaas.api.ServiceDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Collectors;

/** Reads a service bundle's {@code service.json}. */
public final class DescriptorReader {
    private static final String FILE = "service.json";

    private DescriptorReader() {
    }

    /**
     * Reads {@code service.json} beside the class (or at the root of its bundle).
     *
     * @throws IllegalArgumentException naming the field that is missing or wrong; a mistake of the bundle's author
     */
    public static ServiceDescriptor of(Class<?> type) {
        try (InputStream in = open(type, FILE)) {
            return read(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("service.json of " + type.getName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads the descriptor of a second type of the same bundle, which is the first with some differences. What the file has stands in place of what
     * {@code service.json} has; of lists, the elements with the same {@code id} or {@code name} are so changed, and others are added.
     *
     * @param file beside the class (or at the root of its bundle)
     * @throws IllegalArgumentException as {@link #of}
     */
    public static ServiceDescriptor variant(Class<?> type, String file) {
        ObjectMapper json = new ObjectMapper();
        try (InputStream first = open(type, FILE); InputStream differences = open(type, file)) {
            return read(new ByteArrayInputStream(json.writeValueAsBytes(changed(json.readTree(first), json.readTree(differences)))));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " of " + type.getName() + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode changed(JsonNode first, JsonNode differences) {
        if (first instanceof ObjectNode object && differences instanceof ObjectNode other) {
            other.properties().forEach(p -> object.set(p.getKey(), object.has(p.getKey()) ? changed(object.get(p.getKey()), p.getValue()) : p.getValue()));
            return object;
        }
        if (first instanceof ArrayNode array && differences instanceof ArrayNode others && !others.isEmpty() && name(others.get(0)) != null) {
            others.forEach(other -> {
                for (JsonNode element : array) {
                    if (name(other).equals(name(element))) {
                        changed(element, other);
                        return;
                    }
                }
                array.add(other);
            });
            return array;
        }
        return differences;
    }

    private static String name(JsonNode element) {
        return element.has("id") ? element.get("id").asText() : element.has("name") ? element.get("name").asText() : null;
    }

    private static InputStream open(Class<?> type, String file) {
        InputStream beside = type.getResourceAsStream(file);
        InputStream in = beside != null ? beside : type.getResourceAsStream("/" + file);
        if (in == null) {
            throw new IllegalArgumentException(file + ": not beside " + type.getName() + " nor at the root of its bundle");
        }
        return in;
    }

    /** @throws IllegalArgumentException naming the field that is missing or wrong */
    public static ServiceDescriptor read(InputStream json) throws IOException {
        ServiceDescriptor descriptor;
        try {
            descriptor = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build().readValue(json, ServiceDescriptor.class);
        } catch (JsonMappingException e) {
            String field = e.getPath().stream().map(r -> r.getFieldName() != null ? "." + r.getFieldName() : "[" + r.getIndex() + "]")
                    .collect(Collectors.joining());
            throw new IllegalArgumentException("service.json: " + (field.isEmpty() ? "" : field.replaceFirst("^\\.", "") + ": ") + e.getOriginalMessage(), e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("service.json: line " + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ": "
                    + e.getOriginalMessage(), e);
        }
        new DescriptorCheck(descriptor).run();
        return descriptor;
    }
}
