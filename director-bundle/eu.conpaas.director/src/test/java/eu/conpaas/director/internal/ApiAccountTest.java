package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;

import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.LegacyClient.Answer;
import eu.conpaas.pki.Credentials;

/** Users, certificates and public facts, as a client of 1.3.1 sees them. */
class ApiAccountTest extends ApiTest {
    private static final String[] USER = {"uid", "username", "fname", "lname", "email", "affiliation", "credit", "created"};

    private static Object[] fields(String name, String... changes) {
        Map<String, String> fields = new HashMap<>(Platform.registration(name, 20));
        for (int i = 0; i < changes.length; i += 2) {
            fields.put(changes[i], changes[i + 1]);
        }
        List<Object> flat = new ArrayList<>();
        fields.forEach((key, value) -> {
            flat.add(key);
            flat.add(value);
        });
        return flat.toArray();
    }

    private static void withoutPassword(Answer answer) {
        assertFalse(answer.json().has("password"), answer.text());
        String stored = platform.text("SELECT password FROM user WHERE username = ?", answer.json().path("username").asText());
        assertFalse(answer.text().contains(stored));
        assertFalse(answer.text().contains("secret"));
    }

    @Test
    void registrationAnswersTheUser() throws Exception {
        Answer answer = stranger.post("/new_user", fields("bob"));
        JsonNode user = ApiKit.object(ApiKit.ok(answer), USER);
        assertEquals("bob", user.path("username").asText());
        assertEquals("bob@example.org", user.path("email").asText());
        assertEquals(20, user.path("credit").asInt());
        assertTrue(user.path("uid").isIntegralNumber());
        Instant.parse(user.path("created").asText());
        withoutPassword(answer);
        assertEquals(20, ApiKit.ok(stranger.postQuery("/new_user", fields("query"))).path("credit").asInt());
    }

    @Test
    void registrationRefusesAsDocumented() throws Exception {
        for (String field : List.of("username", "fname", "lname", "email", "affiliation", "password", "credit")) {
            ApiKit.isError(stranger.post("/new_user", fields("carl", field, "")), ErrorCode.MISSING_ARGUMENT, field + " is a required field");
        }
        ApiKit.isError(stranger.post("/new_user"), ErrorCode.MISSING_ARGUMENT, "username is a required field");
        ApiKit.isError(stranger.post("/new_user", fields("ada", "email", "new@example.org")), ErrorCode.CONFLICT, "already taken");
        ApiKit.isError(stranger.post("/new_user", fields("carl", "email", "Ada@Example.org")), ErrorCode.CONFLICT, "already registered");
        ApiKit.isError(stranger.post("/new_user", fields("carl", "credit", "many")), ErrorCode.INVALID_ARGUMENT, "integer");
        ApiKit.isError(stranger.post("/new_user", fields("carl", "credit", "-1")), ErrorCode.INVALID_ARGUMENT, "negative");
        ApiKit.isError(stranger.post("/new_user", fields("carl", "credit", "51")), ErrorCode.INVALID_ARGUMENT, "maximum");
        assertEquals(0, platform.number("SELECT count(*) FROM user WHERE username = 'carl'"));
    }

    /** S3: names that stand for a part of the system. */
    @Test
    void reservedNamesAreRefused() throws Exception {
        for (String name : List.of("CA", "ca", "frontend", "manager", "agent", "Director", "ConPaaS", "contrail", "reconciler")) {
            ApiKit.isError(stranger.post("/new_user", fields(name)), ErrorCode.INVALID_ARGUMENT, "reserved");
        }
    }

    @Test
    void loginAnswersTheUserOrFalse() throws Exception {
        Answer answer = stranger.post("/login", "username", "ada", "password", "secret");
        ApiKit.object(ApiKit.ok(answer), USER);
        withoutPassword(answer);
        ApiKit.object(ApiKit.ok(stranger.postQuery("/login", "username", "ada", "password", "secret")), USER);
        ApiKit.isFalse(stranger.post("/login", "username", "nobody", "password", "secret"));
        ApiKit.isFalse(stranger.post("/login", "username", "nobody"));
        ApiKit.isFalse(stranger.post("/login"));
        platform.user("dora", 5);
        ApiKit.isFalse(stranger.post("/login", "username", "dora", "password", "wrong"));
    }

