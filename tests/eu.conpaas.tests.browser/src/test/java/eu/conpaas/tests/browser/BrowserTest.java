package eu.conpaas.tests.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserTest {
    private static final String PAGE = """
            <!doctype html><title>A form</title><h1>Hello</h1>
            <form method="post" enctype="multipart/form-data"><input name="who" value="x"><input type="file" name="file"><button>Go</button></form>
            <script>setTimeout(() => { const p = document.createElement('p'); p.id = 'late'; p.textContent = 'came later'; document.body.append(p); }, 500)</script>
            """;
    @TempDir
    Path folder;
    private HttpServer server;
    private volatile String posted = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            posted += new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] body = (exchange.getRequestMethod().equals("POST") ? "<title>Done</title>" : PAGE).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void readsWaitsTypesUploadsAndTakesPictures() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "contents");
        try (Browser browser = Browser.start(800, 600)) {
            browser.open(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
            assertEquals("A form", browser.title());
            assertEquals("Hello", browser.text("h1"));
            assertEquals("came later", browser.text("#late"));
            assertFalse(browser.has("#never"));
            browser.type("input[name=who]", "Jane");
            assertEquals("Jane", browser.attribute("input[name=who]", "value"));
            browser.choose("input[type=file]", file);
            browser.picture(folder.resolve("page.png"));
            browser.click("button");
            assertEquals("Done", browser.title());
            assertThrows(IllegalArgumentException.class, () -> browser.open(URI.create("http://192.0.2.1/")));
        }
        assertTrue(posted.contains("Jane") && posted.contains("contents"), posted);
        assertTrue(Files.size(folder.resolve("page.png")) > 1000);
    }
}
