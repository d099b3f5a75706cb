package eu.conpaas.service.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.conpaas.api.ServiceDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Collectors;

/** Reads a service bundle's {@code service.json}. */
public final class DescriptorReader {
    private DescriptorReader() {
    }

    /**
     * Reads {@code service.json} beside the class (or at the root of its bundle).
     *
     * @throws IllegalArgumentException naming the field that is missing or wrong; a mistake of the bundle's author
     */
    public static ServiceDescriptor of(Class<?> type) {
        try (InputStream in = type.getResourceAsStream("service.json") != null ? type.getResourceAsStream("service.json")
                : type.getResourceAsStream("/service.json")) {
            if (in == null) {
                throw new IllegalArgumentException("service.json: not beside " + type.getName() + " nor at the root of its bundle");
            }
            return read(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("service.json of " + type.getName() + ": " + e.getMessage(), e);
        }
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
