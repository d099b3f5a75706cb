package eu.conpaas.rpc.internal;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;

/** Instants and durations as ISO 8601 text. */
public final class TimeModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    public TimeModule() {
        super("conpaas-time");
        addSerializer(Instant.class, new ToStringSerializer(Instant.class));
        addSerializer(Duration.class, new ToStringSerializer(Duration.class));
        addDeserializer(Instant.class, new Parsed<>(Instant.class, Instant::parse));
        addDeserializer(Duration.class, new Parsed<>(Duration.class, Duration::parse));
    }

    private static final class Parsed<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<String, T> parser;

        Parsed(Class<T> type, Function<String, T> parser) {
            super(type);
            this.parser = parser;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String text = in.getValueAsString();
            try {
                return text == null ? null : parser.apply(text);
            } catch (DateTimeException e) {
                throw context.weirdStringException(text, _valueClass, "not ISO 8601");
            }
        }
    }
}