    @Test
    void certificatesComeAsAZip() throws Exception {
        for (Answer answer : List.of(stranger.post("/getcerts", "username", "ada", "password", "secret"), stranger.get("/getcerts", "username", "ada", "password", "secret"))) {
            assertEquals(200, answer.status());
            assertEquals("application/zip", answer.headers().firstValue("Content-Type").orElseThrow());
            String disposition = answer.headers().firstValue("Content-Disposition").orElseThrow();
            assertTrue(disposition.startsWith("attachment") && disposition.contains("certs.zip"), disposition);
            Map<String, String> files = unzipped(answer.bytes());
            assertEquals(Set.of("key.pem", "cert.pem", "ca_cert.pem"), files.keySet());
            Credentials credentials = Credentials.of(files.get("key.pem"), files.get("cert.pem"), files.get("ca_cert.pem"));
            credentials.certificate().verify(credentials.ca().getPublicKey());
            try (LegacyClient client = platform.legacy(credentials)) {
                assertTrue(ApiKit.ok(client.post("/list")).isArray());
            }
        }
        ApiKit.isFalse(stranger.post("/getcerts", "username", "nobody", "password", "wrong"));
        ApiKit.isFalse(stranger.get("/getcerts"));
    }

    @Test
    void eachCertificateHasAKeyOfItsOwn() throws Exception {
        Credentials one = platform.user("emil", 5);
        Map<String, String> files = unzipped(stranger.post("/getcerts", "username", "emil", "password", "secret").bytes());
        Credentials two = Credentials.of(files.get("key.pem"), files.get("cert.pem"), files.get("ca_cert.pem"));
        assertNotEquals(one.certificate().getPublicKey(), two.certificate().getPublicKey());
        assertNotEquals(one.certificate().getSerialNumber(), two.certificate().getSerialNumber());
        assertTrue(one.certificate().getSerialNumber().bitLength() > 64);
    }

    @Test
    void subjectsAreThoseOf131() throws Exception {
        Credentials user = platform.user("fred", 5);
        assertEquals(Map.of("UID", Long.toString(user.identity().uid()), "serviceLocator", "0", "role", "user", "emailAddress", "fred@example.org", "CN", "fred", "O",
                "Contrail"), subject(user.certificate()));
        Duration life = Duration.between(user.certificate().getNotBefore().toInstant(), user.certificate().getNotAfter().toInstant());
        assertTrue(life.toDays() >= 365 && life.toDays() <= 367, life.toString());
        Map<String, String> ca = subject(user.ca());
        assertEquals("CA", ca.get("CN"));
        assertEquals("ConPaaS", ca.get("O"));
        assertEquals("info@conpaas.eu", ca.get("emailAddress"));
        assertTrue(user.ca().getBasicConstraints() >= 0);
        Map<String, String> director = subject(Credentials.read(folder.resolve("certs")).certificate());
        assertEquals("127.0.0.1", director.get("CN"));
        assertEquals("ConPaaS", director.get("O"));
        assertEquals("frontend", director.get("role"));
        assertEquals("info@conpaas.eu", director.get("emailAddress"));
    }

    private static Map<String, String> subject(X509Certificate certificate) throws Exception {
        Map<String, String> subject = new TreeMap<>();
        for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName("RFC2253", Map.of("0.9.2342.19200300.100.1.1", "UID", "2.5.4.72", "role",
                "1.3.6.1.5.5.7.48.1.7", "serviceLocator", "1.2.840.113549.1.9.1", "emailAddress"))).getRdns()) {
            assertNull(subject.put(rdn.getType(), rdn.getValue().toString()));
        }
        return subject;
    }

    private static Map<String, String> unzipped(byte[] bytes) throws IOException {
        Map<String, String> files = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.US_ASCII));
            }
        }
        return files;
    }

    @Test
    void anybodyMayAskForTypesCloudsVersionAndProduct() throws Exception {
        assertEquals(List.of("demo"), ApiKit.texts(ApiKit.ok(stranger.get("/available_services"))));
        assertEquals(List.of("default", "second"), ApiKit.texts(ApiKit.ok(stranger.get("/available_clouds"))));
        Answer version = stranger.get("/version");
        assertEquals("1.0.0", version.text().strip());
        assertTrue(version.headers().firstValue("Content-Type").orElseThrow().startsWith("text/plain"));
        assertEquals("the node product", stranger.get("/download/ConPaaS.tar.gz").text());
    }
}
