package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.LogMatch;
import eu.conpaas.api.NodeFigures;

/** Logs and figures of a service's nodes, looked at through the director. */
class NodeLooksTest {
    @TempDir
    Path folder;

    @Test
    void linesAreFoundWithTheirPlaceAndFiguresComeWithTheirPast() throws Exception {
        try (Platform platform = new Platform(folder, 50); PlayedData data = new PlayedData(folder)) {
            platform.fleet.doors(data::open);
            long sid = platform.created();
            // four MiB, so that lines lie across the borders of the pieces that are read
            StringBuilder text = new StringBuilder();
            for (int i = 0; text.length() < 4 << 20; i++) {
                text.append("line ").append(i).append(" größer ").append("x".repeat(90)).append(i % 10_000 == 0 ? " Needle" : "").append('\n');
            }
            data.log = text.toString().getBytes(StandardCharsets.UTF_8);
            List<LogMatch> found = platform.client.services().searchLogs(sid, null, null, "needle", 0);
            assertEquals(List.of("line 0 ", "line 10000 ", "line 20000 ", "line 30000 "), found.stream().map(m -> m.line().substring(0, m.line().indexOf("größer"))).toList());
            for (LogMatch match : found) {
                byte[] line = match.line().getBytes(StandardCharsets.UTF_8);
                assertEquals(match.line(), new String(data.log, (int) match.offset(), line.length, StandardCharsets.UTF_8));
            }
            assertEquals(2, platform.client.services().searchLogs(sid, found.getFirst().node(), "node", "NEEDLE", 2).size());
            assertTrue(platform.client.services().searchLogs(sid, null, "other", "needle", 0).isEmpty());
            assertEquals(ErrorCode.MISSING_ARGUMENT, assertThrows(ApiException.class, () -> platform.client.services().searchLogs(sid, null, null, " ", 0)).error().code());
            NodeFigures figures = platform.client.services().figures(sid, 0).getFirst();
            assertEquals(2.0, figures.latest().get("cpu"));
            assertEquals(List.of(10L, 20L), figures.history().stream().map(NodeFigures.Sample::time).toList());
            assertEquals(1, platform.client.services().figures(sid, 10).getFirst().history().size());
        }
    }
}
