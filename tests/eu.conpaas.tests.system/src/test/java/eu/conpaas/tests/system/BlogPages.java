package eu.conpaas.tests.system;

import eu.conpaas.tests.load.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The author of a WordPress blog, by a program: WordPress's own installation form, then its XML-RPC interface. */
final class BlogPages {
    private static final String USER = "admin";
    private static final String PASSWORD = "a long enough password";
    private final Site site;

    BlogPages(Site site) {
        this.site = site;
    }

    void install(String title) {
        Map<String, String> form = Map.of("weblog_title", title, "user_name", USER, "admin_password", PASSWORD, "admin_password2", PASSWORD, "pw_weak", "1",
                "admin_email", "admin@example.org", "language", "");
        String body = form.entrySet().stream().map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
        String answer = post("/wp-admin/install.php?step=2", "application/x-www-form-urlencoded", body);
        if (!answer.contains("Success!")) {
            throw new AssertionError("WordPress did not install itself: " + answer);
        }
    }

    /** Uploads a picture. @return its path at the site */
    String upload(String name, byte[] png) {
        String answer = call("wp.uploadFile", "<struct><member><name>name</name><value><string>" + name + "</string></value></member>"
                + "<member><name>type</name><value><string>image/png</string></value></member>"
                + "<member><name>bits</name><value><base64>" + Base64.getEncoder().encodeToString(png) + "</base64></value></member></struct>");
        return found("(/wp-content/uploads/[^<]*" + name + ")", answer);
    }

    /** Publishes a post. @return its path at the site */
    String write(String title, String text) {
        String answer = call("wp.newPost", "<struct><member><name>post_title</name><value><string>" + title + "</string></value></member>"
                + "<member><name>post_status</name><value><string>publish</string></value></member>"
                + "<member><name>post_content</name><value><string><![CDATA[" + text + "]]></string></value></member></struct>");
        return "/?p=" + found("<string>(\\d+)</string>", answer);
    }

    private String call(String method, String struct) {
        return post("/xmlrpc.php", "text/xml", "<?xml version=\"1.0\"?><methodCall><methodName>" + method + "</methodName><params><param><value><int>1</int></value></param>"
                + "<param><value><string>" + USER + "</string></value></param><param><value><string>" + PASSWORD + "</string></value></param><param><value>" + struct
                + "</value></param></params></methodCall>");
    }

    private String post(String path, String type, String body) {
        Answer answer = site.send("POST", path, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (!answer.isSuccess() || text.contains("<fault>")) {
            throw new AssertionError(path + " answered " + answer.status() + ": " + text);
        }
        return text;
    }

    private static String found(String pattern, String text) {
        Matcher m = Pattern.compile(pattern).matcher(text);
        if (!m.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return m.group(1);
    }
}
