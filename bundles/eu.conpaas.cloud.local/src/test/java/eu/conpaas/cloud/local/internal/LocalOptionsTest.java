package eu.conpaas.cloud.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.VmRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalOptionsTest {
    @Test
    void defaults() {
        LocalOptions options = LocalOptions.of(Map.of("DRIVER", "local"));
        assertNull(options.mode());
        assertNull(options.subnet());
        assertEquals(new Size("medium", 1L << 30, 2), options.size(null));
        assertEquals(512L << 20, options.size("small").memory());
        assertEquals(List.of("small", "medium", "large"), List.copyOf(options.sizes().keySet()));
    }

    @Test
    void given() {
        LocalOptions options = LocalOptions.of(Map.of("MODE", "loopback", "SUBNET", "192.168.44.0/24", "SIZES", "one=256M/0.5cpu, two=3G/2"));
        assertEquals(Mode.LOOPBACK, options.mode());
        assertEquals("192.168.44", options.subnet());
        assertEquals(new Size("one", 256L << 20, 0.5), options.size(null));
        assertEquals(3L << 30, options.size("two").memory());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"MODE|root", "SUBNET|8.8.8.0/24", "SUBNET|10.1.2.0/16", "SUBNET|10.1.999.0/24", "SIZES|a=1T/1", "SIZES|a=1G/0",
        "DEFAULT_SIZE|huge", "VISIBLE|relative", "VISIBLE|/opt/../root", "SUBNETT|10.1.2.0/24"})
    void wrongOnesAreNamed(String key, String value) {
        CloudException e = assertThrows(CloudException.class, () -> LocalOptions.of(Map.of(key, value)));
        assertEquals(CloudException.Kind.BAD_REQUEST, e.kind());
        assertTrue(e.getMessage().startsWith(key + ":"), e.getMessage());
    }

    @Test
    void everyKeyHasHelp() {
        assertEquals(LocalOptions.KEYS, new LocalCloudDriver().keys());
        LocalOptions.KEYS.values().forEach(help -> assertTrue(help.length() > 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "../x", "-rf", "a\nb", "a;b", "$(id)", "ä"})
    void nothingStrangeBecomesAPathOrAName(String text) {
        assertThrows(CloudException.class, () -> Requests.check(new VmRequest(text, "n", null, "{}", null, false)));
        assertThrows(CloudException.class, () -> Requests.check(new VmRequest("t", text, null, "{}", null, false)));
        assertThrows(CloudException.class, () -> Requests.check(new VmRequest("t", "n", null, "{}", text, false)));
        assertThrows(CloudException.class, () -> Requests.key(text));
    }
}
