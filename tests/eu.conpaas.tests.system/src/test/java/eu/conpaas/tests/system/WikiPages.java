package eu.conpaas.tests.system;

import eu.conpaas.tests.load.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A user of Apache JSPWiki: signs in, writes pages, with the cookies that a browser would keep. */
final class WikiPages {
    /** Where the wiki keeps what must outlive its node, in the application and in Tomcat's folder of files. */
    static final String DATA = "WEB-INF/data";
    private static final Pattern HASH = Pattern.compile("<input type='hidden' name='([a-z]+)' value='(-?\\d+)'");
    private static final String USERS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <users>
              <user uid="-1" loginName="janne" wikiName="JanneJalkanen" fullName="Janne Jalkanen" email="janne@example.org"
                password="{SHA}c62cb40a1cf4d1b835c43eca1ec7f5d66760b349" created="2020.01.01 at 00:00:00:000 UTC"
                lastModified="2020.01.01 at 00:00:00:000 UTC" lockExpiry="" />
            </users>
            """;
    private final Site site;
    private final Map<String, String> cookies = new TreeMap<>();

    WikiPages(Site site) {
        this.site = site;
    }

    /** What the wiki is told by its environment. */
    static Map<String, String> environment() {
        String data = "files/" + DATA + "/";
        return Map.of("jspwiki_fileSystemProvider_pageDir", data + "pages", "jspwiki_basicAttachmentProvider_storageDir", data + "pages",
                "jspwiki_workDir", data + "work", "jspwiki_xmlUserDatabaseFile", data + "users.xml", "jspwiki_xmlGroupDatabaseFile", data + "groups.xml",
                "jspwiki_cookieAuthentication", "true", "jspwiki_usePageCache", "false");
    }

    /** The WAR with one user. */
    static Path war(Path original, Path target) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(original)); ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
            }
            for (Map.Entry<String, String> file : Map.of("users.xml", USERS, "pages/About.txt", "Pages lie here.", "work/README", "Work files lie here.").entrySet()) {
                out.putNextEntry(new ZipEntry(DATA + "/" + file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return target;
    }

    void signIn() {
        post("/Login.jsp", Map.of("j_username", "janne", "j_password", "secret99", "j_remember", "on", "redirect", "Main", "submitlogin", "Login"));
    }

    boolean isSignedIn() {
        return get("/Wiki.jsp?page=Main").contains("Janne Jalkanen (authenticated)");
    }

    void write(String page, String text) {
        Matcher hash = HASH.matcher(get("/Edit.jsp?page=" + page));
        if (!hash.find()) {
            throw new AssertionError("the page to edit " + page + " has no form");
        }
        post("/Edit.jsp?page=" + page, Map.of("page", page, "action", "save", "encodingcheck", "\u3041", hash.group(1), hash.group(2), "submit_auth", "", "ok", "Save",
                "changenote", "", "_editedtext", text));
    }

    String get(String path) {
        return new String(send("GET", path, new byte[0]).body(), StandardCharsets.UTF_8);
    }

    private void post(String path, Map<String, String> form) {
        String body = form.entrySet().stream().map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
        int status = send("POST", path, body.getBytes(StandardCharsets.US_ASCII)).status();
        if (status != 302) {
            throw new AssertionError("POST " + path + " answered " + status);
        }
    }

    private Answer send(String method, String path, byte[] body) {
        Map<String, String> headers = new TreeMap<>(Map.of("Cookie", cookies.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining("; "))));
        if (body.length > 0) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        }
        Answer answer = site.send(method, path, headers, body);
        for (String cookie : answer.headers().getOrDefault("set-cookie", List.of())) {
            String[] pair = cookie.split(";")[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        if (answer.status() >= 400) {
            throw new AssertionError(method + " " + path + " answered " + answer.status());
        }
        return answer;
    }
}
