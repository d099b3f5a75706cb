package eu.conpaas.tests.demo;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A visitor of a DokuWiki who can sign in, write a page and read it: what a browser would do. */
public final class Wiki {
    private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"");

    private final URI site;
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(10)).version(HttpClient.Version.HTTP_1_1).build();

    /** @param site address of the wiki, ending in a slash */
    public Wiki(URI site) {
        this.site = site;
    }

    /** Signs in. @throws DemoFailed if the wiki refuses */
    public void login(String user, String password) throws IOException {
        String form = get("doku.php?id=start&do=login");
        Map<String, String> fields = hidden(form);
        fields.put("do", "login");
        fields.put("u", user);
        fields.put("p", password);
        String answer = post("doku.php", fields);
        if (!answer.contains("do=logout")) {
            throw new DemoFailed("the wiki does not let " + user + " in");
        }
    }

    /** Writes a page. */
    public void write(String page, String text) throws IOException {
        Map<String, String> fields = hidden(get("doku.php?id=" + encoded(page) + "&do=edit"));
        if (!fields.containsKey("sectok")) {
            throw new DemoFailed("the wiki shows no form to edit " + page);
        }
        fields.remove("do");
        fields.put("wikitext", text);
        fields.put("summary", "demo");
        fields.put("do[save]", "Save");
        fields.put("id", page);
        post("doku.php", fields);
    }

    /** The page as it is shown. */
    public Page read(String page) throws IOException {
        HttpResponse<String> answer = send(request("doku.php?id=" + encoded(page)).GET());
        return new Page(answer.body(), answer.headers().firstValue("X-Backend").orElse(""));
    }

    /**
     * A page.
     *
     * @param text    its HTML
     * @param backend address of the node that made it, as the demo's archive tells it
     */
    public record Page(String text, String backend) {
    }

    /** Gets any path of the site. @throws DemoFailed if the answer is not 200 */
    public String get(String path) throws IOException {
        return send(request(path).GET()).body();
    }

    private String post(String path, Map<String, String> fields) throws IOException {
        StringJoiner body = new StringJoiner("&");
        fields.forEach((k, v) -> body.add(encoded(k) + "=" + encoded(v)));
        return send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(site.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new DemoFailed(answer.uri() + " answered " + answer.statusCode());
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        }
    }

    private static Map<String, String> hidden(String page) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Matcher m = HIDDEN.matcher(page); m.find();) {
            fields.put(m.group(1), m.group(2));
        }
        return fields;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
