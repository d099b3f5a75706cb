package eu.conpaas.service.web.doc;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** What manager and agents of the service tell each other, as records on both sides and plain maps between. */
public final class Docs {
    private static final JsonMapper MAPPER = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private Docs() {
    }

    /** @throws IllegalArgumentException if the map has not the shape of the record */
    public static <T> T read(Map<String, Object> map, Class<T> type) {
        return MAPPER.convertValue(map, type);
    }

    public static Map<String, Object> write(Object doc) {
        return MAPPER.convertValue(doc, new TypeReference<>() { });
    }
}
