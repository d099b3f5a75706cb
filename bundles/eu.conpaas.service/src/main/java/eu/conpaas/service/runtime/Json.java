package eu.conpaas.service.runtime;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** Plain JSON of the SDK's own files and messages; unknown fields are those of a later release and are passed over. */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {
    };

    private Json() {
    }

    /** A record as a map of JSON values. */
    static Map<String, Object> map(Object value) {
        return MAPPER.convertValue(value, MAP);
    }

    /** A map of JSON values as a record. */
    static <T> T as(Object map, Class<T> type) {
        return MAPPER.convertValue(map, type);
    }
}
