package eu.conpaas.service.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Published;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private static final Published FIRST = new Published(1, "My DB", "mysql", List.of("address", "port", "read_address"),
            Map.of("address", "10.0.0.1", "port", "3306"), Map.of("MYSQL_IP", "10.0.0.1"));
    private static final Published SECOND = new Published(2, "Ständer 2", "mysql", List.of("address"), Map.of("address", "10.0.0.2"), Map.of("MYSQL_IP", "10.0.0.2"));
    private final References references = new References(List.of(FIRST, SECOND));

    @Test
    void servicesAreNamedByNameOrType() {
        assertEquals(Optional.of("10.0.0.1:3306"), references.resolve("${my_db.address}:${My DB.port}"));
        assertEquals(Optional.of("10.0.0.1"), references.resolve("${mysql.address}"));
        assertEquals(Optional.of("10.0.0.2"), references.resolve("${st_nder 2.address}"));
        assertEquals(Optional.of("a $ {b} ${c} $5 \\"), references.resolve("a $ {b} $${c} $5 \\"));
    }

    @Test
    void whatHasNoValueLeavesTheWholeTextOut() {
        assertEquals(Optional.empty(), references.resolve("tcp://${mysql.read_address}:${mysql.port}"));
        assertEquals(Optional.empty(), references.resolve("${gone.address}"));
    }

    @Test
    void checksSayWhatThereIs() {
        references.check("DB", "${mysql.read_address} $${nothing} plain");
        ApiException service = assertThrows(ApiException.class, () -> references.check("DB", "x ${redis.address}"));
        assertTrue(service.error().cause().contains("DB refers to service 'redis'") && service.error().next().contains("my_db.port"), service.error().toString());
        ApiException property = assertThrows(ApiException.class, () -> references.check("DB", "${My DB.password}"));
        assertTrue(property.error().next().contains("address, port, read_address"), property.error().toString());
        for (String broken : List.of("${mysql}", "${mysql.address", "${.address}", "${}")) {
            assertThrows(ApiException.class, () -> references.check("DB", broken), broken);
        }
    }

    @Test
    void variablesHaveNamesOfServiceAndOfType() {
        assertEquals(Map.of("MYSQL_IP", "10.0.0.1", "MY_DB_ADDRESS", "10.0.0.1", "MY_DB_PORT", "3306", "ST_NDER_2_ADDRESS", "10.0.0.2",
                "MYSQL_ADDRESS", "10.0.0.1", "MYSQL_PORT", "3306"), ApplicationEnvironment.automatic(List.of(FIRST, SECOND)));
        assertEquals("_2nd", References.key("2nd"));
        assertEquals("_", References.key("数据"));
    }
}
