package eu.conpaas.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import eu.conpaas.rpc.internal.TimeModule;

/**
 * JSON as everybody here writes it: records by component name, instants and durations as ISO 8601 text, enums by name, unknown fields
 * ignored on reading, null fields written.
 */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new TimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
            .build();

    static {
        MAPPER.getFactory().setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).maxStringLength(20 << 20).build());
    }

    private Json() {
    }

    /** The shared mapper, not to be configured further. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Indented, for people. */
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In ASCII only and on one line, fit for a header. */
    public static String ascii(Object value) {
        try {
            return MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException if the text is not JSON of this shape */
    public static <T> T read(String text, Class<T> type) {
        return read(MAPPER.readerFor(type), text);
    }

    /** @throws IllegalArgumentException if the text is not JSON of this shape */
    public static <T> T read(String text, TypeReference<T> type) {
        return read(MAPPER.readerFor(type), text);
    }

    /** @throws IllegalArgumentException if the bytes are not JSON of this shape */
    public static <T> T read(byte[] bytes, JavaType type) {
        try {
            return MAPPER.readerFor(type).readValue(bytes);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** @throws IllegalArgumentException if the stream's content is not JSON of this shape */
    public static <T> T read(InputStream in, Class<T> type) throws IOException {
        try {
            return MAPPER.readerFor(type).readValue(in);
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    /** @throws IllegalArgumentException if it is not a JSON object */
    public static Map<String, Object> map(String text) {
        return read(text, new TypeReference<Map<String, Object>>() { });
    }

    /** @throws IllegalArgumentException if it is not JSON */
    public static JsonNode tree(String text) {
        return read(MAPPER.readerFor(JsonNode.class), text);
    }

    /** Turns maps, lists and plain values into a type. @throws IllegalArgumentException if they do not fit */
    public static <T> T convert(Object value, Class<T> type) {
        return MAPPER.convertValue(value, type);
    }

    /** Turns maps, lists and plain values into a type. @throws IllegalArgumentException if they do not fit */
    public static <T> T convert(Object value, JavaType type) {
        return MAPPER.convertValue(value, type);
    }

    /** A type with arguments, such as {@code List<NodeView>}. */
    public static JavaType listOf(Class<?> element) {
        return MAPPER.getTypeFactory().constructCollectionType(java.util.List.class, element);
    }

    private static <T> T read(ObjectReader reader, String text) {
        try {
            return reader.readValue(text);
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    /** Without the source's text, which may hold a secret. */
    private static IllegalArgumentException malformed(IOException e) {
        String message = e instanceof JsonProcessingException j ? j.getOriginalMessage() : e.getMessage();
        return new IllegalArgumentException("not the JSON expected: " + message, e);
    }
}
