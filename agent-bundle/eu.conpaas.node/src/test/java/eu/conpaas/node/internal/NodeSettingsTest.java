package eu.conpaas.node.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeSettingsTest {
    @Test
    void whatTheMachineDoesNotSayHasADefault() {
        NodeSettings settings = NodeSettings.of(Map.of("CONPAAS_NODE_DIR", "/n"));
        assertEquals(Path.of("/n/bootstrap.json"), settings.bootstrap());
        assertFalse(settings.local());
        assertEquals("127.0.0.1", settings.address("https://127.0.0.1:5555"));
    }

    @Test
    void aLocalNodeIsToldItsAddress() {
        NodeSettings settings = NodeSettings.of(Map.of("CONPAAS_ISOLATION", "loopback", "CONPAAS_ADDRESS", "127.3.0.1"));
        assertTrue(settings.local());
        assertEquals("127.3.0.1", settings.address("https://10.0.0.1:5555"));
        assertEquals("root".equals(System.getProperty("user.name")), NodeSettings.isRoot());
    }
}
