package eu.conpaas.service.manager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The hash by which manager and agent find out whether a role has the configuration it should have. */
public final class ConfigurationHash {
    private static final JsonMapper SORTED = JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private ConfigurationHash() {
    }

    /** SHA-256 (hex) of the configuration's JSON with sorted keys. @throws IllegalArgumentException if it cannot be written as JSON */
    public static String of(Map<String, Object> configuration) {
        try {
            Object plain = SORTED.readValue(SORTED.writeValueAsBytes(configuration), Map.class);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(SORTED.writeValueAsBytes(plain)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a configuration holds JSON values only: " + e.getOriginalMessage(), e);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException("a configuration holds JSON values only", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
