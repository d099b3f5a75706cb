package eu.conpaas.tests.browser;

import com.fasterxml.jackson.databind.JsonNode;
import eu.conpaas.tests.load.Fence;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A visitor with a real browser: headless Chromium. Elements are named by CSS selectors; whatever is looked for is waited for. All
 * failures are {@link BrowserFailed}. Not thread-safe.
 */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final String ENTER = "\uE007";
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private final Driver driver;
    private final Path profile;

    private Browser(Driver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /** Opens a browser with a window of this size in pixels and nothing remembered. */
    public static Browser start(int width, int height) throws IOException {
        Path profile = Files.createTempDirectory("browser");
        List<String> flags = List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--no-first-run", "--disable-background-networking", "--disable-component-update", "--user-data-dir=" + profile,
                "--window-size=" + width + "," + height);
        Driver driver = Driver.start();
        try {
            driver.open(Map.of("browserName", "chrome", "goog:chromeOptions", Map.of("binary", CHROMIUM.toString(), "args", flags)));
        } catch (IOException | RuntimeException e) {
            driver.close();
            throw e;
        }
        return new Browser(driver, profile);
    }

    /** Goes to a page and waits until it is loaded. */
    public void open(URI page) {
        Fence.check(page.getHost(), Math.max(page.getPort(), 0));
        driver.post("url", Map.of("url", page.toString()));
    }

    /** Address of the page that is shown. */
    public URI address() {
        return URI.create(driver.get("url").asText());
    }

    public String title() {
        return driver.get("title").asText();
    }

    /** Whether there is such an element at this moment. */
    public boolean has(String selector) {
        return !elements(selector).isEmpty();
    }

    /** Waits until there is such an element. */
    public void await(String selector) {
        element(selector);
    }

    /** What people can read in the first such element. */
    public String text(String selector) {
        return waited(selector, () -> driver.get("element/" + element(selector) + "/text").asText());
    }

    /** An attribute of the first such element as the page has it now, or null. */
    public String attribute(String selector, String name) {
        JsonNode value = waited(selector, () -> driver.get("element/" + element(selector) + "/property/" + name));
        return value.isNull() ? null : value.asText();
    }

    /** Clicks and waits until a page that it leads to is loaded. */
    public void click(String selector) {
        waited(selector, () -> driver.post("element/" + element(selector) + "/click", Map.of()));
    }

    /** Replaces what is in a field. */
    public void type(String selector, String text) {
        waited(selector, () -> driver.post("element/" + element(selector) + "/clear", Map.of()));
        waited(selector, () -> driver.post("element/" + element(selector) + "/value", Map.of("text", text)));
    }

    /** Types where an element can be written into, behind what is there; a line break is the Enter key. */
    public void write(String selector, String text) {
        waited(selector, () -> driver.post("element/" + element(selector) + "/value", Map.of("text", text.replace("\n", ENTER))));
    }

    /** Chooses a file of this machine in a file field, hidden or not. */
    public void choose(String selector, Path file) {
        driver.post("element/" + element(selector) + "/value", Map.of("text", file.toAbsolutePath().toString()));
    }

    /** What a JavaScript function body returns. */
    public JsonNode run(String script, Object... arguments) {
        return driver.post("execute/sync", Map.of("script", script, "args", arguments));
    }

    /** Waits until a JavaScript function body returns what counts as true. */
    public void awaitTrue(String script) {
        waited("state", () -> run("return !!(function () {" + script + "})()").asBoolean() ? Boolean.TRUE : null);
    }

    /** A picture of the window as PNG. */
    public void picture(Path png) throws IOException {
        Files.createDirectories(png.toAbsolutePath().getParent());
        Files.write(png, Base64.getDecoder().decode(driver.get("screenshot").asText()));
    }

    private List<String> elements(String selector) {
        return driver.post("elements", Map.of("using", "css selector", "value", selector)).findValuesAsText(ELEMENT);
    }

    private String element(String selector) {
        return waited(selector, () -> {
            List<String> found = elements(selector);
            return found.isEmpty() ? null : found.getFirst();
        });
    }

    /** Repeats what the page is not ready for yet: nothing there, covered by something, or just replaced. */
    private <T> T waited(String selector, Supplier<T> look) {
        BrowserFailed last = null;
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end;) {
            try {
                T found = look.get();
                if (found != null) {
                    return found;
                }
            } catch (BrowserFailed e) {
                if (!e.passing()) {
                    throw e;
                }
                last = e;
            }
            Driver.pause();
        }
        throw new BrowserFailed("none", "there is no usable " + selector + " on " + address() + " (" + title() + ")", last);
    }

    @Override
    public void close() throws IOException {
        driver.close();
        Trees.remove(profile);
    }
}
